namespace DomainFlow.Playbooks.Times;

/// <summary>What a time in a text is the time of.</summary>
public enum TimeRole
{
    /// <summary>What the text reports.</summary>
    Event,

    /// <summary>Something else: a birth, a deadline, opening hours, a habit, an appointment.</summary>
    Other,
}

/// <summary>A time that a text speaks of.</summary>
/// <param name="Start">First character in the text.</param>
/// <param name="Text">The words as they stand there.</param>
/// <param name="From">Beginning of what they mean.</param>
/// <param name="To">End, exclusive; equal to <paramref name="From"/> for a moment.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record TimeMention(int Start, string Text, DateTimeOffset From, DateTimeOffset To, double Confidence)
{
    public int End => Start + Text.Length;

    /// <summary>One moment for the whole: the middle of a day or a part of a day; else the beginning.</summary>
    public DateTimeOffset Typical { get; init; } = From;

    public TimeRole Role { get; init; }
}
