using System.Globalization;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Questions;

/// <summary>
/// Periods as questions name them, in whole days of the domain's zone: "over the past month" (rolling up to now), "first week of November",
/// "2026-W46", "week 46", "5-7 November". Where a year is missing, the latest that has begun is meant.
/// </summary>
internal static partial class QuestionPeriods
{
    /// <param name="To">Exclusive.</param>
    public sealed record Period(int Start, int End, DateTimeOffset From, DateTimeOffset To);

    private static readonly string[][] MonthStarts =
    [
        ["jan", "ene", "gen", "janv"], ["feb", "fev", "fév"], ["mar", "mär", "maart", "maa"], ["apr", "abr", "avr"], ["may", "mai", "mag", "mei"], ["jun", "juin", "giu"],
        ["jul", "juil", "lug"], ["aug", "ago", "aoû"], ["sep", "set"], ["oct", "okt", "ott", "out"], ["nov"], ["dec", "dez", "dic", "déc"],
    ];

    public static IReadOnlyList<Period> Find(string question, DateTimeOffset askedAt, string timeZone)
    {
        var clock = new LocalClock(askedAt, LocalClock.Zone(timeZone));
        var periods = new List<Period>();
        foreach (Match match in Pattern().Matches(question))
        {
            if (Read(match, clock) is var (from, to))
                periods.Add(new Period(match.Index, match.Index + match.Length, from, to));
        }

        return periods;
    }

    private static (DateTimeOffset From, DateTimeOffset To)? Read(Match match, LocalClock clock)
    {
        string? Get(string name) => match.Groups[name] is { Success: true } group ? group.Value.ToLowerInvariant() : null;
        int? Number(string name) => Get(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        if (Get("unit") is { } unit)
            return (Back(unit, Math.Min(1000, PeriodCount.Read(Get("n"))), clock), clock.Reference);
        if (Number("week") is { } week)
            return Week(Number("wyear") ?? Number("wyear2") ?? ISOWeek.GetYear(clock.Today.ToDateTime(default)), week, Get("wyear") ?? Get("wyear2"), clock);
        if (Get("nth") is { } nth && Month(Get("month")!) is { } month)
            return PartOfMonth(nth, Get("part")!, month, Number("year"), clock);
        if (Month(Get("rmonth") ?? Get("rmonth2") ?? "") is { } named)
            return Days(Number("first") ?? Number("first2"), Number("last") ?? Number("last2"), named, Number("ryear") ?? Number("ryear2"), clock);
        return null;
    }

    private static DateTimeOffset Back(string unit, int count, LocalClock clock)
    {
        var start = unit[0] switch
        {
            'h' or 's' when unit is "hour" or "hours" or "stunden" or "stunde" => clock.Reference.AddHours(-count),
            'd' or 't' => clock.Reference.AddDays(-count),
            'w' or 's' => clock.Reference.AddDays(-7 * count),
            'q' => clock.Reference.AddMonths(-3 * count),
            'm' => clock.Reference.AddMonths(-count),
            _ => clock.Reference.AddYears(-count),
        };
        return start;
    }

    private static (DateTimeOffset, DateTimeOffset)? Week(int year, int week, string? said, LocalClock clock)
    {
        if (week is < 1 or > 53 || year is < 1900 or > 2999 || week > ISOWeek.GetWeeksInYear(year))
            return null;
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        if (said is null && monday > clock.Today)
            monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year - 1, Math.Min(week, ISOWeek.GetWeeksInYear(year - 1)), DayOfWeek.Monday));
        return Whole(monday, monday.AddDays(7), clock);
    }

    private static (DateTimeOffset, DateTimeOffset)? PartOfMonth(string nth, string part, int month, int? year, LocalClock clock)
    {
        var first = Dated(year, month, 1, clock);
        if (first is not { } begin)
            return null;
        var end = begin.AddMonths(1);
        var place = nth switch
        {
            "first" or "1st" or "erste" or "ersten" or "primera" => 0,
            "second" or "2nd" or "zweite" or "zweiten" or "segunda" => 1,
            "third" or "3rd" or "dritte" or "dritten" or "tercera" => 2,
            "fourth" or "4th" or "vierte" or "vierten" or "cuarta" => 3,
            _ => -1,
        };
        if (part is "half")
            return place is 0 ? Whole(begin, begin.AddDays(15), clock) : Whole(begin.AddDays(15), end, clock);
        return place < 0 ? Whole(end.AddDays(-7), end, clock) : Whole(begin.AddDays(7 * place), begin.AddDays(7 * (place + 1)), clock);
    }

    private static (DateTimeOffset, DateTimeOffset)? Days(int? first, int? last, int month, int? year, LocalClock clock) =>
        first is { } from && last is { } to && from <= to && Dated(year, month, from, clock) is { } begin && to <= DateTime.DaysInMonth(begin.Year, month)
            ? Whole(begin, new DateOnly(begin.Year, month, to).AddDays(1), clock)
            : null;

    private static DateOnly? Dated(int? year, int month, int day, LocalClock clock)
    {
        var of = year ?? clock.Today.Year;
        if (of is < 1900 or > 2999 || day < 1 || day > DateTime.DaysInMonth(of, month))
            return null;
        var date = new DateOnly(of, month, day);
        return year is null && date > clock.Today && day <= DateTime.DaysInMonth(of - 1, month) ? new DateOnly(of - 1, month, day) : date;
    }

    private static (DateTimeOffset, DateTimeOffset) Whole(DateOnly from, DateOnly to, LocalClock clock) => (clock.At(from, TimeSpan.Zero), clock.At(to, TimeSpan.Zero));

    private static int? Month(string name)
    {
        var place = Array.FindIndex(MonthStarts, starts => Array.Exists(starts, start => name.StartsWith(start, StringComparison.Ordinal)));
        return place < 0 ? null : place + 1;
    }

    private const string MonthNames = "(?:jan(?:uary|uar|vier)?|enero|feb(?:ruary|ruar|rero)?|février|mar(?:ch|zo|s)?|märz|apr(?:il)?|abril|avril|may(?:o)?|mai|june?|juni[o]?|juin|july?|juli[o]?"
        + "|juillet|aug(?:ust)?|agosto|août|sept?(?:ember|iembre|embre)?|oct(?:ober|ubre|obre)?|oktober|nov(?:ember|iembre|embre)?|dec(?:ember)?|dezember|diciembre|décembre)";

    private const string Day = "(?:st|nd|rd|th)?";
    private const string To = @"\s*(?:-|–|to|through|until|and|bis|und|al?|y)\s*";

    [GeneratedRegex(
        @"\b(?:(?:over|in|during|within|for|from)\s+the\s+(?:last|past|previous)\s+(?:(?<n>" + PeriodCount.Pattern + @")\s+)?(?<unit>hours?|days?|weeks?|months?|quarters?|years?)"
        + @"|(?:in|während)\s+(?:den|der|dem)\s+(?:letzten|vergangenen)\s+(?:(?<n>[0-9]{1,3})\s+)?(?<unit>stunden?|tage[n]?|wochen?|monat(?:en?|s)?|jahr(?:en?)?)"
        + @"|(?:en|durante)\s+(?:el|la|los|las)\s+últim[oa]s?\s+(?:(?<n>[0-9]{1,3})\s+)?(?<unit>días?|semanas?|mes(?:es)?|años?)"
        + @"|(?<wyear>[0-9]{4})-?w(?<week>[0-9]{1,2})|(?:calendar\s+)?(?:week|woche|semana|kw)\s+(?<week>[0-9]{1,2})(?:\s+(?:of|de|von|in)?\s*(?<wyear2>[0-9]{4}))?"
        + @"|(?<nth>first|1st|second|2nd|third|3rd|fourth|4th|last|final|ersten?|zweiten?|dritten?|vierten?|letzten?|primera|segunda|tercera|cuarta|última)\s+"
            + @"(?<part>week|half|woche|semana)\s+(?:of\s+|in\s+|im\s+|des\s+|de\s+)?(?<month>" + MonthNames + @")(?:,?\s+(?:de\s+)?(?<year>[0-9]{4}))?"
        + @"|(?<first>[0-9]{1,2})" + Day + @"\.?" + To + @"(?<last>[0-9]{1,2})" + Day + @"\.?\s+(?:of\s+|de\s+)?(?<rmonth>" + MonthNames + @")(?:,?\s+(?:de\s+)?(?<ryear>[0-9]{4}))?"
        + @"|(?<rmonth2>" + MonthNames + @")\.?\s+(?<first2>[0-9]{1,2})" + Day + To + @"(?<last2>[0-9]{1,2})" + Day + @"(?![0-9:])(?:,?\s+(?<ryear2>[0-9]{4}))?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
