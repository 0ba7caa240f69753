namespace DomainFlow.Playbooks.Times;

/// <summary>Holidays by rule. A lexicon names a rule by a number: month and day (1225); 201000 plus the days from Easter; 100000 plus month, weekday and
/// which of the month (101144: the fourth Thursday of November; 9 is the last); or one of the rules below 400000.</summary>
internal static class Holidays
{
    private const int BlackFriday = 400000;
    private const int Thanksgiving = 400001;
    private const int HolyWeek = 400002;
    private const int LabourDay = 400003;
    private const int Nth = 100000;
    private const int Easter = 201000;

    public static DaySpan? Of(int rule, int year, LocalClock clock)
    {
        if (year is < 1901 or > 2199)
            return null;
        switch (rule)
        {
            case HolyWeek:
                var sunday = EasterSunday(year);
                return new DaySpan(sunday.AddDays(-7), sunday.AddDays(1), 0.85);
            case Thanksgiving when clock.IsCanadian:
                return One(Calendar.NthWeekday(year, 10, 1, 2));
            case Thanksgiving:
                return One(Calendar.NthWeekday(year, 11, 4, 4));
            case BlackFriday:
                return One(Calendar.NthWeekday(year, 11, 4, 4)?.AddDays(1));
            case LabourDay:
                return One(clock.IsCanadian || clock.MonthFirst ? Calendar.NthWeekday(year, 9, 1, 1) : new DateOnly(year, 5, 1));
            case > Nth and < 200000:
                var (month, weekday, nth) = ((rule - Nth) / 100, (rule - Nth) / 10 % 10, (rule - Nth) % 10);
                return One(Calendar.NthWeekday(year, month, weekday, nth == 9 ? 0 : nth));
            case > 200000 and < 300000:
                return One(EasterSunday(year).AddDays(rule - Easter));
            default:
                return Calendar.Day(year, rule / 100, rule % 100, 0.9);
        }
    }

    /// <summary>The latest that is not ahead; the one before that for "last" where it is today's; the next for "next".</summary>
    public static DaySpan? Near(int rule, int which, LocalClock clock)
    {
        var years = which > 0 ? Enumerable.Range(clock.Today.Year, 2) : Enumerable.Range(0, 3).Select(back => clock.Today.Year - back);
        return years.Select(year => Of(rule, year, clock)).FirstOrDefault(found => found is { } day
            && (which > 0 ? day.From > clock.Today : which < 0 ? day.From < clock.Today : day.From <= clock.Today));
    }

    private static DaySpan? One(DateOnly? day) => day is { } found ? DaySpan.One(found, 0.9) : null;

    /// <summary>The Gregorian computus.</summary>
    private static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var sum = h + l - (7 * m) + 114;
        return new DateOnly(year, sum / 31, (sum % 31) + 1);
    }
}
