namespace DomainFlow.Playbooks.Times;

/// <summary>Dates with a month's name: "Oct 3rd, 2026", "3 de septiembre", "the last Friday of August", "5-7 November", "early April", "the 14th".</summary>
internal static class NamedDates
{
    /// <summary>"Oct 3rd", "September third, 2026", "Nov 5-7".</summary>
    public static Atom? MonthDay(PhraseReader reader, int at)
    {
        var i = at;
        if (!TakeMonth(reader, ref i, out var month))
            return null;
        var ordinary = reader.Is(at, Term.Ordinary) && !reader.Tokens.IsCapitalised(at) && !reader.Follows(at, Term.On, Term.Since, Term.DateCue, Term.Between);
        reader.Take(ref i, '-');
        reader.Skip(ref i, Term.Article);
        if (!TakeDay(reader, ref i, out var day, out var ordinal) || reader.Tokens.Sign(i) == ':' || reader.Is(i, Term.Meridiem) || (ordinary && !ordinal))
            return null;
        var last = LastDay(reader, ref i, day);
        reader.Take(ref i, ',');
        var year = TakeYearOf(reader, ref i);
        i = year is null && reader.Tokens.Sign(i - 1) == ',' ? i - 1 : i;
        return reader.EndsClean(i) ? Dated(reader, new Atom(at, i), year, month, day, last) : null;
    }

    /// <summary>"3 October", "the 3rd of October", "3 de septiembre de 2026", "12. Mai", "5-7 November", "03-Sep-2026".</summary>
    public static Atom? DayMonth(PhraseReader reader, int at)
    {
        var i = at;
        if (!TakeDay(reader, ref i, out var day, out _))
            return null;
        var last = LastDay(reader, ref i, day);
        reader.Take(ref i, '-');
        reader.Skip(ref i, Term.Of, Term.Article);
        if (!TakeMonth(reader, ref i, out var month))
            return null;
        var end = i;
        reader.Take(ref i, '-');
        reader.Take(ref i, ',');
        reader.Skip(ref i, Term.Of);
        var year = TakeYearOf(reader, ref i);
        return Dated(reader, new Atom(at, year is null ? end : i), year, month, day, last);
    }

    /// <summary>"the last Friday of August", "first week of November 2025", "el último viernes de agosto", "the last day of last month".</summary>
    public static Atom? OrdinalOf(PhraseReader reader, int at)
    {
        var i = at;
        reader.Skip(ref i, Term.Article);
        var nth = 0;
        if (!reader.Take(ref i, Term.Ordinal, out nth) && !reader.Take(ref i, Term.LastOf) && !NthInDigits(reader, ref i, out nth))
            return null;
        var isWeekday = WeekPhrases.TakeWeekday(reader, ref i, out var weekday);
        if (!isWeekday && !reader.Take(ref i, Term.Unit, out weekday))
            return null;
        var j = i;
        reader.Skip(ref j, Term.Of, Term.In, Term.Article, Term.On);
        if (j == i || !MonthOf(reader, ref j, i, out var first, out var named))
            return null;
        var span = In(first, nth, isWeekday, weekday);
        if (span is { } ahead && named && ahead.From > reader.Clock.Today)
            span = In(first.AddYears(-1), nth, isWeekday, weekday);
        return span is { } found ? new Atom(at, j) { Day = found } : null;
    }

    /// <summary>"in September", "since early April", "last May", "November 2025".</summary>
    public static Atom? WholeMonth(PhraseReader reader, int at)
    {
        var i = at;
        var third = WeekPhrases.Third(reader, ref i);
        int? which = reader.Take(ref i, Term.Which, out var before) ? before : null;
        var start = i;
        if (!TakeMonth(reader, ref i, out var month) || which > 0)
            return null;
        var end = i;
        reader.Take(ref i, ',');
        reader.Skip(ref i, Term.Of);
        var year = TakeYearOf(reader, ref i);
        if (year is null)
            (i, which) = (end, which is null && reader.WhichFollows && reader.Take(ref end, Term.Which, out var after) && after <= 0 ? after : which);
        i = year is null ? Math.Max(i, end) : i;
        var cued = third is not null || which is not null
            || reader.Follows(at, Term.In, Term.Since, Term.Of, Term.From, Term.For, Term.Until, Term.To, Term.And, Term.Between, Term.DateCue);
        if ((year is null && !cued) || (year is null && IsAmount(reader, i)))
            return null;
        if (year is null && reader.Is(start, Term.Ordinary) && !reader.Tokens.IsCapitalised(start) && third is null)
            return null;
        var span = Calendar.Month(month, year, reader.Clock.Today);
        if (which == -1 && year is null && span.To > reader.Clock.Today)
            span = Calendar.Month(month, span.From.Year - 1, reader.Clock.Today);
        return new Atom(at, i) { Day = third is { } part ? WeekPhrases.ThirdOf(span, part) : span };
    }

    /// <summary>"on the 14th", "am 14.", "on the 3rd of last month", "el día 14".</summary>
    public static Atom? DayAlone(PhraseReader reader, int at)
    {
        var i = at;
        var tokens = reader.Tokens;
        if (!reader.Number(i, 1, 31) || !reader.StartsClean(i) || at == 0)
            return null;
        var day = tokens[i++].Value;
        var ordinal = tokens.IsAttached(i) && reader.Take(ref i, Term.OrdinalEnd);
        var j = i;
        reader.Skip(ref j, Term.Of, Term.Article);
        if (j > i && WeekPhrases.TakePeriod(reader, ref j, out var which, out var unit) && unit == Unit.Month)
            return DayIn(reader, new Atom(at, j), Calendar.Period(which, Unit.Month, reader.Clock.Today), day);
        var cued = reader.Language == "en"
            ? ordinal && reader.Follows(at, Term.Article) && at > 1 && reader.Follows(at - 1, Term.On, Term.Since, Term.From, Term.By, Term.Until, Term.Of, Term.DateCue, Term.Weekday)
            : (ordinal && reader.Follows(at, Term.On, Term.DateCue)) || IsDayWord(reader, at - 1);
        if (!cued || tokens.IsCapitalised(i) || !reader.EndsPhrase(i) || tokens.IsNumber(i) || reader.Is(i, Term.NameAfter) || reader.Is(i, Term.Unit))
            return null;
        var today = reader.Clock.Today;
        var month = day <= today.Day ? today : today.AddMonths(-1);
        return Calendar.Day(month.Year, month.Month, day, 0.85) is { } found ? new Atom(at, i) { Day = found } : null;
    }

    /// <summary>"in 2025", "since 2024".</summary>
    public static Atom? Year(PhraseReader reader, int at)
    {
        var i = at;
        if (!reader.Follows(at, Term.In, Term.Since, Term.YearCue) || TakeYear(reader, ref i) is not { } year || year > reader.Clock.Today.Year + 5)
            return null;
        return reader.EndsPhrase(i) && !reader.Is(i, Term.Unit) && reader.EndsClean(i) && reader.Tokens.Sign(i) is not '-' and not '/'
            ? new Atom(at, i) { Day = new DaySpan(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1), 0.8) }
            : null;
    }

    public static int? TakeYear(PhraseReader reader, ref int at)
    {
        var tokens = reader.Tokens;
        if (!tokens.IsNumber(at) || tokens[at].Length != 4 || !reader.EndsClean(at + 1))
            return null;
        // The Buddhist era is 543 years ahead.
        var year = reader.Language == "th" && tokens[at].Value > 2400 ? tokens[at].Value - 543 : tokens[at].Value;
        if (year is < 1901 or > 2198)
            return null;
        at++;
        return year;
    }

    /// <summary>A year in digits, or "last year".</summary>
    public static int? TakeYearOf(PhraseReader reader, ref int at)
    {
        if (TakeYear(reader, ref at) is { } year)
            return year;
        var i = at;
        if (!WeekPhrases.TakePeriod(reader, ref i, out var which, out var unit) || unit != Unit.Year)
            return null;
        at = i;
        return reader.Clock.Today.Year + which;
    }

    public static bool TakeMonth(PhraseReader reader, ref int at, out int month)
    {
        var i = at;
        if (!reader.Take(ref i, Term.Month, out month) || month is < 1 or > 12)
            return false;
        if (reader.Tokens.Sign(i) == '.' && reader.Tokens.IsAttached(i) && reader.Tokens[i - 1].Length <= 5 && i + 1 < reader.Tokens.Count)
            i++;
        at = i;
        return true;
    }

    private static Atom? Dated(PhraseReader reader, Atom atom, int? year, int month, int day, int? last)
    {
        var today = reader.Clock.Today;
        var span = year is { } given ? Calendar.Day(given, month, day, 0.97) : Calendar.Latest(month, day, today, 0.9);
        if (span is not { } found)
            return null;
        if (last is { } end)
            return Calendar.Day(found.From.Year, month, end, 0.9) is { } until ? atom with { Day = found with { Confidence = 0.9 }, Until = until.To } : null;
        return atom with { Day = found, Yearless = year is null ? (month, day) : null };
    }

    private static Atom? DayIn(PhraseReader reader, Atom atom, DaySpan? month, int day) =>
        month is { } span && Calendar.Day(span.From.Year, span.From.Month, day, 0.9) is { } found ? atom with { Day = found } : null;

    /// <summary>A day of a month in digits or words, with what ends an ordinal.</summary>
    private static bool TakeDay(PhraseReader reader, ref int at, out int day, out bool ordinal)
    {
        var i = at;
        ordinal = false;
        if (reader.Number(i, 1, 31) && (reader.StartsClean(i) || reader.Tokens.Sign(i - 1) == '-' || reader.Tokens.Sign(i - 1) == '.'))
        {
            day = reader.Tokens[i++].Value;
            ordinal = reader.Tokens.IsAttached(i) && (reader.Take(ref i, Term.OrdinalEnd) || (reader.Language != "en" && reader.Take(ref i, '.')));
            if (!ordinal && reader.Tokens.IsAttached(i) && reader.Tokens.Sign(i) == '.' && reader.Is(i + 1, Term.Month))
                i++;
            at = i;
            return true;
        }

        return InWords(reader, ref at, out day, out ordinal);
    }

    private static bool InWords(PhraseReader reader, ref int at, out int day, out bool ordinal)
    {
        var i = at;
        ordinal = true;
        if (reader.Take(ref i, Term.Tens, out var tens))
        {
            reader.Take(ref i, '-');
            day = tens + (reader.Take(ref i, Term.Ordinal, out var ones) ? ones : 0);
            ordinal = ones > 0;
        }
        else if (!reader.Take(ref i, Term.Ordinal, out day))
        {
            // "tres de septiembre": the languages that count the day with a plain number.
            ordinal = false;
            if (!reader.WhichFollows || !reader.Take(ref i, Term.Number, out day))
                return false;
        }

        at = i;
        return day is >= 1 and <= 31 && (ordinal || reader.WhichFollows);
    }

    /// <summary>The end of "5-7", "5 to 7", "del 5 al 7", "between Nov 1 and 10".</summary>
    private static int? LastDay(PhraseReader reader, ref int at, int first)
    {
        var i = at;
        if (!reader.Take(ref i, '-') && !reader.Take(ref i, Term.To) && !reader.Take(ref i, Term.And))
            return null;
        reader.Skip(ref i, Term.Article, Term.On);
        if (!reader.Number(i, first + 1, 31))
            return null;
        var day = reader.Tokens[i++].Value;
        if (reader.Tokens.IsAttached(i) && (reader.Take(ref i, Term.OrdinalEnd) || reader.Take(ref i, '.')))
            _ = day;
        if (reader.Tokens.Sign(i) == ':' || reader.Is(i, Term.Meridiem) || reader.Is(i, Term.OClock) || !reader.EndsClean(i))
            return null;
        at = i;
        return day;
    }

    private static bool NthInDigits(PhraseReader reader, ref int at, out int nth)
    {
        nth = 0;
        if (!reader.Number(at, 1, 5) || !reader.Tokens.IsAttached(at + 1))
            return false;
        var i = at + 1;
        nth = reader.Tokens[at].Value;
        if (!reader.Take(ref i, Term.OrdinalEnd))
            return false;
        at = i;
        return true;
    }

    /// <summary>A month by name or as "last month", "the month".</summary>
    private static bool MonthOf(PhraseReader reader, ref int at, int after, out DateOnly first, out bool named)
    {
        var i = at;
        (first, named) = (default, false);
        if (TakeMonth(reader, ref i, out var month))
        {
            var j = i;
            reader.Take(ref j, ',');
            reader.Skip(ref j, Term.Of);
            var year = TakeYearOf(reader, ref j);
            named = year is null;
            first = new DateOnly(year ?? reader.Clock.Today.Year, month, 1);
            at = year is null ? i : j;
            return true;
        }

        i = after;
        reader.Skip(ref i, Term.Of, Term.In);
        if (!WeekPhrases.TakePeriod(reader, ref i, out var which, out var unit) || unit != Unit.Month)
            return false;
        first = Calendar.Period(which, Unit.Month, reader.Clock.Today)!.Value.From;
        at = i;
        return true;
    }

    private static DaySpan? In(DateOnly month, int nth, bool isWeekday, int which)
    {
        if (isWeekday)
            return Calendar.NthWeekday(month.Year, month.Month, which, nth) is { } day ? DaySpan.One(day, 0.9) : null;
        var end = month.AddMonths(1);
        switch ((Unit)which)
        {
            case Unit.Day:
                return nth == 0 ? DaySpan.One(end.AddDays(-1), 0.9) : Calendar.Day(month.Year, month.Month, nth, 0.9);
            case Unit.Week when nth < 5:
                var from = nth == 0 ? end.AddDays(-7) : month.AddDays(7 * (nth - 1));
                return new DaySpan(from, from.AddDays(7), 0.85);
            case Unit.Weekend:
                return Calendar.NthWeekday(month.Year, month.Month, 6, nth) is { } saturday ? new DaySpan(saturday, saturday.AddDays(2), 0.85) : null;
            default:
                return null;
        }
    }

    private static bool IsDayWord(PhraseReader reader, int at) =>
        reader.Tokens.IsWord(at) && reader.Is(at, Term.Unit) && reader.Tokens.Key(at) is "dia" or "giorno" or "jour" && reader.Follows(at, Term.Article, Term.On);

    /// <summary>"May 12 people": a number after the month that is no day.</summary>
    private static bool IsAmount(PhraseReader reader, int at) => reader.Tokens.IsNumber(at) && !reader.Tokens.StartsSentence(at);
}
