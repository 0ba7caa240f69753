using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>Answer of POST /reports/{id}/reprocess.</summary>
/// <param name="Run">Which run of the playbook was asked for.</param>
public sealed record ReprocessingAccepted(Guid IncidentId, string Status, int Run);

/// <summary>POST /reports/{id}/reprocess: runs the domain's playbook once more. What people corrected stays; a run that waits already is that run.</summary>
public sealed class ReprocessReport(ReportChange change)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        ReportChange.RequireManager(request.Caller);
        var report = await change.ApplyAsync(request, Ask);
        return ApiResult.Json(202, new ReprocessingAccepted(report.IncidentId, report.Status, report.Run), IngestJson.Default.ReprocessingAccepted);
    }

    internal static Report Ask(Report report, DateTimeOffset now) => report.Status == ReportStatus.Received ? report : report.Reprocessed(now);
}
