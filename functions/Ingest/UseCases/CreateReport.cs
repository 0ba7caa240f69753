using System.Text.Json;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Storage;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest.UseCases;

/// <summary>POST /reports, answered 202 with grants for the announced photos.</summary>
public sealed record ReportAccepted(Guid IncidentId, string Status, IReadOnlyList<Upload> Uploads);

/// <param name="Fields">The form's fields; the file comes last, under the name file.</param>
public sealed record Upload(string S3Key, Uri Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt);

/// <summary>Takes a report: checks it, then stores it with its idempotency key in one transaction. The rest follows from the stored item.</summary>
public sealed class CreateReport(
    ReportBook reports,
    ITableStore tables,
    AccountBook accounts,
    ConfigurationReader configurations,
    UploadGrants uploads,
    TimeProvider clock)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var caller = request.Caller;
        if (!caller.MayReport)
        {
            throw new ProblemException(Problem.Forbidden("The group viewer may read and not report"));
        }

        var key = request.IdempotencyKey();
        var body = request.Body(IngestJson.Default.NewReport).Checked(clock.GetUtcNow());
        if (await configurations.FindAsync(caller.Tenant, body.DomainId!, request.Deadline) is null)
        {
            throw new ProblemException(Problem.NotFound($"There is no domain '{body.DomainId}'", "domain_id"));
        }

        await accounts.EnsureAsync(caller, request.Deadline);
        var report = body.ToReport(caller, uploads.Bucket, clock.GetUtcNow(), uploads.Expiry());
        var idempotency = key is null ? null : Record(caller, key, request.BodyText(), report);
        var isRepeat = !await reports.AddAsync(report, idempotency, request.Deadline);
        if (isRepeat)
        {
            report = await EarlierAsync(idempotency!, request);
        }

        var answer = new ReportAccepted(report.IncidentId, report.Status, uploads.For(report));
        var headers = new Dictionary<string, string> { ["Location"] = $"/api/v1/reports/{report.IncidentId}" };
        if (isRepeat) headers["Idempotent-Replayed"] = "true";
        return ApiResult.Json(202, answer, IngestJson.Default.ReportAccepted) with { Headers = headers };
    }

    private IdempotencyRecord Record(Caller caller, string key, string body, Report report) =>
        new(
            IdempotencyRecord.KeyOf(caller.Tenant, caller.User, "POST /reports", key),
            caller.Tenant,
            IdempotencyRecord.Hash(body),
            report.IncidentId,
            (clock.GetUtcNow() + IdempotencyRecord.Lifetime).ToUnixTimeSeconds());

    private async Task<Report> EarlierAsync(IdempotencyRecord mine, ApiRequest request)
    {
        var item = await tables.GetAsync(IdempotencyRecord.Table, new(mine.IdempotencyKey), mine.TenantId, request.Deadline);
        var first = item?.Deserialize(DomainJson.Default.IdempotencyRecord)
            ?? throw new ProblemException(Problem.Unavailable("The request under this key is being settled"));
        if (first.RequestHash != mine.RequestHash)
        {
            throw new ProblemException(Problem.KeyReused());
        }

        FunctionLog.Information("a repeat of report {0}", first.ResultId);
        return await reports.FindAsync(first.ResultId, mine.TenantId, request.Deadline)
            ?? throw new ProblemException(Problem.NotFound("The report that this key made is gone", "Idempotency-Key"));
    }
}
