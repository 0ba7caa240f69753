using System.Globalization;
using System.Text.RegularExpressions;

namespace DomainFlow.Imports.Times;

/// <summary>
/// A time as a file writes it, taken apart strictly: the whole text is understood or nothing. Which of two numbers is the day and which
/// the month is left open where only the file as a whole can tell.
/// </summary>
/// <param name="First">Day or month, in the order of the text, where <paramref name="IsOpen"/>; else the month.</param>
/// <param name="Second">The other of the two; else the day.</param>
/// <param name="IsOpen">The text is like 03/04/2026.</param>
/// <param name="Offset">From UTC, where the text has one.</param>
internal sealed partial record WrittenTime(int Year, int First, int Second, bool IsOpen, TimeSpan Clock, TimeSpan? Offset)
{
    private const int MaxLength = 64;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Null where the text is no time of a known form.</summary>
    public static WrittenTime? Parse(string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > MaxLength) return null;
        if (YearFirst().Match(text) is { Success: true } iso) return Of(iso, Number(iso, "m"), Number(iso, "d"), isOpen: false);
        if (YearLast().Match(text) is { Success: true } numeric)
        {
            // Nobody writes the month first with dots.
            var isDotted = numeric.Groups["s"].Value == ".";
            var (a, b) = (Number(numeric, "a"), Number(numeric, "b"));
            return isDotted ? Of(numeric, b, a, isOpen: false) : Of(numeric, a, b, isOpen: true);
        }

        var named = DayNamedMonth().Match(text) is { Success: true } dayFirst ? dayFirst : NamedMonthDay().Match(text);
        return named.Success && Month(named.Groups["n"].Value) is { } month ? Of(named, month, Number(named, "d"), isOpen: false) : null;
    }

    /// <summary>The time on the clocks of its place; null where there is no such day.</summary>
    public DateTime? Local(bool dayFirst)
    {
        var (month, day) = IsOpen && dayFirst ? (Second, First) : (First, Second);
        return Year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Year, month) ? new DateTime(Year, month, day) + Clock : null;
    }

    private static WrittenTime? Of(Match match, int first, int second, bool isOpen) =>
        ClockOf(match) is { } clock && OffsetOf(match, out var offset)
            ? new WrittenTime(YearOf(match.Groups["y"].Value), first, second, isOpen, clock, offset)
            : null;

    /// <summary>Two digits mean 1970 to 2069.</summary>
    private static int YearOf(string text)
    {
        var year = int.Parse(text, CultureInfo.InvariantCulture);
        return text.Length > 2 ? year : year >= 70 ? 1900 + year : 2000 + year;
    }

    private static TimeSpan? ClockOf(Match match)
    {
        if (!match.Groups["h"].Success) return TimeSpan.Zero;
        var (hour, minute, second) = (Number(match, "h"), Number(match, "min"), match.Groups["sec"].Success ? Number(match, "sec") : 0);
        if (match.Groups["ap"] is { Success: true } half)
        {
            if (hour is < 1 or > 12) return null;
            hour = (hour % 12) + (half.Value[0] is 'p' or 'P' ? 12 : 0);
        }

        if (hour > 23 || minute > 59 || second > 59) return null;
        var fraction = match.Groups["f"].Success ? double.Parse("0." + match.Groups["f"].Value, CultureInfo.InvariantCulture) : 0;
        return new TimeSpan(hour, minute, second) + TimeSpan.FromTicks((long)(fraction * TimeSpan.TicksPerSecond));
    }

    private static bool OffsetOf(Match match, out TimeSpan? offset)
    {
        offset = null;
        if (match.Groups["z"] is not { Success: true } zone) return true;
        if (zone.Value is "Z" or "z")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        var (hours, minutes) = (Number(match, "oh"), match.Groups["om"].Success ? Number(match, "om") : 0);
        if (hours > 14 || minutes > 59) return false;
        offset = new TimeSpan(hours, minutes, 0) * (zone.Value[0] == '-' ? -1 : 1);
        return true;
    }

    private static int? Month(string name)
    {
        var at = Array.FindIndex(Months, month => name.StartsWith(month, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : at + 1;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private const string ClockPart = @"(?:(?:[ ]+|T|,[ ]*)(?<h>[0-9]{1,2}):(?<min>[0-9]{2})(?::(?<sec>[0-9]{2})(?:[.,](?<f>[0-9]{1,9}))?)?(?:[ ]?(?<ap>[AaPp])\.?[Mm]\.?)?"
        + @"[ ]?(?<z>[Zz]|[+-](?<oh>[0-9]{2}):?(?<om>[0-9]{2})?)?)?$";

    private const string MonthName = "(?<n>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    [GeneratedRegex(@"^(?<y>[0-9]{4})(?<s>[-/.])(?<m>[0-9]{1,2})\k<s>(?<d>[0-9]{1,2})" + ClockPart, RegexOptions.ExplicitCapture)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})(?<s>[-/.])(?<b>[0-9]{1,2})\k<s>(?<y>[0-9]{4}|[0-9]{2})" + ClockPart, RegexOptions.ExplicitCapture)]
    private static partial Regex YearLast();

    [GeneratedRegex(@"^(?:[a-z]{3,9},?[ ]+)?(?<d>[0-9]{1,2})(?:st|nd|rd|th)?[ .-]+" + MonthName + @"[ .,-]+(?<y>[0-9]{4}|[0-9]{2})" + ClockPart, RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex DayNamedMonth();

    [GeneratedRegex(@"^(?:[a-z]{3,9},?[ ]+)?" + MonthName + @"[ .-]+(?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?[ -]+(?<y>[0-9]{4})" + ClockPart, RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex NamedMonthDay();
}
