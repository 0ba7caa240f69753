using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>What sort of thing a question asks for.</summary>
internal enum AnswerKind
{
    Any,
    Person,
    Time,
    Duration,
    Place,
    Number,
    Amount,
    Reason,
    Manner,
    Origin,
    Name,
}

/// <summary>Reads the kind from the question words of seven languages.</summary>
internal static partial class AnswerKinds
{
    private static readonly Dictionary<string, AnswerKind> ByGroup = new()
    {
        ["number"] = AnswerKind.Number,
        ["amount"] = AnswerKind.Amount,
        ["duration"] = AnswerKind.Duration,
        ["time"] = AnswerKind.Time,
        ["person"] = AnswerKind.Person,
        ["place"] = AnswerKind.Place,
        ["reason"] = AnswerKind.Reason,
        ["manner"] = AnswerKind.Manner,
        ["name"] = AnswerKind.Name,
        ["any"] = AnswerKind.Any,
    };

    /// <summary>The kind that the first question word asks for; <see cref="AnswerKind.Any"/> where it may be anything.</summary>
    /// <param name="language">ISO 639-1 code of the question's language.</param>
    public static AnswerKind Of(string question, string language)
    {
        var match = Match(question, language);
        return match.Success ? ByGroup[match.Groups.Cast<Group>().First(group => group.Success && group.Name != "0").Name] : AnswerKind.Any;
    }

    /// <summary>Whether it has a question word.</summary>
    public static bool Asks(string question, string language) => Match(question, language).Success;

    private static Match Match(string question, string language)
    {
        var folded = string.Join(' ', Words.Of(question).Select(word => word.Lower));
        var pattern = language switch
        {
            "es" => Spanish(),
            "de" => German(),
            "fr" => French(),
            "it" => Italian(),
            "pt" => Portuguese(),
            "nl" => Dutch(),
            _ => English(),
        };
        return pattern.Match(folded);
    }

    /// <summary>The built-in agents that answer a kind, in any language but English.</summary>
    public static IReadOnlyList<string> Agents(AnswerKind kind) => kind switch
    {
        AnswerKind.Person => ["who"],
        AnswerKind.Time => ["when"],
        AnswerKind.Duration => ["when", "how_much"],
        AnswerKind.Place => ["where"],
        AnswerKind.Number => ["how_many"],
        AnswerKind.Amount => ["how_much"],
        AnswerKind.Reason => ["why"],
        AnswerKind.Manner => ["how"],
        _ => ["what"],
    };

    [GeneratedRegex(
        @"\b(?:(?<number>how many|number of|what number)|(?<duration>how long|how old|what age)|(?<time>how (?:often|early|late|recently)|when"
        + @"|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|era|years|season)\b)"
        + @"|(?<amount>how (?:much|deep|big|large|high|tall|far|wide|fast|heavy|loud)|(?:what|which) (?:\w+ )?(?:percent\w*|amount|cost|size|depth|price|population|share|rate)\b)"
        + @"|(?<place>where|(?:what|which) (?:\w+ )?(?:city|country|place|street|area|location|town|state|county|region|continent|river|island)\b)"
        + @"|(?<reason>why|how come|for what reason|what (?:\w+ )?(?:cause[ds]?|causing|reasons?)\b)"
        + @"|(?<person>who|whom|whose|(?:what|which) (?:\w+ )?(?:person|man|woman|king|queen|emperor|president|author|leader|actor|scientist|company|agency)\b)"
        + @"|(?<manner>how)|(?<name>what (?:is|was|are|were) the (?:\w+ )?names?\b|what (?:\w+ ){1,6}(?:called|named)\b)|(?<any>what|which))\b")]
    private static partial Regex English();

    [GeneratedRegex(
        @"\b(?:(?<duration>cuanto tiempo|cuantos (?:anos|dias|meses|siglos)|que edad)|(?<number>cuant[oa]s|que numero|que cantidad)|(?<time>cuando|(?:que|cual) (?:ano|fecha|dia|mes|siglo"
        + @"|decada|epoca|momento|hora)s?)|(?<amount>cuant[oa]|que (?:porcentaje|proporcion|precio|tamano|distancia))"
        + @"|(?<place>a?donde|que (?:ciudad|pais|lugar|calle|zona|region|estado|rio|continente|isla))|(?<reason>por que|para que|que (?:causo|provoco))"
        + @"|(?<person>quien(?:es)?|que (?:persona|rey|reina|emperador|presidente|autor|lider|actor|cientifico|empresa))|(?<manner>como (?!se llama\w*))"
        + @"|(?<name>como se llama\w*|cual \w+ el nombre)|(?<any>que|cual(?:es)?))\b")]
    private static partial Regex Spanish();

    [GeneratedRegex(
        @"\b(?:(?<duration>wie lange|wie alt|wie viele (?:jahre|tage|monate|stunden|wochen))|(?<number>wie ?viele|welche (?:an)?zahl|anzahl)"
        + @"|(?<time>wann|(?:welche[mnrs]?) (?:jahr\w*|datum|tag\w*|monat\w*|zeit\w*|epoche|jahrzehnt\w*|uhrzeit))|(?<amount>wie ?viel|wie (?:hoch|gross|tief|weit|schwer|breit|laut)"
        + @"|welche[mnrs]? (?:prozent\w*|anteil|betrag|preis|grosse|menge))|(?<place>wo|woher|wohin|welche[mnrs]? (?:stadt|land|ort|strasse|gebiet|region|fluss|staat|insel|kontinent))"
        + @"|(?<reason>warum|weshalb|wieso|weswegen|aus welche[mn] gr\w+)"
        + @"|(?<person>wer|wem|wen|wessen|welche[mnrs]? (?:person|konig\w*|kaiser\w*|prasident\w*|autor\w*|schauspieler\w*|wissenschaftler\w*|firma|unternehmen))"
        + @"|(?<name>wie (?:heisst|heissen|hiess\w*|nennt|nannte|lautet\w*)|wie \w+ (?:genannt|heisst))|(?<manner>wie|wodurch|womit)|(?<any>was|welche[mnrs]?))\b")]
    private static partial Regex German();

    [GeneratedRegex(
        @"\b(?:(?<duration>combien de temps|depuis combien|quel age)|(?<amount>combien (?:coute|mesure)|quel(?:le)? (?:pourcentage|montant|prix|taille|quantite))"
        + @"|(?<number>combien|quel nombre)|(?<time>quand|quel(?:le)?s? (?:annee|date|jour|mois|siecle|epoque|heure|decennie))"
        + @"|(?<place>ou (?=est|sont|se|etait|a|ont|trouve)|d ou|quel(?:le)? (?:ville|pays|lieu|rue|region|endroit))|(?<reason>pourquoi)|(?<person>qui|quel(?:le)? (?:personne|roi|reine|auteur))"
        + @"|(?<manner>comment (?!s appell\w+))|(?<name>comment s appell\w+|quel est le nom)|(?<any>que|quoi|quel(?:le)?s?|qu))\b")]
    private static partial Regex French();

    [GeneratedRegex(
        @"\b(?:(?<duration>quanto tempo|quanti (?:anni|giorni|mesi))|(?<number>quant[ie]|che numero)|(?<time>quando|(?:che|quale|qual|in che) (?:anno|data|giorno|mese|secolo|epoca|ora))"
        + @"|(?<amount>quant[oa]|che percentuale)|(?<place>dove|(?:che|quale) (?:citta|paese|luogo|via|regione|zona))|(?<reason>perche)|(?<person>chi)"
        + @"|(?<manner>come (?!si chiama\w*))|(?<name>come si chiama\w*)|(?<any>che|cosa|qual[ei]?))\b")]
    private static partial Regex Italian();

    [GeneratedRegex(
        @"\b(?:(?<duration>quanto tempo|quantos (?:anos|dias|meses))|(?<number>quant[oa]s|que numero)|(?<time>quando|(?:que|qual) (?:ano|data|dia|mes|seculo|epoca|hora))"
        + @"|(?<amount>quant[oa]|que porcentagem)|(?<place>onde|aonde|(?:que|qual) (?:cidade|pais|lugar|rua|regiao|zona))|(?<reason>por ?que)|(?<person>quem)"
        + @"|(?<manner>como (?!se chama\w*))|(?<name>como se chama\w*)|(?<any>que|qual|quais))\b")]
    private static partial Regex Portuguese();

    [GeneratedRegex(
        @"\b(?:(?<duration>hoe ?lang|hoe oud)|(?<number>hoeveel|welk aantal)|(?<time>wanneer|welke? (?:jaar|datum|dag|maand|eeuw|tijd))|(?<amount>hoe (?:hoog|groot|diep|ver|zwaar|breed)|welk percentage)"
        + @"|(?<place>waar(?:heen|vandaan)?|welke? (?:stad|land|plaats|straat|gebied))|(?<reason>waarom)|(?<person>wie)|(?<name>hoe heet\w*)|(?<manner>hoe|waardoor)|(?<any>wat|welke?))\b")]
    private static partial Regex Dutch();
}
