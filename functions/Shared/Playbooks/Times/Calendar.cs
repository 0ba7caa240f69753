namespace DomainFlow.Playbooks.Times;

/// <summary>Arithmetic of days, weeks and holidays around today.</summary>
internal static class Calendar
{
    public static DaySpan? Day(int year, int month, int day, double confidence) =>
        year is > 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? DaySpan.One(new DateOnly(year, month, day), confidence)
            : null;

    /// <summary>The latest such date that is not ahead.</summary>
    public static DaySpan? Latest(int month, int day, DateOnly today, double confidence)
    {
        for (var year = today.Year; year > today.Year - 5; year--)
        {
            if (Day(year, month, day, confidence) is { } found && found.From <= today)
                return found;
        }

        return null;
    }

    /// <summary>The next such date from today on.</summary>
    public static DaySpan? Ahead(int month, int day, DateOnly today, double confidence) =>
        Enumerable.Range(today.Year, 2).Select(year => Day(year, month, day, confidence)).FirstOrDefault(found => found is { } at && at.From >= today);

    /// <summary>The nearest such date that falls on the weekday, past or ahead; where none is near, the next such date: people are mistaken in the weekday.</summary>
    public static DaySpan? OnWeekday(int month, int day, DayOfWeek weekday, DateOnly today)
    {
        var fit = Enumerable.Range(today.Year - 4, 6).Select(year => Day(year, month, day, 0.95)).OfType<DaySpan>()
            .Where(found => found.From.DayOfWeek == weekday)
            .OrderBy(found => Math.Abs(found.From.DayNumber - today.DayNumber)).Select(found => (DaySpan?)found).FirstOrDefault();
        return fit is { } near && Math.Abs(near.From.DayNumber - today.DayNumber) < 200 ? near : Ahead(month, day, today, 0.8);
    }

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public static DateOnly InWeekOf(DateOnly day, int weekday) => Monday(day).AddDays((weekday + 6) % 7);

    /// <summary>The weekend that is, or the last one.</summary>
    public static DaySpan Weekend(DateOnly today)
    {
        var saturday = today.AddDays(-(((int)today.DayOfWeek + 1) % 7));
        return new DaySpan(saturday, saturday.AddDays(2), 0.8);
    }

    public static DaySpan Weekday(int? which, int wanted, DateOnly today)
    {
        var back = ((int)today.DayOfWeek - wanted + 7) % 7;
        return which switch
        {
            1 => DaySpan.One(today.AddDays(back == 0 ? 7 : 7 - back), 0.8),
            -1 => DaySpan.One(today.AddDays(back == 0 ? -7 : -back), 0.9),
            -2 => DaySpan.One(today.AddDays(back == 0 ? -14 : -back - 7), 0.85),
            _ => DaySpan.One(today.AddDays(-back), 0.85),
        };
    }

    public static DaySpan? Period(int which, Unit unit, DateOnly today)
    {
        var monday = Monday(today);
        switch (unit)
        {
            case Unit.Week:
                return new DaySpan(monday.AddDays(7 * which), monday.AddDays(7 * (which + 1)), 0.8);
            case Unit.Weekend:
                // On Monday "this weekend" is the one that just passed.
                var saturday = monday.AddDays(5 + (7 * which));
                return which == 0 && saturday > today
                    ? new DaySpan(saturday.AddDays(-7), saturday.AddDays(-5), 0.6)
                    : new DaySpan(saturday, saturday.AddDays(2), 0.8);
            case Unit.Month:
                var first = new DateOnly(today.Year, today.Month, 1).AddMonths(which);
                return new DaySpan(first, first.AddMonths(1), 0.75);
            case Unit.Year:
                var january = new DateOnly(today.Year + which, 1, 1);
                return new DaySpan(january, january.AddYears(1), 0.7);
            default:
                return null;
        }
    }

    public static DaySpan Month(int month, int? year, DateOnly today)
    {
        var first = new DateOnly(year ?? today.Year, month, 1);
        if (year is null && first > today)
            first = first.AddYears(-1);
        return new DaySpan(first, first.AddMonths(1), 0.75);
    }

    /// <summary>The latest begun season, or that of a year or of a number of years back.</summary>
    public static DaySpan Season(int season, int which, int? year, LocalClock clock)
    {
        var month = 12 + (3 * (clock.IsSouthern ? (season + 2) % 4 : season));
        var start = new DateOnly(year ?? clock.Today.Year, ((month - 1) % 12) + 1, 1);
        if (year is null)
        {
            start = start > clock.Today ? start.AddYears(-1) : start;
            // In spring "last winter" is the one that ended; in winter it is the one before.
            if (which == -1 && start.AddMonths(3) > clock.Today)
                start = start.AddYears(-1);
        }

        // "not once this winter", said in winter, is no time.
        return new DaySpan(start, start.AddMonths(3), start.AddMonths(3) > clock.Today ? 0.45 : 0.6);
    }

    /// <summary>The first, second ... or (0) last such weekday of a month.</summary>
    public static DateOnly? NthWeekday(int year, int month, int weekday, int nth)
    {
        var first = new DateOnly(year, month, 1);
        if (nth == 0)
        {
            var last = first.AddMonths(1).AddDays(-1);
            return last.AddDays(-(((int)last.DayOfWeek - weekday + 7) % 7));
        }

        var found = first.AddDays(((weekday - (int)first.DayOfWeek + 7) % 7) + (7 * (nth - 1)));
        return found.Month == month ? found : null;
    }
}
