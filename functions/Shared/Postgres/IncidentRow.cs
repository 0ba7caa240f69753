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
    /// <summary>Read by <see cref="IncidentReader.ByIdsAsync"/> only.</summary>
    public IReadOnlyList<ProjectedImage> Images { get; init; } = [];

    /// <summary>By which SearchWords.Release its words were made.</summary>
    public short WordsRelease { get; init; }
}

/// <summary>An incident as a map shows it.</summary>
/// <param name="Text">The beginning of its text.</param>
/// <param name="Longitude">Degrees, WGS 84.</param>
public sealed record IncidentPoint(
    Guid Id, string DomainId, string Text, double Longitude, double Latitude, DateTimeOffset ReportedAt, string Status, string WorkStatus, string? Category)
{
    /// <summary>Characters of a text's beginning.</summary>
    public const int TextLength = 200;
}

/// <summary>The place of a row in the list, which runs from the latest reported_at down, ties by id.</summary>
public sealed record IncidentPosition(DateTimeOffset ReportedAt, Guid Id);

/// <summary>The place of a row among the changes, which run in the order of the transactions that wrote them, ties by id.</summary>
public sealed record ChangePosition(ulong WrittenIn, Guid Id);

/// <summary>An incident as it was last written, and where a follower who has read it goes on.</summary>
public sealed record ChangedIncident(IncidentRow Row, ChangePosition Position);

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
