using System.Text.Json.Nodes;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Ingest.UseCases;

/// <summary>One report as its record stands.</summary>
/// <param name="IngestionData">Outputs by agent id, with what people corrected in them.</param>
/// <param name="Corrections">What people corrected, with what the playbook had said.</param>
/// <param name="Stores">Whether PostgreSQL and search show this version: projected or pending.</param>
public sealed record ReportView(
    Guid IncidentId,
    string DomainId,
    string Text,
    string Source,
    string Status,
    string? FailureReason,
    PlaceView? Location,
    DateTimeOffset ReportedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    Guid CreatedBy,
    JsonObject? IngestionData,
    IReadOnlyList<Correction>? Corrections,
    JsonObject ManagementData,
    JsonObject? Labels,
    string? Address,
    IReadOnlyList<ImageView> Images,
    IReadOnlyList<ExecutionLogEntry> ExecutionLog,
    long Version,
    IReadOnlyDictionary<string, string> Stores);

/// <param name="Source">person, request, exif or geo: who says so.</param>
public sealed record PlaceView(double Lat, double Lon, string Source);

/// <param name="Warning">What is wrong with a photo that is kept.</param>
/// <param name="Url">Signed, for a stored photo: the same picture without its metadata.</param>
public sealed record ImageView(
    int Number,
    string FileName,
    string ContentType,
    string Status,
    string? Reason,
    string? Warning,
    long? Size,
    GeoPoint? ExifLocation,
    DateTimeOffset? TakenAt,
    string S3Key,
    Uri? Url);

/// <summary>GET /reports/{id}.</summary>
public sealed class GetReport(ReportBook reports, IObjectStore objects, TimeProvider clock)
{
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    /// <summary>The tag of a report with links changes so often: what a caller keeps holds links that are good for twice as long.</summary>
    private static readonly TimeSpan LinkPeriod = LinkLifetime / 3;

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        var caller = request.Caller;
        var report = await reports.FindAsync(request.PathId("report"), caller.Tenant, request.Deadline);
        return report is null || report.Status == ReportStatus.Deleted
            ? throw new ProblemException(Problem.NotFound("There is no report with this id", "id"))
            : Answer(report).UnlessKnownTo(request);
    }

    /// <summary>The report as its record stands, under an entity tag that If-Match takes.</summary>
    public ApiResult Answer(Report report) => ApiResult.Json(200, View(report), IngestJson.Default.ReportView).Tagged(Tag(report));

    /// <summary>What shows beside the version: whether the other stores have it, and until when its links are good.</summary>
    private string Tag(Report report)
    {
        var links = report.Images.Any(image => image.Status == ReportImage.Stored) ? $"-{clock.GetUtcNow().Ticks / LinkPeriod.Ticks}" : "";
        return EntityTag.Of(report.Version, StateOf(report) + links);
    }

    private static string StateOf(Report report) => report.Projected == report.Version ? "projected" : "pending";

    private ReportView View(Report report)
    {
        var state = StateOf(report);
        var place = ReportPlace.Of(report);
        var expiry = clock.GetUtcNow() + LinkLifetime;
        return new(
            report.IncidentId,
            report.DomainId,
            report.RawText,
            report.Source,
            report.Status,
            report.FailureReason,
            place is null ? null : new(place.Point.Lat, place.Point.Lon, place.Source),
            report.ReportedAt,
            report.CreatedAt,
            report.UpdatedAt,
            report.CreatedBy,
            report.CorrectedData,
            report.Corrections.Count == 0 ? null : report.Corrections,
            report.ManagementData,
            report.Labels,
            report.Address,
            [.. report.Images.Select(i => View(i, expiry))],
            report.ExecutionLog,
            report.Version,
            new Dictionary<string, string> { ["reports"] = "stored", ["postgres"] = state, ["search"] = state });
    }

    private ImageView View(ReportImage image, DateTimeOffset expiry) =>
        new(
            image.Number,
            image.FileName,
            image.ContentType,
            image.Status,
            image.Reason,
            image.Warning,
            image.FileSizeBytes ?? image.AnnouncedSize,
            image.ExifLocation,
            image.TakenAt,
            image.S3Key,
            image.RenditionKey is { } shown ? objects.GrantDownload(image.S3Bucket, shown, expiry) : null);
}
