using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>Changes one report for a caller: reads it, applies the change, saves on condition; once more where it changed meanwhile.</summary>
public sealed class ReportChange(ReportBook reports, TimeProvider clock)
{
    private const int Attempts = 20;

    /// <param name="apply">The changed report (<see cref="Report.Changed"/>), or the very same where there is nothing to change.</param>
    /// <returns>The report as it is stored now.</returns>
    /// <exception cref="ProblemException">404, or 412 where If-Match names another version.</exception>
    public async Task<Report> ApplyAsync(ApiRequest request, Func<Report, DateTimeOffset, Report> apply)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var report = await FindAsync(request);
            if (request.Header("If-Match") is { } tags && !EntityTag.MatchesVersion(tags, report.Version))
            {
                throw new ProblemException(Problem.VersionConflict($"The report is at version {report.Version}; read it again"));
            }

            var changed = apply(report, clock.GetUtcNow());
            if (ReferenceEquals(changed, report) || await reports.SaveAsync(changed, report.Version, request.Deadline))
            {
                return changed;
            }
        }

        throw new ProblemException(Problem.Unavailable("The report is changing quickly"));
    }

    /// <summary>The caller's report; a deleted one is not there.</summary>
    public async Task<Report> FindAsync(ApiRequest request)
    {
        var report = await reports.FindAsync(request.PathId("report"), request.Caller.Tenant, request.Deadline);
        return report is null || report.Status == ReportStatus.Deleted
            ? throw new ProblemException(Problem.NotFound("There is no report with this id", "id"))
            : report;
    }
}
