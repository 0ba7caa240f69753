namespace DomainFlow.Playbooks.Times;

/// <summary>Holidays, and days that are told from another day: "last Christmas", "the day after Easter", "the Friday before Labor Day".</summary>
internal static class HolidayPhrases
{
    private static readonly Term[] Prepositions =
        [Term.On, Term.In, Term.At, Term.AtHour, Term.Since, Term.About, Term.Until, Term.By, Term.Before, Term.After, Term.Between, Term.From];

    /// <summary>A holiday counts where a preposition, "last" or a year says that it is a time: not in "Christmas tree".</summary>
    public static Atom? Holiday(PhraseReader reader, int at)
    {
        var i = at;
        int? which = reader.Take(ref i, Term.Which, out var before) ? before : null;
        if (!reader.Take(ref i, Term.Holiday, out var rule))
            return null;
        var end = i;
        if (which is null && reader.WhichFollows && reader.Take(ref end, Term.Which, out var after))
            (which, i) = (after, end);
        end = i;
        reader.Take(ref end, ',');
        reader.Skip(ref end, Term.Of);
        var year = NamedDates.TakeYearOf(reader, ref end);
        i = year is null ? i : end;
        var cued = which is not null || year is not null || reader.Follows(at, Prepositions);
        if (!cued || reader.Tokens.Sign(i) == '-' || (which == 0 && !reader.EndsPhrase(i)))
            return null;
        var span = year is { } given ? Holidays.Of(rule, given, reader.Clock) : Holidays.Near(rule, which ?? 0, reader.Clock);
        return span is { } day ? new Atom(at, i) { Day = day } : null;
    }

    /// <summary>"the day after Christmas", "two days before Easter", "the Monday after the 4th of July".</summary>
    public static Atom? BeforeOrAfter(PhraseReader reader, int at)
    {
        var i = at;
        reader.Skip(ref i, Term.Article);
        var weekday = -1;
        var count = 1.0;
        var unit = Unit.Day;
        if (!WeekPhrases.TakeWeekday(reader, ref i, out weekday))
        {
            weekday = -1;
            if (!Quantities.WithUnit(reader, ref i, out count, out unit))
            {
                if (!reader.Take(ref i, Term.Unit, out var value))
                    return null;
                (count, unit) = (1, (Unit)value);
            }
        }

        var after = reader.Take(ref i, Term.After);
        if (!after && !reader.Take(ref i, Term.Before))
            return null;
        reader.Skip(ref i, Term.Article, Term.On);
        if (!Anchor(reader, i, out var anchor, out var end) || (weekday < 0 && unit is not (Unit.Day or Unit.Night or Unit.Week)))
            return null;
        return From(anchor, weekday, count, unit, after) is { } day ? new Atom(at, end) { Day = day } : null;
    }

    /// <summary>"the week of September 7", "last month on the 3rd".</summary>
    public static Atom? WeekOrMonth(PhraseReader reader, int at)
    {
        var i = at;
        reader.Skip(ref i, Term.Article);
        var j = i;
        if (reader.Take(ref j, Term.Unit, out var value) && value == (int)Unit.Week && reader.Take(ref j, Term.Of))
        {
            reader.Skip(ref j, Term.Article);
            if (!Anchor(reader, j, out var anchor, out var end))
                return null;
            var monday = Calendar.Monday(anchor.From);
            return new Atom(at, end) { Day = new DaySpan(monday, monday.AddDays(7), 0.8) };
        }

        j = i;
        if (!WeekPhrases.TakePeriod(reader, ref j, out var which, out var unit) || unit != Unit.Month)
            return null;
        reader.Skip(ref j, Term.On, Term.Article);
        if (!reader.Number(j, 1, 31) || !reader.Tokens.IsAttached(j + 1))
            return null;
        var day = reader.Tokens[j++].Value;
        var month = Calendar.Period(which, Unit.Month, reader.Clock.Today)!.Value.From;
        return reader.Take(ref j, Term.OrdinalEnd) && Calendar.Day(month.Year, month.Month, day, 0.9) is { } found ? new Atom(at, j) { Day = found } : null;
    }

    private static bool Anchor(PhraseReader reader, int at, out DaySpan anchor, out int end)
    {
        (anchor, end) = (default, at);
        var found = Holiday(reader, at) ?? NamedDates.MonthDay(reader, at) ?? NamedDates.DayMonth(reader, at) ?? WeekPhrases.Relative(reader, at);
        if (found?.Day is not { } day)
            return false;
        (anchor, end) = (day, found.End);
        return true;
    }

    private static DaySpan? From(DaySpan anchor, int weekday, double count, Unit unit, bool after)
    {
        if (weekday >= 0)
        {
            var ahead = (weekday - (int)anchor.To.AddDays(-1).DayOfWeek + 7) % 7;
            var back = ((int)anchor.From.DayOfWeek - weekday + 7) % 7;
            return DaySpan.One(after ? anchor.To.AddDays(-1 + (ahead == 0 ? 7 : ahead)) : anchor.From.AddDays(back == 0 ? -7 : -back), 0.85);
        }

        if (count > 400)
            return null;
        if (unit == Unit.Week && count == 1)
        {
            var monday = Calendar.Monday(anchor.From).AddDays(after ? 7 : -7);
            return new DaySpan(monday, monday.AddDays(7), 0.75);
        }

        var days = (int)(count * (unit == Unit.Week ? 7 : 1));
        return DaySpan.One(after ? anchor.To.AddDays(days - 1) : anchor.From.AddDays(-days), 0.85);
    }
}
