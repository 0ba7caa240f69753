using System.Globalization;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Times of a file as its clocks showed them. An hour that clocks show twice means its first occurrence; an hour that they skip is counted
/// on by the clock before the change (02:30 becomes 03:30 where an hour is skipped at 02:00). A time with an offset of its own keeps it.
/// </summary>
internal sealed class LocalTimes(TimeZoneInfo zone)
{
    private static readonly string[] Plain =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd",
    ];

    private static readonly string[] WithOffset = [.. Plain.Where(f => f.Contains("HH", StringComparison.Ordinal)).SelectMany(f => new[] { f + "zzz", f + "'Z'" })];

    /// <exception cref="ClientException">There is no such time zone on this machine.</exception>
    public static LocalTimes In(string timeZone)
    {
        try
        {
            return new LocalTimes(TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new ClientException($"--time-zone {timeZone} is not known here: give an IANA name such as America/New_York", e);
        }
    }

    /// <summary>The instant, in UTC; null where the text is no time.</summary>
    public DateTimeOffset? ToInstant(string text)
    {
        if (DateTime.TryParseExact(text, Plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return ToInstant(local);
        return DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var absolute)
            ? absolute.ToUniversalTime()
            : null;
    }

    private DateTimeOffset ToInstant(DateTime local)
    {
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? OffsetBefore(local)
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset).ToUniversalTime();
    }

    private TimeSpan OffsetBefore(DateTime skipped)
    {
        while (zone.IsInvalidTime(skipped)) skipped = skipped.AddMinutes(-30);
        return zone.GetUtcOffset(skipped);
    }
}
