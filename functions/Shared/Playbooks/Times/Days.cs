using System.Globalization;
using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Times;

/// <summary>Days that words name: "yesterday", "last Tuesday", "Oct 3rd", "12.10.", "2026-10-03", "last week". Where a year is missing, the latest such day
/// in the past is meant.</summary>
internal static partial class Days
{
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <param name="To">Exclusive.</param>
    public sealed record Span(int Start, int End, DateOnly From, DateOnly To, double Confidence);

    public static IEnumerable<Span> Find(string text, LocalClock clock)
    {
        Match? weekday = null;
        foreach (Match match in Pattern().Matches(text))
        {
            // "Sunday October 19th": one day, said twice; the weekday tells the year.
            var named = weekday is not null && Between().IsMatch(text[(weekday.Index + weekday.Length)..match.Index]) ? weekday : null;
            var days = named is not null && OnWeekday(match, named, clock) is { } dated ? dated
                : Announced().IsMatch(text[..match.Index]) && Upcoming(match, clock) is { } ahead ? ahead
                : Read(match, clock);
            var isWeekday = match.Groups["weekday"].Success && !match.Groups["which"].Success;
            if (isWeekday && IsDated(text, match))
            {
                weekday = match;
                continue;
            }

            weekday = null;
            if (days is { } found)
                yield return new Span(named?.Index ?? match.Index, match.Index + match.Length, found.From, found.To, found.Confidence);
        }
    }

    private static bool IsDated(string text, Match weekday) =>
        Pattern().Match(text, weekday.Index + weekday.Length) is { Success: true } next && DateOf(next) is not null
        && Between().IsMatch(text[(weekday.Index + weekday.Length)..next.Index]);

    /// <summary>The nearest such date that falls on the weekday, be it past or ahead.</summary>
    private static (DateOnly From, DateOnly To, double Confidence)? OnWeekday(Match date, Match weekday, LocalClock clock)
    {
        if (DateOf(date) is not var (month, day) || date.Groups["myear"].Success || date.Groups["myear2"].Success || date.Groups["y"].Success)
            return null;
        var wanted = Array.IndexOf(Weekdays, weekday.Groups["weekday"].Value.ToLowerInvariant()[..3]);
        var fits = Enumerable.Range(clock.Today.Year - 4, 6).Select(year => Day(year, month, day, 0.95)).OfType<(DateOnly From, DateOnly To, double)>()
            .Where(found => (int)found.From.DayOfWeek == wanted).OrderBy(found => Math.Abs(found.From.DayNumber - clock.Today.DayNumber)).ToList();
        // Whoever mistook the weekday by a day or two still means the next such date.
        return fits.Count > 0 && Math.Abs(fits[0].From.DayNumber - clock.Today.DayNumber) < 200 ? fits[0] : Ahead(month, day, clock, 0.8);
    }

    private static (DateOnly, DateOnly, double)? Upcoming(Match date, LocalClock clock) =>
        DateOf(date) is var (month, day) && !date.Groups["myear"].Success && !date.Groups["myear2"].Success && !date.Groups["y"].Success
            ? Ahead(month, day, clock, 0.85)
            : null;

    private static (DateOnly, DateOnly, double)? Ahead(int month, int day, LocalClock clock, double confidence) =>
        Enumerable.Range(clock.Today.Year, 2).Select(year => Day(year, month, day, confidence)).FirstOrDefault(found => found is { } at && at.Item1 >= clock.Today);

    /// <summary>Month and day of a date that names both.</summary>
    private static (int Month, int Day)? DateOf(Match match)
    {
        if (match.Groups["month"].Success)
            return (Array.IndexOf(Months, match.Groups["month"].Value.ToLowerInvariant()[..3]) + 1, Number(match.Groups["mday"].Value));
        if (match.Groups["month2"].Success)
            return (Array.IndexOf(Months, match.Groups["month2"].Value.ToLowerInvariant()[..3]) + 1, Number(match.Groups["mday2"].Value));
        return null;
    }

    private static (DateOnly From, DateOnly To, double Confidence)? Read(Match match, LocalClock clock)
    {
        var today = clock.Today;
        string? Get(string name) => match.Groups[name] is { Success: true } group ? group.Value.ToLowerInvariant() : null;
        if (Get("word") is { } word)
            return Word(Spaces().Replace(word, " "), today);
        if (Get("weekday") is { } weekday)
            return Weekday(Get("which"), Array.IndexOf(Weekdays, weekday[..3]), today);
        if (Get("period") is { } period)
            return Period(Get("pwhich")!, period, today);
        if (Get("ago") is { } unit)
            return Ago(Quantity.Read(Get("n")!), unit, today);
        if (Get("iy") is { } year)
            return Day(Number(year), Number(Get("im")), Number(Get("id")), 0.98);
        if (Get("month") is { } month)
            return Named(Array.IndexOf(Months, month[..3]) + 1, Get("mday"), Get("myear"), today);
        if (Get("month2") is { } month2)
            return Named(Array.IndexOf(Months, month2[..3]) + 1, Get("mday2"), Get("myear2"), today);
        if (Get("inmonth") is { } inMonth)
            return WholeMonth(Array.IndexOf(Months, inMonth[..3]) + 1, Get("inyear"), today);
        if (Get("onlyyear") is { } only)
            return (new DateOnly(Number(only), 1, 1), new DateOnly(Number(only) + 1, 1, 1), 0.8);
        return Numeric(match, clock);
    }

    private static (DateOnly, DateOnly, double)? Word(string word, DateOnly today) => word switch
    {
        "the day before yesterday" or "day before yesterday" or "vorgestern" or "anteayer" or "avant-hier" => One(today.AddDays(-2), 0.95),
        "yesterday" or "yday" or "gestern" or "ayer" or "hier" => One(today.AddDays(-1), 0.95),
        "tomorrow" => One(today.AddDays(1), 0.9),
        "tonight" or "today" or "heute" or "hoy" or "aujourd'hui" => One(today, 0.9),
        "last night" => One(today.AddDays(-1), 0.9),
        "all weekend" or "over the weekend" or "this past weekend" => Weekend(today),
        "the other day" => (today.AddDays(-5), today, 0.4),
        _ => null,
    };

    /// <summary>The one that is, or the last.</summary>
    private static (DateOnly, DateOnly, double)? Weekend(DateOnly today)
    {
        var saturday = today.AddDays(-(((int)today.DayOfWeek + 1) % 7));
        return (saturday, saturday.AddDays(2), 0.8);
    }

    private static (DateOnly, DateOnly, double)? Weekday(string? which, int wanted, DateOnly today)
    {
        var back = ((int)today.DayOfWeek - wanted + 7) % 7;
        return which switch
        {
            "next" => One(today.AddDays(back == 0 ? 7 : 7 - back), 0.8),
            "last" or "past" or "previous" => One(today.AddDays(back == 0 ? -7 : -back), 0.9),
            _ => One(today.AddDays(-back), 0.85),
        };
    }

    private static (DateOnly, DateOnly, double)? Period(string which, string period, DateOnly today)
    {
        var shift = which switch { "this" => 0, "next" => 1, _ => -1 };
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        switch (period)
        {
            case "week":
                return (monday.AddDays(7 * shift), monday.AddDays(7 * (shift + 1)), 0.8);
            case "weekend":
                // On Monday "this weekend" is the one that just passed.
                var saturday = monday.AddDays(5 + (7 * shift));
                return which == "this" && saturday > today ? (saturday.AddDays(-7), saturday.AddDays(-5), 0.6) : (saturday, saturday.AddDays(2), 0.8);
            case "month":
                var first = new DateOnly(today.Year, today.Month, 1).AddMonths(shift);
                return (first, first.AddMonths(1), 0.75);
            default:
                var january = new DateOnly(today.Year + shift, 1, 1);
                return (january, january.AddYears(1), 0.7);
        }
    }

    private static (DateOnly, DateOnly, double)? Ago(double? count, string unit, DateOnly today)
    {
        if (count is not { } number || number > 5000)
            return null;
        return unit[0] switch
        {
            'd' or 'n' => One(today.AddDays(-(int)number), 0.9),
            'w' => One(today.AddDays(-(int)(7 * number)), 0.75),
            'm' => One(today.AddMonths(-(int)number), 0.65),
            _ when number < 200 => One(today.AddYears(-(int)number), 0.6),
            _ => null,
        };
    }

    private static (DateOnly, DateOnly, double)? Named(int month, string? day, string? year, DateOnly today)
    {
        if (year is not null)
            return Day(Number(year), month, Number(day), 0.97);
        return Latest(month, Number(day), today, 0.9);
    }

    private static (DateOnly, DateOnly, double)? WholeMonth(int month, string? year, DateOnly today)
    {
        var first = new DateOnly(year is null ? today.Year : Number(year), month, 1);
        if (year is null && first > today)
            first = first.AddYears(-1);
        return (first, first.AddMonths(1), 0.75);
    }

    private static (DateOnly, DateOnly, double)? Numeric(Match match, LocalClock clock)
    {
        var (first, second) = (Number(match.Groups["a"].Value), Number(match.Groups["b"].Value));
        var monthFirst = match.Groups["sep"].Value == "/" && clock.MonthFirst;
        var sure = first > 12 || second > 12 || match.Groups["sep"].Value == ".";
        var (month, day) = (monthFirst && first <= 12) || second > 12 ? (first, second) : (second, first);
        if (match.Groups["y"] is { Success: true, Value: var year })
            return Day(Number(year) + (year.Length == 2 ? 2000 : 0), month, day, sure ? 0.95 : 0.85);
        return Latest(month, day, clock.Today, sure ? 0.85 : 0.75);
    }

    private static (DateOnly, DateOnly, double)? Latest(int month, int day, DateOnly today, double confidence)
    {
        for (var year = today.Year; year > today.Year - 5; year--)
        {
            if (Day(year, month, day, confidence) is { } found && found.Item1 <= today)
                return found;
        }

        return null;
    }

    private static (DateOnly, DateOnly, double)? Day(int year, int month, int day, double confidence) =>
        year is > 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? One(new DateOnly(year, month, day), confidence)
            : null;

    private static (DateOnly, DateOnly, double) One(DateOnly day, double confidence) => (day, day.AddDays(1), confidence);

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\s*(?:night|morning|evening)?[\s,.]*(?:the\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"\b(?:will|scheduled|upcoming|planned)\b[^.!?\n]{0,80}$", RegexOptions.IgnoreCase)]
    private static partial Regex Announced();

    private const string MonthName =
        @"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

    [GeneratedRegex(
        @"\b(?:" +
        @"(?<word>(?:the\s+)?day\s+before\s+yesterday|yesterday|yday|tomorrow|tonight|today|last\s+night|the\s+other\s+day|all\s+weekend|over\s+the\s+weekend|this\s+past\s+weekend|vorgestern|gestern|heute"
            + @"|anteayer|ayer|hoy|avant-hier|hier|aujourd'hui)" +
        @"|(?:(?<which>last|past|previous|this|next)\s+)?(?<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?"
            + @"|sat(?:urday)?|sunday)" +
        @"|(?<pwhich>last|this|past|previous|next)\s+(?<period>weekend|week|month|year)" +
        @"|(?<n>" + Quantity.Pattern + @")\s+(?<ago>days?|nights?|weeks?|months?|years?)\s+(?:ago|back|earlier|before)" +
        @"|(?<iy>(?:19|20)\d\d)-(?<im>\d\d)-(?<id>\d\d)(?=$|\D)" +
        @"|(?<month>" + MonthName + @")\.?\s+(?:the\s+)?(?<mday>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?<myear>(?:19|20)\d\d))?" +
        @"|(?<mday2>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?<month2>" + MonthName + @")\b\.?(?:,?\s+(?<myear2>(?:19|20)\d\d))?" +
        @"|(?<=\b(?:in|since|during|of|from|for|until|to|and|between)\s+)(?<inmonth>" + MonthName + @")(?:,?\s+(?:of\s+)?(?<inyear>(?:19|20)\d\d))?" +
        @"|(?<=\b(?:in|since|during|year)\s+)(?<onlyyear>20\d\d)" +
        @"|(?<a>\d{1,2})(?<sep>[/.])(?<b>\d{1,2})(?:(?:\k<sep>(?<y>\d{4}|\d{2})\b)|\.(?=\s|,|$)|(?<=/\d{1,2})(?![\d/.]*\d))" +
        @")(?!(?!T\d)[\p{L}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
