using System.Text.Json.Nodes;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Search;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>What every request says of its tenant, on a domain and on Serverless.</summary>
public sealed class RequestShapeTests
{
    private static readonly Guid Tenant = Guid.NewGuid();

    [Fact]
    public async Task Every_write_and_read_goes_to_the_tenants_shard()
    {
        var fake = await CallsAsync(SearchService.Domain);
        foreach (var action in fake.SelectMany(request => request.Actions))
        {
            Assert.Equal($"{Tenant}", (string?)action["routing"]);
            Assert.StartsWith($"{Tenant}:", (string?)action["_id"], StringComparison.Ordinal);
        }

        Assert.All(Headers(fake), header => Assert.Equal($"{Tenant}", (string?)header["routing"]));
        Assert.Equal($"{Tenant}", (string?)Only(fake, "_mget").Lines[0]["docs"]![0]!["routing"]);
        Assert.Contains($"routing={Tenant}", Only(fake, "/_search").Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_search_is_filtered_by_the_tenant_inside_its_query()
    {
        var fake = await CallsAsync(SearchService.Domain);
        var bodies = Only(fake, "_msearch").Lines.Where((_, place) => place % 2 == 1).ToList();
        Assert.Equal(2, bodies.Count);
        var filters = new[]
        {
            bodies[0]["query"]!["bool"]!["filter"]!,
            bodies[1]["query"]!["knn"]!["text_embedding"]!["filter"]!["bool"]!["filter"]!,
            Only(fake, "/_search").Lines[0]["query"]!["bool"]!["filter"]!,
        };
        Assert.All(filters, filter => Assert.Equal($"{Tenant}", (string?)filter[0]!["term"]!["tenant_id"]));
    }

    [Fact]
    public async Task Serverless_gets_neither_routing_nor_refresh_nor_settings_of_shards()
    {
        var fake = await CallsAsync(SearchService.Serverless);
        Assert.DoesNotContain(fake, request => (request.Path + request.Body).Contains("routing", StringComparison.Ordinal));
        Assert.DoesNotContain(fake, request => request.Path.Contains("refresh", StringComparison.Ordinal) || request.Path.Contains("_delete_by_query", StringComparison.Ordinal));
        Assert.DoesNotContain(fake, request => request.Body.Contains("method_parameters", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_is_not_allowed_yet_is_made_again_where_access_is_awaited()
    {
        var left = 2;
        using var fake = new FakeOpenSearch(request => left-- > 0 ? new(403, "{}") : Answer(request));
        var options = FakeOpenSearch.Options(fake, new InstantClock());
        using var index = new OpenSearchIndex(options with { AwaitsAccess = true });
        Assert.Empty(await index.SearchAsync(Corpus.ByVector(Tenant, 1) with { Text = "words" }, default));
        left = 1;
        using var other = new OpenSearchIndex(options);
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.SearchAsync(Corpus.ByText(Tenant, "words"), default));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        var options = new OpenSearchOptions(new Uri("https://x.invalid"));
        foreach (var wrong in new[]
        {
            options with { Service = SearchService.Serverless, Visibility = WriteVisibility.AtOnce },
            options with { Endpoint = new Uri("ftp://x.invalid") },
            options with { Endpoint = new Uri("x", UriKind.Relative) },
            options with { Dimensions = 16_001 },
        })
        {
            Assert.Throws<ArgumentException>(() => new OpenSearchIndex(wrong));
        }
    }

    private static async Task<IReadOnlyList<FakeRequest>> CallsAsync(SearchService service)
    {
        using var fake = new FakeOpenSearch(Answer, service);
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, new InstantClock()) with { Service = service });
        var document = Corpus.Document(Tenant, 1, "words");
        await index.UpsertAsync(document, default);
        await index.DeleteAsync(document.Index, Tenant, document.Id, 2, default);
        await index.ReadAsync(document.Index, Tenant, [document.Id], default);
        await index.ListAsync(document.Index, Tenant, null, 10, default);
        await index.SearchAsync(Corpus.ByVector(Tenant, 1) with { Text = "words" }, default);
        return fake.Requests;
    }

    private static FakeAnswer Answer(FakeRequest request) => new(200, request.Path switch
    {
        var path when path.Contains("_bulk", StringComparison.Ordinal) => """{"items":[{"index":{"status":201}}]}""",
        var path when path.Contains("_mget", StringComparison.Ordinal) => """{"docs":[{"found":false}]}""",
        var path when path.Contains("_msearch", StringComparison.Ordinal) => """{"responses":[{"hits":{"hits":[]}},{"hits":{"hits":[]}}]}""",
        _ => """{"hits":{"hits":[]}}""",
    });

    private static FakeRequest Only(IEnumerable<FakeRequest> requests, string path) =>
        Assert.Single(requests, request => request.Path.Contains(path, StringComparison.Ordinal));

    private static IEnumerable<JsonNode> Headers(IEnumerable<FakeRequest> requests) => Only(requests, "_msearch").Lines.Where((_, place) => place % 2 == 0);
}
