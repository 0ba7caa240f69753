using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Offline;

/// <summary>How the thing that a question word asks for looks in a sentence.</summary>
internal static partial class AnswerPatterns
{
    /// <summary>The pattern for one side of a question; null where any sentence may hold the answer.</summary>
    public static Regex? For(string agent, string question) => agent switch
    {
        "who" => Actor(),
        "when" when question.Contains("how long", StringComparison.OrdinalIgnoreCase) => Duration(),
        "when" => Time(),
        "where" => Place(),
        "why" => Cause(),
        "from_where" => Origin(),
        "how_many" => Number(),
        "how_much" when question.Contains("how long", StringComparison.OrdinalIgnoreCase) => Duration(),
        "how_much" => Amount(),
        "how" => Manner(),
        _ when question.Contains("plate", StringComparison.OrdinalIgnoreCase) => Number(),
        _ when question.Contains(" name", StringComparison.OrdinalIgnoreCase) || question.Contains(" called", StringComparison.OrdinalIgnoreCase) => Named(),
        _ when question.Contains("charge", StringComparison.OrdinalIgnoreCase) || question.Contains("cost", StringComparison.OrdinalIgnoreCase) => Amount(),
        _ => null,
    };

    private const string NumberWord = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|several)";
    private const string Numeral = @"(?:[0-9][[0-9],.]*|" + NumberWord + ")";

    [GeneratedRegex(@"\b" + Numeral + @"\b", RegexOptions.IgnoreCase)]
    public static partial Regex Number();

    [GeneratedRegex(@"\b" + Numeral + @"[\s-]*(?:%|percent|feet|foot|ft\b|inch\w*|in\.|""|'|cm\b|met(?:er|re)s?|miles?|yards?|lbs?\b|pounds?|gallons?|dollars?|blocks?"
        + @"|hours?|minutes?|seconds?|days?|weeks?|months?|years?)|\$\s?[0-9]|\b(?:knee|waist|ankle)[\s-]?deep", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\b" + Numeral + @"\+?\s+(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b|\bsince\b|\bfor (?:a|the|over|almost)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(
        @"\b(?:[0-9]{1,2}(?::[0-9][0-9])?\s*[ap]\.?m\b|[0-9]{1,2}:[0-9][0-9]|[0-9]{1,2}/[0-9]{1,2}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\w*\.?\s+[0-9]{1,2}|(?:mon|tues|wednes|thurs|fri"
            + @"|satur|sun)days?|since|yesterday|tonight|last (?:night|week|month|year)|this (?:morning|afternoon|evening|week)|midnight|noon|[0-9]+ (?:minutes|hours|days|weeks)"
            + @"|(?:for|before|after|between) [0-9])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(?:(?i:at|on|in|near|by|behind|outside|under(?:neath)?|along|between|corner of|intersection of|in front of|across(?: from)?|next to|onto?|off)"
        + @"\s+(?i:the\s+)?(?:[\w.']+\s+){0,2}?[A-Z[0-9]][\w.']*)|\b[A-Z][a-z]+\s+(?:St|Ave|Rd|Dr|Blvd|Street|Avenue|Road|Park|Square|Bridge|Lane)\b")]
    private static partial Regex Place();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.\w+|\b(?:my name is|I am|signed|regards|sincerely|Mr|Mrs|Ms|Dr)\b\.?,?\s+[A-Z]")]
    public static partial Regex Signature();

    [GeneratedRegex(
        @"\b(?:(?i:residents?|neighbou?rs?|drivers?|landlords?|tenants?|owners?|workers?|contractors?|crews?|kids|children|students?"
            + @"|pedestrians?|cyclists?|police|officers?|firefighters?|mayor|company|department|council|teenagers?|people|adults?|males?|females?|someone named"
            + @"|mother|father|daughter|son|wife|husband|woman|man|women|men|boys?|girls?|tourists?|farmers?|families|elderly|seniors?|commuters?|guys?|alder)"
            + @"|Mr\.?|Mrs\.?|Ms\.?|(?<=\S\s)(?!I\b)[A-Z][a-z]+\s+[A-Z][a-z]+)\b")]
    private static partial Regex Actor();

    [GeneratedRegex(@"\b(?:because|due to|caused by|as a result of|thanks to|resulting from|reason|owing to|so that|since (?:the|it|they|there|he"
        + @"|she|we)|after (?:the|a|an)|when (?:the|it) (?:rains?|snows?|storms?)|needed for|in honor of|make us|makes? it|so (?:many|much|deep|bad))\b", RegexOptions.IgnoreCase)]
    public static partial Regex Cause();

    [GeneratedRegex(@"\b(?:coming|comes|came|leaking|spilling|running|flowing|smell|noise|smoke|water|originat\w+|drain\w+)\b.*\bfrom\b|\bfrom (?:the|a"
        + @"|an|their|his|her|our)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Origin();

    [GeneratedRegex(@"\b(?:by \w+ing|with|using|through|via|without|like|in (?:the|a) \w+ (?:way|manner)|\w{3,}ly)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Manner();

    [GeneratedRegex(@"[""“]\w+[""”]|\b(?i:name is|named|called|goes by|answers to)\b|\bis [A-Z]{3,}\b")]
    private static partial Regex Named();
}
