namespace DomainFlow.Playbooks.Times;

/// <summary>The moment that relative times count from, in the zone in which people speak.</summary>
internal sealed class LocalClock(DateTimeOffset reference, TimeZoneInfo zone)
{
    public DateTimeOffset Reference { get; } = reference;

    public DateTime Now { get; } = TimeZoneInfo.ConvertTime(reference, zone).DateTime;

    public DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>12/10 is December 10th to those who write the month first.</summary>
    public bool MonthFirst { get; } = zone.Id.StartsWith("America/", StringComparison.Ordinal) || zone.Id.StartsWith("US/", StringComparison.Ordinal)
        || zone.Id == "Pacific/Honolulu";

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
