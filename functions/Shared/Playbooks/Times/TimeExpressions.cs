using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Times;

/// <summary>Finds the times that a text speaks of, counted from a reference moment in a time zone.</summary>
public static partial class TimeExpressions
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>In the order of the text. "since Monday" and "for three days" reach up to the reference.</summary>
    /// <param name="reference">When it was written.</param>
    /// <param name="timeZone">IANA name.</param>
    /// <exception cref="ArgumentException">There is no such zone.</exception>
    public static IReadOnlyList<TimeMention> Find(string text, DateTimeOffset reference, string timeZone)
    {
        var clock = new LocalClock(reference, LocalClock.Zone(timeZone));
        var found = Durations.Find(text, clock).ToList();
        var days = Days.Find(text, clock).Where(day => !Overlaps(found, day.Start, day.End)).ToList();
        var hours = Hours.Find(text).Where(hour => !Overlaps(found, hour.Start, hour.End)).ToList();
        found.AddRange(days.Select(day => Join(text, day, hours, clock)));
        found.AddRange(hours.Where(hour => hour.Alone && !Overlaps(found, hour.Start, hour.End)).Select(hour => Alone(text, hour, clock)));
        return [.. found.Select(mention => Since(text, mention, clock)).OrderBy(mention => mention.Start)];
    }

    private static TimeMention Join(string text, Days.Span day, List<Hours.Span> hours, LocalClock clock)
    {
        var from = clock.At(day.From, TimeSpan.Zero);
        var to = clock.At(day.To, TimeSpan.Zero);
        var (start, end) = (day.Start, day.End);
        var words = text[start..end].ToLowerInvariant();
        if (words is "tonight" || LastNight().IsMatch(words))
            return new TimeMention(start, text[start..end], clock.At(day.From, TimeSpan.FromHours(21)), clock.At(day.From, TimeSpan.FromHours(30)), 0.85)
            {
                Typical = clock.At(day.From, TimeSpan.FromHours(22)),
            };

        var hour = hours.Find(hour => (hour.Start >= end && Glue().IsMatch(text[end..hour.Start])) || (hour.End <= start && Glue().IsMatch(text[hour.End..start])));
        if (hour is null || day.To != day.From.AddDays(1))
            return new TimeMention(start, text[start..end], from, to, day.Confidence) { Typical = Middle(day, clock) };
        (start, end) = (Math.Min(start, hour.Start), Math.Max(end, hour.End));
        (from, to) = Moment(day.From, hour, clock);
        return new TimeMention(start, text[start..end], from, to, Math.Min(0.98, day.Confidence + 0.03)) { Typical = from + (hour.Typical - hour.From) };
    }

    private static DateTimeOffset Middle(Days.Span day, LocalClock clock) =>
        clock.At(day.From.AddDays((day.To.DayNumber - day.From.DayNumber) / 2), day.To == day.From.AddDays(1) ? TimeSpan.FromHours(12) : TimeSpan.Zero);

    private static TimeMention Alone(string text, Hours.Span hour, LocalClock clock)
    {
        var day = clock.Today;
        if (text[hour.Start..hour.End].StartsWith("last", StringComparison.OrdinalIgnoreCase))
            day = day.AddDays(-1);
        var (from, to) = Moment(day, hour, clock);
        if (from > clock.Reference)
            (from, to) = (from - Day, to - Day);
        return new TimeMention(hour.Start, text[hour.Start..hour.End], from, to, hour.Part is null ? 0.7 : 0.85) { Typical = from + (hour.Typical - hour.From) };
    }

    private static (DateTimeOffset From, DateTimeOffset To) Moment(DateOnly day, Hours.Span hour, LocalClock clock)
    {
        if (hour.Offset is not { } offset)
            return (clock.At(day, hour.From), clock.At(day, hour.To));
        var moment = new DateTimeOffset(day.ToDateTime(TimeOnly.FromTimeSpan(hour.From)), offset).ToUniversalTime();
        return (moment, moment);
    }

    private static TimeMention Since(string text, TimeMention mention, LocalClock clock)
    {
        if (mention.From > clock.Reference || SinceBefore().Match(text[..mention.Start]) is not { Success: true } since)
            return mention;
        return mention with { Start = since.Index, Text = text[since.Index..mention.End], To = clock.Reference };
    }

    private static bool Overlaps(List<TimeMention> found, int start, int end) => found.Exists(other => start < other.End && other.Start < end);

    [GeneratedRegex(@"^last\s+night$")]
    private static partial Regex LastNight();

    [GeneratedRegex(@"^(?:[\s,T]|-|\b(?:at|around|about|approximately|approx|ca|by|in|the|on|of|early|late|from|por|la|le|au|à|en|vers|am|um|gegen)\b\.?|~|@)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Glue();

    [GeneratedRegex(@"\b(?:ever\s+since|since|as\s+of|starting|beginning|seit|depuis|desde)\s+(?:about\s+|around\s+|at\s+least\s+|on\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex SinceBefore();
}
