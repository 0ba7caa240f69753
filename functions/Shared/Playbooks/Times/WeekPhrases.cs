namespace DomainFlow.Playbooks.Times;

/// <summary>Weekdays, weeks and other periods counted from today: "last Tuesday", "Tuesday of last week", "letzte Woche", "end of last month".</summary>
internal static class WeekPhrases
{
    public static Atom? Relative(PhraseReader reader, int at)
    {
        var i = at;
        // "la mañana" is the morning.
        if (reader.Take(ref i, Term.Day, out var days) && !(days == 1 && reader.Follows(at, Term.Article)))
            return new Atom(at, i) { Day = DaySpan.One(reader.Clock.Today.AddDays(days), days is -1 or -2 ? 0.95 : 0.9) };
        return reader.Take(ref i, Term.Lately)
            ? new Atom(at, i) { Day = new DaySpan(reader.Clock.Today.AddDays(-5), reader.Clock.Today, 0.4) }
            : null;
    }

    /// <summary>"this morning", "anoche", "letzte Nacht".</summary>
    public static Atom? PartOfDay(PhraseReader reader, int at)
    {
        var i = at;
        reader.Skip(ref i, Term.Early, Term.Late);
        if (!reader.Take(ref i, Term.PartOfDay, out var value))
            return null;
        var (back, part) = (value / 100, (Part)(value % 100));
        // "heute Nacht" is the night that was, until the evening; English has "last night" for it.
        if (value == (int)Part.Night && reader.Language != "en" && reader.Clock.Now.Hour < 18)
            back = 1;
        // "this evening", said before the evening, is the one that was.
        if (back == 0 && part is Part.Afternoon or Part.Evening && reader.Clock.Now.TimeOfDay < PartHours.Of(part).From)
            back = 1;
        return new Atom(at, i) { Day = DaySpan.One(reader.Clock.Today.AddDays(-back), 0.82), Part = part };
    }

    public static Atom? Weekday(PhraseReader reader, int at)
    {
        var i = at;
        var today = reader.Clock.Today;
        int? which = reader.Take(ref i, Term.Which, out var before) ? before : null;
        Part? part = null;
        if (reader.Take(ref i, Term.WeekdayPart, out var weekday))
            (weekday, part) = (weekday / 10, (Part)(weekday % 10));
        else if (!TakeWeekday(reader, ref i, out weekday))
            return null;
        var j = i;
        if (which is null && WeekOf(reader, ref j, out var monday))
            return new Atom(at, j) { Day = DaySpan.One(monday.AddDays((weekday + 6) % 7), 0.9), Part = part };
        if (which is null && reader.Take(ref j, Term.Which, out var after) && (reader.WhichFollows || after == -2))
            (which, i) = (after, j);
        return new Atom(at, i)
        {
            Day = Calendar.Weekday(which, weekday, today),
            Part = part,
            Weekday = which is null ? (DayOfWeek)weekday : null,
        };
    }

    /// <summary>"last week on Monday", "a week ago on Monday", "letzte Woche Dienstag".</summary>
    public static Atom? WeekThenWeekday(PhraseReader reader, int at)
    {
        var i = at;
        if (!WeekOf(reader, ref i, out var monday))
            return null;
        Between(reader, ref i);
        return TakeWeekday(reader, ref i, out var weekday) ? new Atom(at, i) { Day = DaySpan.One(monday.AddDays((weekday + 6) % 7), 0.9) } : null;
    }

    /// <summary>"last week", "the week before last", "la semana pasada", "early last week", "end of last month", "this summer".</summary>
    public static Atom? Period(PhraseReader reader, int at)
    {
        var i = at;
        var third = Third(reader, ref i);
        if (!(third is null ? TakePeriod(reader, ref i, out var which, out var unit) : TakeThirdPeriod(reader, ref i, out which, out unit)))
            return SeasonOf(reader, at);
        var span = Calendar.Period(which, unit, reader.Clock.Today);
        return span is { } days ? new Atom(at, i) { Day = third is { } part ? ThirdOf(days, part) : days } : null;
    }

    /// <summary>"the weekend", "am Wochenende": the one that is, or the last one.</summary>
    public static Atom? Weekend(PhraseReader reader, int at)
    {
        var i = at;
        var all = reader.Tokens.IsWord(i) && reader.Tokens.Key(i) is "all" && reader.Language == "en";
        i += all ? 1 : 0;
        reader.Skip(ref i, Term.About, Term.Article);
        reader.Take(ref i, Term.Which, out _);
        if (!reader.Take(ref i, Term.Unit, out var unit) || unit != (int)Unit.Weekend)
            return null;
        return all || i - at > 1 || reader.Follows(at, Term.On, Term.In, Term.At, Term.Article)
            ? new Atom(at, i) { Day = Calendar.Weekend(reader.Clock.Today) }
            : null;
    }

    /// <summary>0 early, 1 middle, 2 late.</summary>
    public static int? Third(PhraseReader reader, ref int at)
    {
        var i = at;
        reader.Take(ref i, Term.Article);
        int? third = reader.Take(ref i, Term.Early) ? 0 : reader.Take(ref i, Term.Middle) ? 1 : reader.Take(ref i, Term.Late) ? 2 : null;
        if (third is null)
            return null;
        reader.Take(ref i, '-');
        reader.Skip(ref i, Term.Of, Term.Article);
        at = i;
        return third;
    }

    public static DaySpan ThirdOf(DaySpan days, int third)
    {
        var (length, start) = (days.To.DayNumber - days.From.DayNumber, days.From);
        return new DaySpan(
            start.AddDays(length * third / 3), third == 2 ? days.To : start.AddDays(Math.Max(1, length * (third + 1) / 3)), days.Confidence);
    }

    /// <summary>A unit with "last", "this" or "next" before or after it.</summary>
    public static bool TakePeriod(PhraseReader reader, ref int at, out int which, out Unit unit)
    {
        var i = at;
        reader.Skip(ref i, Term.Article);
        var before = reader.Take(ref i, Term.Which, out which);
        unit = default;
        if (!reader.Take(ref i, Term.Unit, out var value) || value < (int)Unit.Week || value == (int)Unit.Fortnight)
            return false;
        unit = (Unit)value;
        if (!before)
        {
            if (!reader.Take(ref i, Term.Which, out which) || !(reader.WhichFollows || which == -2))
                return false;
        }

        at = i;
        return true;
    }

    /// <summary>After "end of" a period may be named without "this": "at the end of the month".</summary>
    private static bool TakeThirdPeriod(PhraseReader reader, ref int at, out int which, out Unit unit)
    {
        if (TakePeriod(reader, ref at, out which, out unit))
            return true;
        var i = at;
        if (!reader.Take(ref i, Term.Unit, out var value) || (Unit)value is not (Unit.Week or Unit.Month or Unit.Year) || !reader.Follows(at, Term.Article))
            return false;
        (at, which, unit) = (i, 0, (Unit)value);
        return true;
    }

    private static Atom? SeasonOf(PhraseReader reader, int at)
    {
        var i = at;
        reader.Take(ref i, Term.Article);
        var before = reader.Take(ref i, Term.Which, out var which);
        if (!reader.Take(ref i, Term.Season, out var season))
            return null;
        var after = !before && reader.WhichFollows && reader.Take(ref i, Term.Which, out which);
        reader.Skip(ref i, Term.Of);
        var year = NamedDates.TakeYearOf(reader, ref i);
        return (before || after || year is not null) && which <= 0
            ? new Atom(at, i) { Day = Calendar.Season(season, which, year, reader.Clock) }
            : null;
    }

    /// <summary>The Monday of "last week" or of the day "two weeks ago".</summary>
    private static bool WeekOf(PhraseReader reader, ref int at, out DateOnly monday)
    {
        var i = at;
        monday = default;
        Between(reader, ref i);
        reader.Skip(ref i, Term.Of);
        var j = i;
        if (TakePeriod(reader, ref j, out var which, out var unit) && unit == Unit.Week)
        {
            monday = Calendar.Monday(reader.Clock.Today).AddDays(7 * which);
        }
        else
        {
            j = i;
            if (!Durations.Back(reader, ref j, out var count, out unit) || unit != Unit.Week || count > 500)
                return false;
            monday = Calendar.Monday(reader.Clock.Today.AddDays(-(int)(7 * count)));
        }

        if (reader.Tokens.IsWord(j) && reader.Tokens.Key(j) is "'s")
            j++;
        at = j;
        return true;
    }

    private static void Between(PhraseReader reader, ref int at)
    {
        reader.Take(ref at, ',');
        reader.Skip(ref at, Term.In, Term.On, Term.Of, Term.Article);
    }

    public static bool TakeWeekday(PhraseReader reader, ref int at, out int weekday)
    {
        var i = at;
        weekday = 0;
        if (reader.Is(i, Term.Ordinary) && !reader.Tokens.IsCapitalised(i) && !reader.Follows(i, Term.On, Term.Since, Term.DateCue, Term.Which))
            return false;
        if (!reader.Take(ref i, Term.Weekday, out weekday))
            return false;
        // "Tue." and "Oct." are abbreviations; the dot of a whole word ends the sentence.
        if (i - at == 1 && reader.Tokens[at].Length <= 5 && reader.Tokens.Sign(i) == '.' && reader.Tokens.IsAttached(i) && i + 1 < reader.Tokens.Count)
            i++;
        at = i;
        return true;
    }
}
