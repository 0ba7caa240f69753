using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Search;
using DomainFlow.Search.Writing;
using OpenSearch.Net;
using Xunit.Abstractions;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>k-NN of a real node under filters, on both sides of the plugin's limit for exact scans.</summary>
[Collection(OpenSearchCollection.Name)]
public sealed class NearestNeighbourTests(OpenSearchNode node, ITestOutputHelper output) : NearestNeighbourContract(output)
{
    private readonly OpenSearchLowLevelClient client =
        new(new ConnectionConfiguration(new SingleNodeConnectionPool(node.IsThere ? node.Endpoint : new Uri("http://nowhere.invalid")), new HttpConnection()));

    [SkippableFact]
    public async Task A_filtered_search_finds_as_many_as_match_and_the_nearest_of_them()
    {
        using var index = await FilledAsync(node.Options("knn"));
        Assert.InRange(await MeasureAsync(index, "OpenSearch, default threshold"), 0.95, 1);
    }

    /// <summary>Never fewer hits, though not always the nearest: the recall is printed.</summary>
    [SkippableFact]
    public async Task A_filter_inside_the_graph_still_finds_as_many_as_match()
    {
        using var index = await FilledAsync(node.Options("knn-graph") with { ExactSearchThreshold = 0 });
        await MeasureAsync(index, "OpenSearch, threshold 0");
    }

    [SkippableFact]
    public async Task Filtering_beside_the_search_as_the_seed_wrote_it_returns_too_few()
    {
        var options = node.Options("knn-seed");
        using var index = await FilledAsync(options);
        var asked = Vectors.Near(new Random(3));
        var parts = string.Join(',', asked.Select(part => part.ToString("R", CultureInfo.InvariantCulture)));
        var seed = $$$$"""
            {"size":{{{{K}}}},"_source":false,"query":{"bool":{
              "must":[{"knn":{"text_embedding":{ "vector":[{{{{parts}}}}], "k":{{{{K}}}} } } }], "filter":[{"term":{"domain_id":"b"}}]}}}
            """;
        var answer = await client.SearchAsync<StringResponse>(Physical(options), seed, new SearchRequestParameters { Routing = [$"{Tenant}"] });
        Assert.InRange(JsonNode.Parse(answer.Body)!["hits"]!["hits"]!.AsArray().Count, 0, K - 1);
        Assert.Equal(K, (await index.SearchAsync(new(SearchIndexes.Incidents, Tenant, "b", null, asked, K), default)).Count);
    }

    private static string Physical(OpenSearchOptions options) => options.IndexPrefix + SearchIndexes.Incidents;

    private async Task<OpenSearchIndex> FilledAsync(OpenSearchOptions options)
    {
        var index = new OpenSearchIndex(options with { Visibility = WriteVisibility.Soon });
        Assert.All(await index.UpsertManyAsync(SearchIndexes.Incidents, Documents, default), outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        Assert.Equal(200, (await client.Indices.RefreshAsync<StringResponse>(Physical(options))).HttpStatusCode);
        return index;
    }
}
