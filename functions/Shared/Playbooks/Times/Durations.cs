using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Times;

/// <summary>Times that count back from the reference: "two hours ago", "for three days", "in the last 24 hours", "just now".</summary>
internal static partial class Durations
{
    public static IEnumerable<TimeMention> Find(string text, LocalClock clock)
    {
        foreach (Match match in Pattern().Matches(text))
        {
            if (match.Groups["now"].Success)
                yield return new TimeMention(match.Index, match.Value, clock.Reference, clock.Reference, match.Groups["now"].Value.StartsWith("just", StringComparison.OrdinalIgnoreCase) ? 0.8 : 0.3);
            else if (Back(match, clock) is { } from)
                yield return match.Groups["ago"].Success
                    ? new TimeMention(match.Index, match.Value, from, from, 0.9)
                    : new TimeMention(match.Index, match.Value, from, clock.Reference, Sureness(clock.Reference - from));
        }
    }

    /// <summary>Minutes are how long it lasts each time; years are a manner of speaking.</summary>
    private static double Sureness(TimeSpan back) => back < TimeSpan.FromMinutes(30) || back > TimeSpan.FromDays(60) ? 0.4 : 0.8;

    private static DateTimeOffset? Back(Match match, LocalClock clock)
    {
        var count = match.Groups["n"].Success ? Quantity.Read(match.Groups["n"].Value) : 1;
        if (count is not { } number || number > 10000)
            return null;
        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        return unit switch
        {
            ['m', 'i', ..] => clock.Reference.AddMinutes(-number),
            ['h', ..] => clock.Reference.AddHours(-number),
            ['d', ..] or ['n', ..] => clock.Reference.AddDays(-number),
            ['w', ..] => clock.Reference.AddDays(-7 * number),
            ['m', ..] => clock.Reference.AddDays(-30 * number),
            _ when number < 200 => clock.Reference.AddDays(-365 * number),
            _ => null,
        };
    }

    [GeneratedRegex(
        @"\b(?:" +
        @"(?<now>just\s+now|right\s+now|at\s+the\s+moment|currently|at\s+this\s+moment)" +
        @"|(?<n>" + Quantity.Pattern + @")\s+(?<unit>minutes?|mins?|hours?|hrs?)\s+(?<ago>ago|back|earlier)" +
        @"|for\s+(?:(?:at\s+least|about|around|almost|nearly|over|more\s+than)\s+)?(?:the\s+)?(?:(?:past|last)\s+)?(?<n>" + Quantity.Pattern
            + @")\+?\s+(?:straight\s+|consecutive\s+|full\s+|whole\s+)?(?<unit>minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?"
            + @"|years?)(?!\s+(?:ago|back))" +
        @"|(?:in|within|over|during)\s+(?:the\s+)?(?:past|last)\s+(?:(?<n>" + Quantity.Pattern
            + @")\s+)?(?<unit>minutes|mins|hours?|hrs?|days?|nights|weeks|months|years)" +
        @"|(?:the\s+)?(?:past|last)\s+(?<n>" + Quantity.Pattern + @")\s+(?<unit>minutes|mins|hours|hrs|days|nights|weeks|months|years)" +
        @")\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
