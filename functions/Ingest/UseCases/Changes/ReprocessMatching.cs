using DomainFlow.Composition;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>Answer of POST /reports/reprocess.</summary>
/// <param name="Requested">Reports of which another run was asked for.</param>
/// <param name="NextCursor">The next page; null when all that match were looked at.</param>
public sealed record MatchingReprocessed(int Requested, string? NextCursor);

/// <summary>
/// POST /reports/reprocess: another run for what matches the list's filters, a page at each call. The page is that of the list, newest
/// report first: a run changes no report's place in it.
/// </summary>
public sealed class ReprocessMatching(IncidentReader incidents, ReportFilters filters, ReportBook reports, TimeProvider clock)
{
    private const int Attempts = 5;

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var query = request.Query;
        query.Allow([.. ReportFilters.Names.Where(name => name != "updated_since"), "limit", "cursor"]);
        query.Required("domain_id", 100);
        var limit = query.Integer("limit", 100, 1, 100);
        string?[] list = ["POST /reports/reprocess", request.Caller.Tenant.ToString(), .. ReportFilters.Asked(request)];
        var after = ListReports.ReadPosition(PageCursor.Read(query.Text("cursor", 2048), list));
        var rows = await incidents.ListAsync(await filters.ReadAsync(request), after, limit + 1, request.Deadline);
        var requested = 0;
        foreach (var row in rows.Take(limit))
        {
            if (await AskAsync(row.Id, request)) requested++;
        }

        var next = rows.Count > limit ? PageCursor.Write(ListReports.WritePosition(rows[limit - 1]), list) : null;
        return ApiResult.Json(202, new MatchingReprocessed(requested, next), IngestJson.Default.MatchingReprocessed);
    }

    /// <returns>False where the report is gone.</returns>
    private async Task<bool> AskAsync(Guid id, ApiRequest request)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var report = await reports.FindAsync(id, request.Caller.Tenant, request.Deadline);
            if (report is null || report.Status == ReportStatus.Deleted)
            {
                return false;
            }

            if (await reports.SaveAsync(report.Reprocessed(clock.GetUtcNow()), report.Version, request.Deadline))
            {
                return true;
            }
        }

        throw new ProblemException(Problem.Unavailable($"The report {id} is changing quickly; the same page may be asked for again"));
    }
}
