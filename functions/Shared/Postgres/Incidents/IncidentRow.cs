namespace DomainFlow.Postgres.Incidents;

/// <summary>An incident as it is stored.</summary>
/// <param name="StructuredData">A JSON object, as text.</param>
/// <param name="Longitude">Degrees, WGS 84; null where the place is not known.</param>
public sealed record IncidentRow(
    Guid Id,
    string DomainId,
    string RawText,
    string StructuredData,
    double? Longitude,
    double? Latitude,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset ReportedAt,
    Guid CreatedBy,
    long Version,
    string Status,
    string? WorkStatus,
    IReadOnlyList<ProjectedImage> Images);

/// <summary>Where a page of the list ended: the list runs from the latest reported_at down, ties by id.</summary>
public sealed record IncidentPosition(DateTimeOffset ReportedAt, Guid Id);

/// <param name="Next">Where the next page starts; null at the end.</param>
public sealed record IncidentPage(IReadOnlyList<IncidentRow> Items, IncidentPosition? Next);

/// <summary>A point for a map.</summary>
public sealed record IncidentPoint(
    Guid Id,
    string DomainId,
    double Longitude,
    double Latitude,
    string? Category,
    string? Urgency,
    string Status,
    string? WorkStatus,
    DateTimeOffset ReportedAt,
    string RawText);

/// <summary>The incidents of one cell of a grid: their mean position and how many there are.</summary>
public sealed record IncidentCell(double Longitude, double Latitude, long Count);

/// <param name="Keys">One value for each path that was grouped by; null where the incident has none.</param>
/// <param name="Period">Start of the interval, where one was asked for.</param>
public sealed record IncidentCount(IReadOnlyList<string?> Keys, DateTimeOffset? Period, long Count);

public enum CountInterval
{
    Hour,
    Day,
    Week,
    Month,
    Year,
}
