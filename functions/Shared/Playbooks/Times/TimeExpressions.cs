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
        var hours = Hours.Find(text).Where(hour =>
            !Overlaps(found, hour.Start, hour.End) && !days.Exists(day => hour.Start < day.End && day.Start < hour.End)).ToList();
        found.AddRange(days.Select(day => Join(text, day, hours, clock)));
        found.AddRange(hours.Where(hour => hour.Alone && !Overlaps(found, hour.Start, hour.End)).Select(hour => Alone(text, hour, clock)));
        return [.. found.Select(mention => Since(text, mention, clock)).OrderBy(mention => mention.Start)];
    }

    private static TimeMention Join(string text, Days.Span day, List<Hours.Span> hours, LocalClock clock)
    {
        var from = clock.At(day.From, TimeSpan.Zero);
        var to = clock.At(day.To, TimeSpan.Zero);
        var (start, end) = (day.Start, day.End);
        var night = Night().IsMatch(text[start..end]);
        var hour = hours.Find(hour => Touches(text, day, hour)) ?? (night ? null : hours.Find(hour => Follows(text, day, hour, hours)));
        if (night)
            return TheNight(text, day, hour, clock);
        if (hour is null || day.To != day.From.AddDays(1))
            return new TimeMention(start, text[start..end], from, to, day.Confidence) { Typical = Middle(day, clock) };
        (start, end) = (Math.Min(start, hour.Start), Math.Max(end, hour.End));
        (from, to) = Moment(day.From, hour, clock);
        return new TimeMention(start, text[start..end], from, to, Math.Min(0.98, day.Confidence + 0.03)) { Typical = from + (hour.Typical - hour.From) };
    }

    private static bool Touches(string text, Days.Span day, Hours.Span hour) =>
        (hour.Start >= day.End && Glue().IsMatch(text[day.End..hour.Start])) || (hour.End <= day.Start && Glue().IsMatch(text[hour.End..day.Start]));

    /// <summary>"Today it came at 6 pm": a clock time that comes a few words later in the same sentence.</summary>
    private static bool Follows(string text, Days.Span day, Hours.Span hour, List<Hours.Span> hours) =>
        hour.Part is null && hour.Start > day.End && hour.Start - day.End < 25 && !SentenceEnd().IsMatch(text[day.End..hour.Start])
        && !hours.Exists(other => Touches(text, day, other));

    private static TimeMention TheNight(string text, Days.Span day, Hours.Span? hour, LocalClock clock)
    {
        if (hour is null)
        {
            var (evening, morning) = (clock.At(day.From, TimeSpan.FromHours(21)), clock.At(day.From, TimeSpan.FromHours(30)));
            return new TimeMention(day.Start, text[day.Start..day.End], evening, morning, 0.85) { Typical = evening.AddHours(1) };
        }

        // The small hours of a night belong to the next day.
        var time = hour.From < TimeSpan.FromHours(7) ? hour.From + Day : hour.From;
        var (start, end) = (Math.Min(day.Start, hour.Start), Math.Max(day.End, hour.End));
        return new TimeMention(start, text[start..end], clock.At(day.From, time), clock.At(day.From, time), 0.93);
    }

    private static DateTimeOffset Middle(Days.Span day, LocalClock clock) =>
        clock.At(day.From.AddDays((day.To.DayNumber - day.From.DayNumber) / 2), day.To == day.From.AddDays(1) ? TimeSpan.FromHours(12) : TimeSpan.Zero);

    private static TimeMention Alone(string text, Hours.Span hour, LocalClock clock)
    {
        var day = clock.Today;
        if (text[hour.Start..hour.End].StartsWith("last", StringComparison.OrdinalIgnoreCase))
            day = day.AddDays(-1);
        var (from, to) = Moment(day, hour, clock);
        // A morning that is called this one is today's, whatever a clock says that runs slow.
        if (from > clock.Reference && !text[hour.Start..hour.End].Contains("this morning", StringComparison.OrdinalIgnoreCase))
            (from, to) = (from - Day, to - Day);
        var typical = from + (hour.Typical - hour.From);
        return new TimeMention(hour.Start, text[hour.Start..hour.End], from, to, hour.Part is null ? 0.7 : 0.85) { Typical = typical };
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

    [GeneratedRegex(@"^(?:last\s+night|tonight)$", RegexOptions.IgnoreCase)]
    private static partial Regex Night();

    [GeneratedRegex(@"[.!?;]\s|\n")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^(?:[\s,T]|-|\b(?:at|around|about|approximately|approx|ca|by|in|the|on|a|of|early|late|from|por|la|le|au|à|en|vers|am|um"
        + @"|gegen)\b\.?|~|@)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Glue();

    [GeneratedRegex(@"\b(?:ever\s+since|since|as\s+of|starting|beginning|seit|depuis|desde)\s+(?:about\s+|around\s+|at\s+least\s+"
        + @"|on\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex SinceBefore();
}
