using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Questions;

/// <summary>Words by which questions set filters, and words that say nothing about their subject.</summary>
internal static partial class QuestionWords
{
    /// <summary>Characters before a word in which its negation may stand.</summary>
    private const int Reach = 60;

    public static readonly IReadOnlyList<string> Open = ["pending", "in_progress"];

    /// <summary>Whether it goes on from the question before.</summary>
    public static bool IsFollowUp(string question) => Continues().IsMatch(question) || PointsBack(question);

    /// <summary>Whether it speaks of what the question before was about: "those", "them".</summary>
    public static bool PointsBack(string question) => Back().IsMatch(question);

    /// <summary>The question without the words by which it goes on from the one before.</summary>
    public static string WithoutContinuation(string question) => Continues().Replace(question, " ");

    /// <summary>Whether what stands behind this end is left out: "other than", "not about", "without". Returns where the negation begins.</summary>
    public static int? NegationBefore(string text, int end)
    {
        var start = Math.Max(0, end - Reach);
        return Negation().Match(text[start..end]) is { Success: true } match ? start + match.Index : null;
    }

    /// <summary>Whether the place behind this text is the middle of a circle, not the street itself.</summary>
    public static bool IsNear(string textBefore) => Near().IsMatch(textBefore.Length > 40 ? textBefore[^40..] : textBefore);

    public static bool IsOr(string between) => Or().IsMatch(between);

    public static bool IsJoined(string between) => Joined().IsMatch(between);

    public static bool IsRange(string between) => Between().IsMatch(between);

    public static bool IsBefore(string textBefore) => Before().IsMatch(textBefore);

    public static bool IsAfter(string textBefore) => After().IsMatch(textBefore);

    public static bool IsSince(string textBefore) => Since().IsMatch(textBefore);

    public static bool IsGeneric(Word word) => Generic.Contains(word.Stem);

    /// <summary>The states of work that a word or phrase of <see cref="Status"/> means.</summary>
    public static IReadOnlyList<string> StatusIds(string words) => words switch
    {
        "in progress" or "being worked on" or "underway" or "under way" or "in bearbeitung" or "en curso" or "en proceso" => ["in_progress"],
        "resolved" or "fixed" or "solved" or "repaired" or "gelöst" or "behoben" or "erledigt" or "resueltos" or "resueltas" or "resuelto" => ["resolved"],
        "closed" or "geschlossen" or "cerrados" or "cerradas" or "cerrado" => ["closed"],
        "pending" => ["pending"],
        _ => Open,
    };

    public static string UrgencyId(string words) => words switch
    {
        "critical" or "life-threatening" => "critical",
        "low urgency" or "low priority" or "minor" => "low",
        "medium urgency" or "medium priority" => "medium",
        _ => "high",
    };

    private static readonly HashSet<string> Generic =
        [.. ("report reports reported reporting complaint complaints complain issue issues case cases incident incidents problem problems ticket tickets"
            + " request requests people "
            + "person citizen citizens resident residents happen happened happening happens tell show list give find know information kind kinds type"
            + " types sort sorts number count "
            + "total many area areas place places location locations common often most urgent urgency status category categories main cause causes"
            + " caused reason reasons time times "
            + "seen see saw found find noticed spotted located occur occurred occurring affected came street streets road roads "
            + "day days week weeks month months year years mention mentions mentioned city town summary summarize summarise overview latest recent"
            + " recently different oldest newest earliest frequent frequently least fewest top highest lowest"
            + " comun comunes frecuente frecuentes antiguo antigua reciente recientes haufigste haufigsten haufigster meisten wenigsten alteste altesten neueste neuesten"
            + " those these them they ones open remain remaining remains exist registered received filed currently"
            + " informe informes reporte reportes reportado reportados queja quejas problema problemas incidencia incidencias aviso avisos calle calles lugar"
            + " meldung meldungen bericht berichte beschwerde beschwerden probleme vorfall vorfalle strasse strassen gemeldet"
            + " signalement signalements signales plainte plaintes probleme problemes rue rues segnalazione segnalazioni problemi strada strade relatos rua ruas"
            + " melding meldingen klachten problemen straat straten").Split(' ').Select(Stemmer.Stem)];

    [GeneratedRegex(@"^\W*(?:and|what about|how about|same|also|only|but|ok(?:ay)?,? and|y|und|et|e|en wat|qué tal|was ist mit)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Continues();

    [GeneratedRegex(@"\b(?:those|them|these|they|of which|the same ones?|the rest|de (?:ellos|ellas|esos|esas|estos|estas)|davon|von (?:denen|diesen)|d'entre eux|di questi)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Back();

    [GeneratedRegex(@"\b(?:not|other than|except(?: for)?|excluding|without|apart from|aside from|nicht|ohne|außer|sin|excepto|salvo|sauf|sans)\b"
        + @"(?:\W+(?:about|on|in|at|near|from|a|an|the|any|concerning|related|to|of|for|with|über|von|um|auf|dem|der|den|de|sobre|que|sean|son|en|la|el|los|las))*\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();

    [GeneratedRegex(@"\b(?:near(?:by)?|around|close to|next to|by|within|vicinity of|area of|beside|opposite|cerca de|junto a|alrededor de|nahe|bei|beim|neben|près de|autour de|vicino a|perto de|bij)"
        + @"\W+(?:(?:the|la|el|der|dem|die|das|le)\W+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Near();

    [GeneratedRegex(@"\b(?:or|oder|o|u|ou)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    /// <summary>What may stand between values that are all meant.</summary>
    [GeneratedRegex(@"^[\s,/&]*(?:(?:or|and|oder|und|y|o|u|e|ou|et|as well as)\b)?[\s,]*(?:(?:on|in|about|of|the|both|either|en|auf|der)\s+)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Joined();

    [GeneratedRegex(@"^\s*(?:and|to|until|till|through|[-–]|und|bis|y|al?|hasta)\s*(?:the\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"\b(?:before|until|till|up to|prior to|vor|bis|antes de|antes del|hasta)\s*(?:the\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Before();

    [GeneratedRegex(@"\b(?:after|later than|nach|después de|después del)\s*(?:the\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex After();

    [GeneratedRegex(@"\b(?:since|seit|desde)\s*(?:the\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Since();

    [GeneratedRegex(
        @"\b(?:pending|unresolved|unsolved|unfixed|not (?:yet )?(?:been )?(?:fixed|resolved|solved|repaired)|(?<open>(?:still )?open|offene?[nr]?|abiert[oa]s?)|outstanding|pendientes"
            + @"|in progress|being worked on|under ?way|in Bearbeitung|en curso|en proceso|resolved|fixed|solved|repaired|closed|gelöst|behoben|erledigt|geschlossen|resuelt[oa]s?|cerrad[oa]s?)\b",
        RegexOptions.IgnoreCase)]
    public static partial Regex Status();

    [GeneratedRegex(@"\b(?:critical|life-threatening|(?:high|low|medium) (?:urgency|priority)|high-priority|urgent)\b", RegexOptions.IgnoreCase)]
    public static partial Regex UrgencyPhrase();

    [GeneratedRegex(@"\b(?:(?<without>without|with no|have no|has no|no|sin|ohne|lack|lacking|not have|n't have)|(?<with>with|have|has|having|includes?|con|mit))\s+(?:any\s+|a\s+|an\s+|ein\s+|una\s+)?(?:photo(?:graph)?s?|pictures?|images?"
        + @"|fotos?|bild(?:er)?|imagen(?:es)?|imágenes)\b", RegexOptions.IgnoreCase)]
    public static partial Regex Photos();

    [GeneratedRegex(@"\b(?:(?<oldest>oldest|earliest|longest[- ](?:standing|open|running|waiting)|más antigu[oa]s?|ältesten?)|(?<latest>newest|latest|most recent|más recientes?|neuesten?))\b", RegexOptions.IgnoreCase)]
    public static partial Regex OrderPhrase();
}
