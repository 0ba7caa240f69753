using DomainFlow.Composition;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Hosting;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Postgres;
using DomainFlow.Synthesis.UseCases;

namespace DomainFlow.Synthesis;

/// <summary>Follows the changes of reports: runs the ingestion playbook, then makes the other stores show the report.</summary>
public static class SynthesisFunction
{
    public static async Task<FunctionHandlers> WireAsync(FunctionEnvironment environment)
    {
        var clock = TimeProvider.System;
        var stores = await Stores.OpenAsync(environment, clock);
        var (tables, database) = (stores.Tables, stores.Database);
        var reports = new ReportBook(tables);
        var configurations = new ConfigurationReader(database, stores.Shared);
        var project = new ProjectReport(
            new IncidentProjection(database),
            stores.Search,
            new OfflineEmbeddingGenerator(stores.Dimensions),
            new AccountBook(tables, clock),
            configurations,
            new ReportPhotos(stores.Objects, environment["BUCKET_EVIDENCE"]));
        var extract = new ExtractReport(configurations, new IngestionPlaybook(new OfflineChatClient(), clock, onFault: FunctionLog.AgentFailed));
        return new() { Message = new FollowReport(reports, extract, project, clock).HandleAsync };
    }
}
