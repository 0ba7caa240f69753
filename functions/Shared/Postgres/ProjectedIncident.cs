namespace DomainFlow.Postgres;

/// <summary>A report as PostgreSQL holds it: made from the item of Reports, at one version of it.</summary>
/// <param name="StructuredData">A JSON object: the outputs by agent id, and management_data.</param>
/// <param name="Longitude">Degrees, WGS 84; null with <paramref name="Latitude"/> where the place is not known.</param>
/// <param name="Status">received, completed, needs_clarification or failed.</param>
/// <param name="WorkStatus">management_data.status: pending, in_progress, resolved or closed.</param>
/// <param name="Language">ISO 639-1 code: how the text's words are stemmed.</param>
public sealed record ProjectedIncident(
    Guid Tenant,
    Guid Id,
    string DomainId,
    string RawText,
    string StructuredData,
    double? Longitude,
    double? Latitude,
    DateTimeOffset CreatedAt,
    DateTimeOffset ReportedAt,
    DateTimeOffset UpdatedAt,
    ProjectedUser CreatedBy,
    long Version,
    string Status,
    string WorkStatus,
    IReadOnlyList<ProjectedImage> Images,
    string Language = "en");

/// <param name="Username">Null where the account has none: the id stands in.</param>
public sealed record ProjectedUser(Guid Id, string? Username, string? Email, string? CognitoSub = null);

/// <param name="FileSizeBytes">Null until it has been uploaded.</param>
public sealed record ProjectedImage(
    Guid Id,
    string S3Bucket,
    string S3Key,
    string? ContentType,
    long? FileSizeBytes,
    DateTimeOffset? UploadedAt);

/// <summary>What became of a projection.</summary>
public abstract record ProjectionResult
{
    private ProjectionResult()
    {
    }

    /// <summary>The store now holds this version.</summary>
    public sealed record Written : ProjectionResult;

    /// <summary>The store held this version or a later one already; nothing was changed.</summary>
    public sealed record AlreadyThere : ProjectionResult;

    /// <summary>The database will never take these values.</summary>
    public sealed record Refused(string Reason) : ProjectionResult;

    /// <summary>The database is away or busy: another try may succeed.</summary>
    public sealed record Unavailable(string Reason) : ProjectionResult;
}
