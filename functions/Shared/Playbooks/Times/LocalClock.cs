namespace DomainFlow.Playbooks.Times;

/// <summary>The moment that relative times count from, in the zone in which people speak.</summary>
/// <param name="language">ISO 639-1 code of the domain; null where it is not known.</param>
internal sealed class LocalClock(DateTimeOffset reference, TimeZoneInfo zone, string? language = null)
{
    private static readonly string[] Southern =
    [
        "Australia/", "Antarctica/", "Pacific/Auckland", "America/Argentina/", "America/Buenos_Aires", "America/Sao_Paulo", "America/Santiago",
        "America/Montevideo", "America/Asuncion", "Africa/Johannesburg", "Africa/Maputo", "Africa/Harare", "Africa/Windhoek",
    ];

    public DateTimeOffset Reference { get; } = reference;

    public DateTime Now { get; } = TimeZoneInfo.ConvertTime(reference, zone).DateTime;

    public DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>12/10 is December 10th to those who write the month first: English speakers in America.</summary>
    public bool MonthFirst { get; } = (language is null || language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        && (zone.Id.StartsWith("America/", StringComparison.Ordinal) || zone.Id.StartsWith("US/", StringComparison.Ordinal) || zone.Id == "Pacific/Honolulu");

    /// <summary>Where summer is in December.</summary>
    public bool IsSouthern { get; } = Southern.Any(prefix => zone.Id.StartsWith(prefix, StringComparison.Ordinal));

    public bool IsCanadian { get; } = zone.Id.StartsWith("Canada/", StringComparison.Ordinal) || zone.Id is "America/Toronto" or "America/Vancouver"
        or "America/Edmonton" or "America/Winnipeg" or "America/Halifax" or "America/Regina" or "America/St_Johns" or "America/Montreal";

    public DateTimeOffset At(DateOnly day, TimeSpan time)
    {
        var local = DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) + time, DateTimeKind.Unspecified);
        // In spring an hour is missing: what would lie in it lies after it.
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static TimeZoneInfo Zone(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw new ArgumentException($"time_zone: there is no zone '{id}'.", nameof(id));
}
