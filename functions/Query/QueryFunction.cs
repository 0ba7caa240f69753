using DomainFlow.Composition;
using DomainFlow.Domain.Queries;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Http;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Postgres;
using DomainFlow.Query.Answering;
using DomainFlow.Query.UseCases;

namespace DomainFlow.Query;

/// <summary>Answers questions about reports, with references and a map.</summary>
public static class QueryFunction
{
    public static async Task<FunctionHandlers> WireAsync(FunctionEnvironment environment)
    {
        var clock = TimeProvider.System;
        var stores = await Stores.OpenAsync(environment, clock);
        var (tables, search, database) = (stores.Tables, stores.Search, stores.Database);
        var embeddings = new OfflineEmbeddingGenerator(stores.Dimensions);
        var configurations = new ConfigurationReader(database, stores.Shared);
        var incidents = new IncidentReader(database);
        var jobs = new QueryJobBook(tables);
        var book = new SessionBook(tables, clock);
        var filters = new ReportFilters(configurations);
        var sources = new ReportSources(incidents, search, embeddings);
        var answerer = new QuestionAnswerer(configurations, sources, new QueryPlaybook(new OfflineChatClient(), clock, onFault: FunctionLog.AgentFailed));
        var answer = new AnswerJob(jobs, book, answerer, clock);
        var ask = new AskQuestion(jobs, book, configurations, answer, clock);
        var sessions = new Sessions(book, configurations, clock);
        var domains = new Domains(configurations);
        return new()
        {
            Api = new(new Dictionary<string, Func<ApiRequest, Task<ApiResult>>>
            {
                ["POST /queries"] = ask.HandleAsync,
                ["GET /queries/{id}"] = new GetQuery(jobs).HandleAsync,
                ["POST /sessions"] = sessions.OpenAsync,
                ["GET /sessions"] = sessions.ListAsync,
                ["GET /sessions/{id}"] = sessions.GetAsync,
                ["PUT /sessions/{id}"] = sessions.RenameAsync,
                ["DELETE /sessions/{id}"] = sessions.DeleteAsync,
                ["GET /sessions/{id}/messages"] = sessions.MessagesAsync,
                ["GET /search"] = new SearchReports(search, embeddings, configurations, filters).HandleAsync,
                ["GET /data/geo"] = new MapReports(incidents, new IncidentClusters(database), filters).HandleAsync,
                ["GET /data/aggregated"] = new AggregateReports(incidents, configurations, filters).HandleAsync,
                ["GET /domains"] = domains.ListAsync,
                ["GET /domains/{domain_id}"] = domains.GetAsync,
                ["GET /me"] = DescribeCaller.HandleAsync,
                ["GET /health"] = new CheckHealth(database).HandleAsync,
                ["GET /openapi.json"] = DescribeInterface.HandleAsync,
            }, stores.RateLimit, stores.AllowedOrigins),
            Message = new FollowJob(jobs, answer, clock).HandleAsync,
        };
    }
}
