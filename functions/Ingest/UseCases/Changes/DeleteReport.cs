using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>
/// DELETE /reports/{id}: the item becomes a tombstone without text, photos or data; its stream takes the report out of every other
/// store. A second DELETE finds nothing (404).
/// </summary>
public sealed class DeleteReport(ReportChange change)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        await change.ApplyAsync(request, (report, now) => report.Deleted(now));
        return ApiResult.Empty;
    }
}
