using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Hosting.Http;
using DomainFlow.Playbooks.Places;
using DomainFlow.Postgres;
using DomainFlow.Topology;

namespace DomainFlow.Ingest.UseCases;

/// <summary>POST /reports, answered 202 with grants for the announced photos.</summary>
/// <param name="Warnings">What was taken as it was sent and is probably wrong; null where nothing is.</param>
public sealed record ReportAccepted(Guid IncidentId, string Status, IReadOnlyList<Upload> Uploads, IReadOnlyList<FieldWarning>? Warnings = null);

/// <param name="Field">Its name in the request's body.</param>
public sealed record FieldWarning(string Field, string Detail);

/// <param name="Fields">The form's fields; the file comes last, under the name file.</param>
public sealed record Upload(string S3Key, Uri Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt);

/// <summary>Takes a report: checks it, then stores it with its idempotency key in one transaction. The rest follows from the stored item.</summary>
public sealed class CreateReport(
    ReportBook reports,
    AccountBook accounts,
    ConfigurationReader configurations,
    UploadGrants uploads,
    TimeProvider clock)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var caller = request.Caller;
        var body = request.Body(IngestJson.Default.NewReport).Checked(clock.GetUtcNow());
        var domain = await configurations.FindAsync(caller.Tenant, body.DomainId!, request.Deadline)
            ?? throw new ProblemException(Problem.NotFound($"There is no domain '{body.DomainId}'", "domain_id"));
        request.RequireRight(domain.SelfReporting);
        await accounts.EnsureAsync(caller, request.Deadline);
        var report = body.ToReport(caller, uploads.Bucket, clock.GetUtcNow(), uploads.Expiry());
        var idempotency = request.Idempotency("POST /reports", report.IncidentId, clock.GetUtcNow());
        (report, var isRepeat) = (await reports.AddAsync(report, idempotency, request.Deadline)).Settled();
        if (report.Status == ReportStatus.Deleted)
        {
            throw new ProblemException(Problem.NotFound("What this key made has been deleted", "Idempotency-Key"));
        }

        // A repeat gets the first request's answer, whatever became of the report meanwhile; only its grants are fresh.
        var answer = new ReportAccepted(report.IncidentId, ReportStatus.Received, uploads.For(report), Warnings(body.Location?.Point, domain));
        var headers = new Dictionary<string, string> { ["Location"] = $"{SystemMap.ApiBase}/reports/{report.IncidentId}" };
        if (isRepeat)
        {
            headers["Idempotent-Replayed"] = "true";
        }

        return ApiResult.Json(202, answer, IngestJson.Default.ReportAccepted) with { Headers = headers };
    }

    /// <summary>A position far from the domain is stored as it was sent: the reporter may know better, and the client is told.</summary>
    private static IReadOnlyList<FieldWarning>? Warnings(GeoPoint? location, DomainConfiguration domain) =>
        location is null ? null : DomainArea.Of(domain).Check(location.Lon, location.Lat) switch
        {
            PositionFit.Swapped => [new("location", "location lies far from every place of the domain; with lat and lon exchanged it would lie near")],
            PositionFit.Far => [new("location", "location lies far from every place of the domain")],
            _ => null,
        };
}
