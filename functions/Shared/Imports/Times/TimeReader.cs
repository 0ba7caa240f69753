using System.Globalization;

namespace DomainFlow.Imports.Times;

/// <summary>Reads a column of times: by the formats that are given, else by the forms that are known, strictly.</summary>
public sealed class TimeReader
{
    private readonly LocalTimes zone;
    private readonly IReadOnlyList<string> formats;
    private readonly bool isDayFirst;

    internal TimeReader(LocalTimes zone, IReadOnlyList<string> formats, bool isDayFirst)
    {
        (this.zone, this.formats, this.isDayFirst) = (zone, formats, isDayFirst);
        foreach (var format in formats) Check(format);
    }

    /// <summary>In UTC; null where the text is no time, wholly.</summary>
    public DateTimeOffset? Read(string text)
    {
        if (formats.Count > 0) return formats.Select(format => Exact(text.Trim(), format)).FirstOrDefault(time => time is not null);
        if (WrittenTime.Parse(text) is not { } time || time.Local(isDayFirst) is not { } local) return null;
        if (time.Offset is not { } offset) return zone.ToInstant(local);
        return local.Year is > 1 and < 9999 ? new DateTimeOffset(local, offset).ToUniversalTime() : null;
    }

    private static bool HasOffset(string format) => format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);

    private static void Check(string format)
    {
        var sample = new DateTimeOffset(2019, 9, 18, 16, 5, 7, TimeSpan.Zero);
        try
        {
            var text = sample.ToString(format, CultureInfo.InvariantCulture);
            if (format.Length > 1 && DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Date == sample.Date) return;
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new ImportException(
            $"the date format '{format}' is none: use dd, MM, yyyy, HH or hh, mm, ss, tt, zzz, such as 'MM/dd/yyyy hh:mm:ss tt'", ImportSettings.DateFormat);
    }

    private DateTimeOffset? Exact(string text, string format)
    {
        if (text.Length > 100) return null;
        if (HasOffset(format))
        {
            return DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var absolute)
                && absolute.Year is > 1 and < 9999 ? absolute.ToUniversalTime() : null;
        }

        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? zone.ToInstant(local) : null;
    }
}
