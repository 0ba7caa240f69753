using System.Globalization;
using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Times;

/// <summary>Times of day that words name: "7pm", "19:00", "noon", "this morning", "in the evening".</summary>
internal static partial class Hours
{
    /// <param name="From">Since midnight.</param>
    /// <param name="To">End; equal to From for a moment.</param>
    /// <param name="Alone">Whether it means a time without a day beside it.</param>
    /// <param name="Offset">Of UTC, where the text gives it.</param>
    public sealed record Span(int Start, int End, TimeSpan From, TimeSpan To, bool Alone, TimeSpan? Offset, string? Part)
    {
        /// <summary>What people mean by it when one moment is asked for.</summary>
        public TimeSpan Typical => Part is null ? From : TimeSpan.FromHours(Part switch
        {
            "morning" => 8,
            "afternoon" => 15,
            "evening" => 19,
            "night" => 22,
            _ => From.TotalHours,
        });
    }

    public static IReadOnlyList<Span> Find(string text)
    {
        var spans = Pattern().Matches(text).Select(Read).OfType<Span>().ToList();
        for (var i = 0; i + 1 < spans.Count; i++)
        {
            // "6:15 this morning" is one time, said twice.
            if (spans[i].Part is not null || spans[i + 1].Part is not { } part || text[spans[i + 1].Start] is 'l' or 'L' || !Between()
                .IsMatch(text[spans[i].End..spans[i + 1].Start]))
                continue;
            var late = part is "afternoon" or "evening" or "night" && spans[i].From < TimeSpan.FromHours(12) && spans[i].From >= TimeSpan.FromHours(1);
            var time = late ? spans[i].From + TimeSpan.FromHours(12) : spans[i].From;
            spans[i] = spans[i] with { End = spans[i + 1].End, From = time, To = time };
            spans.RemoveAt(i + 1);
        }

        for (var i = 0; i + 1 < spans.Count; i++)
        {
            // "this morning around 9am" is one time too.
            if (spans[i] is not { Part: "morning", Alone: true } || spans[i + 1] is not { Part: null } clock || clock.From >= TimeSpan.FromHours(12)
                || !Before().IsMatch(text[spans[i].End..spans[i + 1].Start]))
                continue;
            spans[i] = spans[i] with { End = clock.End, From = clock.From, To = clock.From, Part = null };
            spans.RemoveAt(i + 1);
        }

        return spans;
    }

    private static Span? Read(Match match)
    {
        var end = match.Index + match.Length;
        if (match.Groups["part"] is { Success: true } named && Word(named.Value) is var part)
        {
            var (from, to) = Part(part);
            var alone = match.Groups["this"].Success || part is "noon" or "midday" or "midnight";
            return new Span(match.Index, end, TimeSpan.FromHours(from), TimeSpan.FromHours(to), alone, null, part);
        }

        var clock = match.Groups["h"].Success;
        var hour = Number(match.Groups[clock ? "h" : match.Groups["h2"].Success ? "h2" : "h3"].Value);
        var minute = clock ? Number(match.Groups["m"].Value) : 0;
        var half = (match.Groups["ap"].Value + match.Groups["ap2"].Value).ToLowerInvariant();
        if (hour > 24 || minute > 59 || (half.Length > 0 && hour is > 12 or 0))
            return null;
        if (half.StartsWith('p') && hour < 12)
            hour += 12;
        else if (half.StartsWith('a') && hour == 12)
            hour = 0;
        var time = new TimeSpan(hour % 24, minute, match.Groups["s"] is { Success: true, Value: var seconds } ? Number(seconds) : 0);
        return new Span(match.Index, end, time, time, true, Offset(match.Groups["zone"].Value), null);
    }

    private static string Word(string part) => part.ToLowerInvariant() switch
    {
        "mañana" or "matin" or "morgen" => "morning",
        "tarde" or "après-midi" or "nachmittag" => "afternoon",
        "noche" or "nuit" or "nacht" => "night",
        "soir" or "abend" => "evening",
        var word => word,
    };

    private static (double From, double To) Part(string part) => part switch
    {
        "morning" => (6, 12),
        "noon" or "midday" => (12, 12),
        "afternoon" => (12, 18),
        "evening" => (18, 22),
        "midnight" => (0, 0),
        _ => (21, 30),
    };

    private static TimeSpan? Offset(string zone)
    {
        if (zone.Length == 0)
            return null;
        if (zone is "Z" or "z")
            return TimeSpan.Zero;
        var offset = new TimeSpan(Number(zone[1..3]), Number(zone[^2..]), 0);
        return zone[0] == '-' ? -offset : offset;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?:,|at|around|about|approximately|@|~|by)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Before();

    [GeneratedRegex(@"^\s*(?:,|in\s+the|at)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(
        @"(?<![\d:.,$€£])(?:" +
        @"(?<h>\d{1,2})(?:[:h]|\.(?=\d{2}\s*[ap]\.?m\b))(?<m>\d{2})(?::(?<s>\d{2})(?:\.\d+)?)?(?<zone>Z|[+-]\d\d:?\d\d)?\s*(?<ap>[ap]\.?m\b\.?)?" +
        @"|(?<h2>\d{1,2})\s*(?:(?<ap2>[ap]\.?m\b\.?)|o['’]?clock|uhr)" +
        @"|(?<h3>\d{1,2})(?=\s+(?:this|in\s+the|yesterday|tomorrow)\s+(?:morning|afternoon|evening))" +
        @"|\b(?:(?<this>this|last|early\s+this|late\s+this|esta|ce(?:tte)?|heute)\s+|early\s+|late\s+)?(?<part>morning|noon|midday|afternoon|evening"
            + @"|midnight|night|mañana|tarde|noche|matin|après-midi|soir|nuit|abend|nachmittag)\b" +
        @")(?!\d|:\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
