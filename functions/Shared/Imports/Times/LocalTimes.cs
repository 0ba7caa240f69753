namespace DomainFlow.Imports.Times;

/// <summary>
/// Instants of times as a zone's clocks showed them. An hour that clocks show twice means its first occurrence; an hour that they skip is
/// counted on by the clock before the change (02:30 becomes 03:30 where an hour is skipped at 02:00).
/// </summary>
public sealed class LocalTimes(TimeZoneInfo zone)
{
    /// <exception cref="ImportException">There is no such time zone on this machine.</exception>
    public static LocalTimes In(string timeZone)
    {
        try
        {
            return new LocalTimes(TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new ImportException($"the time zone '{timeZone}' is not known here: give an IANA name such as America/New_York", ImportSettings.TimeZone, e);
        }
    }

    /// <summary>In UTC; null where the instant lies outside of the calendar.</summary>
    public DateTimeOffset? ToInstant(DateTime local)
    {
        if (local.Year is < 2 or > 9998) return null;
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
