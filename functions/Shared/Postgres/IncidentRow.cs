namespace DomainFlow.Postgres;

/// <summary>An incident as it is stored.</summary>
/// <param name="StructuredData">A JSON object, as text.</param>
/// <param name="Longitude">Degrees, WGS 84; null where the place is not known.</param>
/// <param name="WorkStatus">pending, in_progress, resolved or closed.</param>
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
    string WorkStatus,
    string? Category)
{
    public IReadOnlyList<ProjectedImage> Images { get; init; } = [];
}

/// <summary>The place of a row in the list, which runs from the latest reported_at down, ties by id.</summary>
public sealed record IncidentPosition(DateTimeOffset ReportedAt, Guid Id);

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
