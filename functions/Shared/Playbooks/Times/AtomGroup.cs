namespace DomainFlow.Playbooks.Times;

/// <summary>Neighbouring atoms that make one time: at most one day, one clock time and one part of a day.</summary>
internal sealed class AtomGroup(Atom first)
{
    public int First { get; private set; } = first.First;

    public int End { get; private set; } = first.End;

    public DaySpan? Day { get; set; } = first.Day;

    public ClockSpan? Clock { get; private set; } = first.Clock;

    public Part? Part { get; private set; } = first.Part;

    public TimeMention? Moment { get; } = first.Moment;

    public DayOfWeek? Weekday { get; private set; } = first.Weekday;

    public (int Month, int Day)? Yearless { get; private set; } = first.Yearless;

    public bool Recurring { get; set; } = first.Recurring;

    /// <summary>Where its day stands: a clock time beside a week or month is not joined to it.</summary>
    public (int First, int End) DayTokens { get; private set; } = (first.First, first.End);

    /// <summary>The end of a range of days, exclusive.</summary>
    public DateOnly? RangeEnd { get; private set; } = first.Until;

    public bool HasClockOnly => Day is null && Part is null && Clock is { Bare: false } && !Recurring;

    /// <summary>Takes the atom in where its meaning is still missing.</summary>
    public bool TryAdd(Atom next, DateOnly today)
    {
        if (Moment is not null || next.Moment is not null || (next.Clock is not null && Clock is not null) || (next.Part is not null && Part is not null))
            return false;
        if (next.Day is { } day && !TryAddDay(next, day, today))
            return false;
        Clock ??= next.Clock;
        Part ??= next.Part;
        Recurring |= next.Recurring;
        End = next.End;
        return true;
    }

    /// <summary>"Today it came at 6 pm".</summary>
    public void Follow(AtomGroup clock) => (Clock, End) = (clock.Clock, clock.End);

    /// <summary>Makes it the range up to the end of another group; false where that lies before it.</summary>
    public bool TryExtend(AtomGroup until)
    {
        if (Day is not { } from || until.Day is not { } to)
            return false;
        if (Yearless is var (month, day) && until.Yearless is null && until.Weekday is null && Calendar.Day(to.From.Year, month, day, from.Confidence) is { } sameYear)
            from = sameYear;
        var end = to.To;
        if (end <= from.From)
            end = until.Weekday is not null ? end.AddDays(7) : until.Yearless is not null ? end.AddYears(1) : end;
        if (end <= from.From)
            return false;
        (Day, RangeEnd, End) = (from, end, until.End);
        // "Monday to Friday 9-17" are opening hours; "Monday 22:00 to Tuesday 6:00" is one time.
        var isDaily = (until.Clock ?? Clock) is { } hours && hours.To > hours.From;
        Recurring |= until.Recurring || (isDaily && until.Weekday is not null && Weekday is not null);
        return true;
    }

    /// <summary>"Sunday October 19th": one day, said twice; the weekday tells the year.</summary>
    private bool TryAddDay(Atom next, DaySpan day, DateOnly today)
    {
        if (Day is null)
        {
            (Day, RangeEnd, Weekday, Yearless, DayTokens) = (day, next.Until, next.Weekday, next.Yearless, (next.First, next.End));
            return true;
        }

        var weekday = Weekday ?? next.Weekday;
        if (weekday is null || (Weekday is not null && next.Weekday is not null))
            return false;
        var date = Yearless ?? next.Yearless;
        var dated = Weekday is not null ? day : Day.Value;
        if (!dated.IsOne)
            return false;
        Day = date is var (month, number) ? Calendar.OnWeekday(month, number, weekday.Value, today) ?? dated : dated;
        (Weekday, Yearless, DayTokens) = (null, null, (DayTokens.First, next.End));
        return true;
    }
}
