using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>Words that carry grammar, not matter, by language: they tell a question's language and are left out when its words are weighed.</summary>
internal static class FunctionWords
{
    public const string English = "en";

    private static readonly Dictionary<string, HashSet<string>> ByLanguage = new()
    {
        ["es"] = Read(
            "a al algo algun alguna algunas alguno algunos ante antes aquel aquella asi aun aunque bajo bien cada casi como con "
            + "contra cual cuales cuando cuanta cuantas cuanto cuantos de del desde donde durante e el ella ellas ellos en entre era "
            + "eran eres es esa esas ese eso esos esta estaba estaban estan estar estas este esto estos estuvo fue fueron fui ha "
            + "habia habian hace hacia han hasta hay haya hizo la las le les lo los mas me mediante mi mientras mucho muy nada ni no "
            + "nos nosotros o os otra otras otro otros para pero poco por porque pudo puede pueden que quien quienes se sea segun ser "
            + "si sido siempre sin sino sobre solo son su sus tal tambien tan tanto te tener tenia tenian tiene tienen toda todas "
            + "todo todos tras tu tuvo un una unas uno unos y ya yo"),
        ["de"] = Read(
            "ab aber alle allem allen aller alles als also am an andere anderen anderer auch auf aus bei beim bereits bin bis bist "
            + "da dabei dadurch dafur damit danach dann daran daraus darf das dass davon dazu dem den denen denn der deren des dessen "
            + "die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwa etwas fur "
            + "gab gegen gegenuber gewesen gibt habe haben hat hatte hatten her hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer "
            + "im in indem ins ist ja jede jedem jeden jeder jedes kann kein keine keinen konnen konnte konnten lang lange man mehr "
            + "mit muss nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so solche "
            + "sollte sondern sowie uber um und uns unter viel viele vielen vom von vor wann war waren warum was wegen weil welche "
            + "welchem welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie wieder wieso wird wo woher wohin "
            + "wurde wurden zu zum zur zwischen"),
        ["fr"] = Read(
            "a afin ai ainsi alors apres au aucun aussi autre autres aux avait avaient avant avec avoir c car ce ceci cela celle "
            + "celui ces cet cette ceux chaque chez comme comment contre d dans de depuis des deux dont du elle elles en encore entre "
            + "est et etaient etait ete etre eu fait font il ils j je l la laquelle le lequel les leur leurs lors lui mais me meme "
            + "moins n ne ni non nos notre nous on ont or ou par parce pas pendant peu peut plus pour pourquoi qu quand que quel "
            + "quelle quelles quels qui quoi s sa sans se selon ses si son sont sous sur t tous tout toute toutes tres tu un une vers "
            + "vos votre vous y combien lieu"),
        ["it"] = Read(
            "a ad agli ai al alla alle allo anche ancora c che chi ci come con contro cosa cui da dagli dai dal dalla dalle de "
            + "degli dei del della delle dello di dopo dove durante e ed era erano essere fa fra fu furono gli ha hanno i il in io l "
            + "la le lei lo loro ma mentre mi molto ne negli nei nel nella nelle non o ogni per perche piu poi prima puo qual quale "
            + "quali quando quanta quante quanti quanto quella quelle quelli quello questa queste questi questo se senza si sia sono "
            + "stata state stati stato su sua sue sugli sui sul sulla suo suoi tra tutti tutto un una uno"),
        ["pt"] = Read(
            "a ainda algum alguma ante ao aos apos aquela aquele as ate cada com como contra da das de dela dele depois desde do "
            + "dos durante e ela elas ele eles em entre era eram essa esse esta estava este eu foi foram ha havia isso isto ja lhe "
            + "mais mas me mesmo muito na nas nem no nos num numa o onde os ou outra outro para pela pelas pelo pelos pode por porque "
            + "qual quais quando quanta quantas quanto quantos que quem se seja sem ser seu seus sob sobre sua suas tambem tem tinha "
            + "toda todas todo todos um uma umas uns voce"),
        ["nl"] = Read(
            "aan achter al alle als ander andere bij binnen daar dan dat de deze die dit doch door dus een en er ging had hadden "
            + "heb hebben heeft hem het hier hij hoe hoeveel hun iets ik in is ja je kan kon konden kunnen maar meer men met mijn "
            + "moet na naar niet niets nog nu of om omdat onder ook op over reeds sinds te tegen tijdens toch toen tot tussen uit u "
            + "van vanuit veel voor waar waarom waren was wat we wel welk welke werd werden wie wij wil word worden wordt ze zei zelf "
            + "zich zij zijn zo zonder zou zouden wanneer"),
    };

    /// <summary>ISO 639-1 code of the language whose function words a text holds most; on a tie, the expected one.</summary>
    /// <param name="expected">The domain's language.</param>
    public static string LanguageOf(IReadOnlyList<Word> text, string expected)
    {
        expected = expected.Split('-', '_')[0].ToLowerInvariant();
        var (best, most) = (expected, text.Count(word => Contains(word.Lower, expected)));
        foreach (var language in ByLanguage.Keys.Prepend(English))
        {
            var held = text.Count(word => Contains(word.Lower, language));
            if (held > most)
                (best, most) = (language, held);
        }

        return best;
    }

    /// <param name="lower">Lower case, without accents.</param>
    public static bool Contains(string lower, string language) =>
        ByLanguage.TryGetValue(language, out var words) ? lower.Length == 1 || words.Contains(lower) : StopWords.Contains(lower);

    private static HashSet<string> Read(string words) => [.. words.Split(' ')];
}
