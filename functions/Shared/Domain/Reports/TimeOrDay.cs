using System.Globalization;
using DomainFlow.Domain.Json;

namespace DomainFlow.Domain.Reports;

/// <summary>A bound of a period: an instant, or a whole day in a zone that is known later.</summary>
public sealed record TimeOrDay
{
    private readonly DateTimeOffset _instant;
    private readonly DateOnly? _day;

    private TimeOrDay(DateTimeOffset instant, DateOnly? day) => (_instant, _day) = (instant, day);

    public bool IsDay => _day is not null;

    /// <returns>Null for what is neither an ISO 8601 time with Z or an offset nor a date such as 2026-11-03.</returns>
    public static TimeOrDay? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(default, day)
        : UtcJsonConverter.TryParse(text, out var instant) ? new(instant, null)
        : null;

    /// <summary>As the begin of a period: the instant, or when the day begins.</summary>
    public DateTimeOffset AsBegin(TimeZoneInfo zone) => _day is { } day ? BeginOf(day, zone) : _instant;

    /// <summary>As the end of a period, which lies outside of it: the instant, or when the day after begins.</summary>
    public DateTimeOffset AsEnd(TimeZoneInfo zone) =>
        _day is not { } day ? _instant : day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : BeginOf(day.AddDays(1), zone);

    /// <summary>The first instant of a day: where clocks are put forward at midnight, that is later; where they are put back, the earlier one.</summary>
    private static DateTimeOffset BeginOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return local.Ticks < offset.Ticks ? DateTimeOffset.MinValue
            : local.Ticks - offset.Ticks > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue
            : new(local.Ticks - offset.Ticks, TimeSpan.Zero);
    }
}
