using DomainFlow.Benchmarks.Running;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded;
using DomainFlow.Search;
using DomainFlow.Search.Writing;
using Npgsql;
using OpenSearch.Net;

namespace DomainFlow.Benchmarks.Backends;

/// <summary>A search index that holds nothing yet.</summary>
/// <param name="FillAsync">Stores documents, until all can be found.</param>
internal sealed record SearchBackend(string Name, ISearchIndex Index, Func<IReadOnlyList<SearchDocument>, CancellationToken, Task> FillAsync, Func<Task> DropAsync)
{
    /// <summary>PostgreSQL and vectors in memory, in a database of its own.</summary>
    public static async Task<SearchBackend> EmbeddedAsync(Cluster cluster, CancellationToken stop)
    {
        const string Database = "bench_backends";
        await cluster.MakeAsync(Database, stop);
        foreach (var (_, sql) in EmbeddedSchema.Scripts)
            await cluster.ExecuteAsync(Database, sql.Replace(EmbeddedSchema.RolePlaceholder, "PUBLIC", StringComparison.Ordinal), stop);
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.Superuser(Database)) { Pooling = true, MaxPoolSize = 8 });
        var index = new EmbeddedSearch(source);
        return new("embedded", index, FillAsync, DropAsync);

        async Task FillAsync(IReadOnlyList<SearchDocument> documents, CancellationToken token)
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = token };
            await Parallel.ForEachAsync(documents, parallel, async (document, each) => await index.UpsertAsync(document, each));
            await cluster.ExecuteAsync(Database, "VACUUM ANALYZE embedded.search_documents", token);
        }

        async Task DropAsync()
        {
            await source.DisposeAsync();
            await cluster.DropAsync(Database, CancellationToken.None);
        }
    }

    /// <param name="isRouted">Whether a tenant's documents lie in one shard and only that one is asked.</param>
    public static SearchBackend OpenSearch(Uri endpoint, int shards, bool isRouted)
    {
        var options = new OpenSearchOptions(endpoint)
        {
            IsSigned = false,
            IndexPrefix = $"bench-{Guid.NewGuid():n}-",
            Shards = shards,
            Replicas = 0,
            RoutesByTenant = isRouted,
            RequestTimeout = TimeSpan.FromMinutes(5),
            Patience = TimeSpan.FromMinutes(5),
        };
        var index = new OpenSearchIndex(options);
        var name = options.IndexPrefix + SearchIndexes.Incidents;
        var client = new OpenSearchLowLevelClient(
            new ConnectionConfiguration(new SingleNodeConnectionPool(endpoint), new HttpConnection()).RequestTimeout(options.RequestTimeout));
        return new($"OpenSearch, {shards} shards, {(isRouted ? "routed" : "not routed")}", index, FillAsync, DropAsync);

        async Task FillAsync(IReadOnlyList<SearchDocument> documents, CancellationToken token)
        {
            var outcomes = await index.UpsertManyAsync(SearchIndexes.Incidents, documents, token);
            if (outcomes.FirstOrDefault(outcome => outcome is not WriteOutcome.Stored) is { } wrong) throw new InvalidOperationException($"{wrong}");
            Check(await client.Indices.RefreshAsync<StringResponse>(name, ctx: token));
        }

        async Task DropAsync()
        {
            Check(await client.Indices.DeleteAsync<StringResponse>(name));
            index.Dispose();
        }
    }

    private static void Check(StringResponse response)
    {
        if (!response.Success) throw new InvalidOperationException($"OpenSearch answered {response.HttpStatusCode}: {response.Body}");
    }
}
