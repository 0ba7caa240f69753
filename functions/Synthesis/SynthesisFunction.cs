using DomainFlow.Composition;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Embedded;
using DomainFlow.Hosting;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Postgres;
using DomainFlow.Synthesis.UseCases;
using DomainFlow.Topology;

namespace DomainFlow.Synthesis;

/// <summary>Follows the changes of reports: runs the ingestion playbook, then makes the other stores show the report.</summary>
public static class SynthesisFunction
{
    public static async Task<FunctionHandlers> WireAsync(FunctionEnvironment environment)
    {
        var clock = TimeProvider.System;
        var database = await Database.OpenAsync(environment);
        var tables = new EmbeddedTables(database, clock, SystemMap.Tables);
        var reports = new ReportBook(tables);
        var objects = new EmbeddedObjects(environment["OBJECTS_FOLDER"], new(environment["OBJECTS_URL"]), environment["OBJECTS_KEY_FILE"], clock);
        var configurations = new ConfigurationReader(database);
        var project = new ProjectReport(
            new IncidentProjection(database),
            new EmbeddedSearch(database),
            new OfflineEmbeddingGenerator(),
            new AccountBook(tables, clock),
            configurations,
            new ReportPhotos(objects, environment["BUCKET_EVIDENCE"]));
        var extract = new ExtractReport(configurations, new IngestionPlaybook(new OfflineChatClient(), clock));
        return new() { Message = new FollowReport(reports, extract, project, clock).HandleAsync };
    }
}
