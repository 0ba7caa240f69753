using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Hosting.Batches;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Postgres;
using Microsoft.Extensions.AI;

namespace DomainFlow.Synthesis.UseCases;

/// <summary>Makes PostgreSQL and search show a report as its item stands. Both refuse an older version, so it may run twice or late.</summary>
public sealed class ProjectReport(
    IncidentProjection incidents,
    ISearchIndex search,
    IEmbeddingGenerator<string, Embedding<float>> embeddings,
    AccountBook accounts,
    ConfigurationReader configurations,
    ReportPhotos photos)
{
    public async Task RunAsync(Report report, CancellationToken deadline)
    {
        if (report.Status == ReportStatus.Deleted)
        {
            await search.DeleteAsync(SearchIndexes.Incidents, report.TenantId, report.IncidentId, report.Version, deadline);
            Settle(await incidents.RemoveAsync(report.TenantId, report.IncidentId, report.Version, deadline), report);
            await photos.RemoveAsync(report, deadline);
            return;
        }

        var configuration = await configurations.FindAsync(report.TenantId, report.DomainId, deadline);
        var language = configuration?.Language ?? "en";
        Settle(await incidents.ProjectAsync(await RowAsync(report, deadline) with { Language = language }, deadline), report);
        var text = ReportSearchText.Of(report, configuration?.Categories ?? []);
        var vector = await embeddings.GenerateVectorAsync(UntrustedText.Strip(text), cancellationToken: deadline);
        await search.UpsertAsync(
            new(SearchIndexes.Incidents, report.TenantId, report.IncidentId, report.DomainId, text, vector, report.ReportedAt, report.Version, language),
            deadline);
    }

    /// <summary>What the database takes later is tried again; what it will never take is an error to be seen.</summary>
    private static void Settle(ProjectionResult result, Report report)
    {
        switch (result)
        {
            case ProjectionResult.Unavailable away:
                throw new MessageAgainException($"report {report.IncidentId}: {away.Reason}");
            case ProjectionResult.Refused refused:
                throw new ProjectionRefusedException(report.IncidentId, refused.Reason);
        }
    }

    private async Task<ProjectedIncident> RowAsync(Report report, CancellationToken deadline)
    {
        var account = incidents.Knows(report.TenantId, report.CreatedBy) ? null : await accounts.FindAsync(report.CreatedBy, report.TenantId, deadline);
        return ProjectedIncident.Of(report, new(report.CreatedBy, account?.Metadata.CognitoUsername ?? report.CreatedBy.ToString(), account?.Email));
    }
}

/// <summary>PostgreSQL will never take the report as it stands.</summary>
public sealed class ProjectionRefusedException(Guid incident, string reason) : Exception($"report {incident} is refused by PostgreSQL: {reason}")
{
    public string Reason { get; } = reason;
}
