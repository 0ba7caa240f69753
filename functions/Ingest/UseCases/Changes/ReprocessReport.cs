using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>Answer of POST /reports/{id}/reprocess.</summary>
/// <param name="Run">Which run of the playbook was asked for.</param>
public sealed record ReprocessingAccepted(Guid IncidentId, string Status, int Run);

/// <summary>
/// POST /reports/{id}/reprocess: runs the domain's playbook once more. What people corrected stays. A run under way may have read
/// the configuration of before: it gives way to this one.
/// </summary>
public sealed class ReprocessReport(ReportChange change)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        var report = await change.ApplyAsync(request, (found, now) => found.Reprocessed(now));
        return ApiResult.Json(202, new ReprocessingAccepted(report.IncidentId, report.Status, report.Run), IngestJson.Default.ReprocessingAccepted);
    }
}
