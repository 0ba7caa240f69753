namespace DomainFlow.Playbooks.Times;

/// <summary>Days that words name.</summary>
/// <param name="To">Exclusive.</param>
internal readonly record struct DaySpan(DateOnly From, DateOnly To, double Confidence)
{
    public bool IsOne => To.DayNumber == From.DayNumber + 1;

    public static DaySpan One(DateOnly day, double confidence) => new(day, day.AddDays(1), confidence);
}

/// <summary>A time on a clock.</summary>
/// <param name="From">Since midnight.</param>
/// <param name="To">End of a range; equal to From for a moment; more than 24 hours after midnight.</param>
/// <param name="Offset">Of UTC, where the text gives it.</param>
/// <param name="Bare">An hour alone, that needs a day or a part of a day beside it.</param>
/// <param name="Sure">Whether morning or evening is said.</param>
internal readonly record struct ClockSpan(TimeSpan From, TimeSpan To, TimeSpan? Offset, bool Bare, bool Sure);

/// <summary>The smallest phrase that has a meaning of its own; neighbours are joined to one time.</summary>
/// <param name="First">Its first token.</param>
/// <param name="End">The token after its last.</param>
internal sealed record Atom(int First, int End)
{
    public DaySpan? Day { get; init; }

    /// <summary>The end of a range of days, exclusive.</summary>
    public DateOnly? Until { get; init; }

    public ClockSpan? Clock { get; init; }

    public Part? Part { get; init; }

    /// <summary>A time that needs no joining: "two hours ago", "for three days".</summary>
    public TimeMention? Moment { get; init; }

    /// <summary>A weekday alone, that a date beside it repeats.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>Month and day of a date without a year.</summary>
    public (int Month, int Day)? Yearless { get; init; }

    /// <summary>"every Tuesday": no time of its own, and what stands beside it has none either.</summary>
    public bool Recurring { get; init; }
}
