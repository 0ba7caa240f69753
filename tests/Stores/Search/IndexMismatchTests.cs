using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Search;
using DomainFlow.Search.Indexes;
using OpenSearch.Net;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>An index that is there already and was not made for these documents.</summary>
[Collection(OpenSearchCollection.Name)]
public sealed class IndexMismatchTests(OpenSearchNode node)
{
    private const string Vector = """{"type":"knn_vector","dimension":1536,"method":{"name":"hnsw","engine":"faiss","space_type":"cosinesimil"}}""";

    [SkippableTheory]
    [InlineData("dimension", "its dimension is 1024, not 1536")]
    [InlineData("space", "its space type is l2, not cosinesimil")]
    [InlineData("engine", "its engine is lucene, not faiss")]
    [InlineData("type", "the field text_embedding is of type float, not knn_vector")]
    [InlineData("missing", "the field incident_id is missing")]
    public async Task An_index_made_for_others_is_refused_and_left_as_it_is(string fault, string said)
    {
        var vector = fault switch
        {
            "dimension" => Vector.Replace("1536", "1024", StringComparison.Ordinal),
            "space" => Vector.Replace("cosinesimil", "l2", StringComparison.Ordinal),
            "engine" => Vector.Replace("faiss", "lucene", StringComparison.Ordinal),
            "type" => """{"type":"float"}""",
            _ => Vector,
        };
        var others = fault == "missing" ? "" : """
            "incident_id":{"type":"keyword"},"tenant_id":{"type":"keyword"},"domain_id":{"type":"keyword"},"created_at":{"type":"date"},
            "deleted":{"type":"boolean"},"text_content":{"type":"text"},"words":{"properties":{"english":{"type":"text"}}},
            """;
        var options = node.Options($"mismatch-{fault}");
        var body = $$$$"""
            {"settings":{"index":{"knn":true,"number_of_replicas":0}},"mappings":{"properties":{ {{{{others}}}} "text_embedding":{{{{vector}}}} } } }
            """;
        var client = new OpenSearchLowLevelClient(new ConnectionConfiguration(new SingleNodeConnectionPool(node.Endpoint), new HttpConnection()));
        Assert.Equal(200, (await client.Indices.CreateAsync<StringResponse>($"{options.IndexPrefix}{SearchIndexes.Incidents}", body)).HttpStatusCode);

        using var index = new OpenSearchIndex(options);
        foreach (var call in new Func<Task>[]
        {
            () => index.PrepareAsync(SearchIndexes.Incidents, default),
            () => index.UpsertAsync(Corpus.Document(Guid.NewGuid(), 1), default),
            () => index.SearchAsync(Corpus.ByVector(Guid.NewGuid(), 1), default),
        })
        {
            var refused = await Assert.ThrowsAsync<SearchIndexMismatchException>(call);
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
            Assert.Contains($"{options.IndexPrefix}{SearchIndexes.Incidents}", refused.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Many_who_make_the_index_at_once_all_get_the_same_one()
    {
        var tenant = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            using var index = new OpenSearchIndex(node.Options("raced"));
            await index.UpsertAsync(Corpus.Document(tenant, n, "raced"), default);
        }));
        using var reader = new OpenSearchIndex(node.Options("raced"));
        Assert.Equal(8, (await reader.SearchAsync(Corpus.ByText(tenant, "raced"), default)).Count);
    }

    [SkippableFact]
    public async Task A_field_that_nobody_knows_is_a_dead_letter_with_its_reason()
    {
        var options = node.Options("strict");
        using var index = new OpenSearchIndex(options);
        await index.PrepareAsync(SearchIndexes.Incidents, default);
        var client = new OpenSearchLowLevelClient(new ConnectionConfiguration(new SingleNodeConnectionPool(node.Endpoint), new HttpConnection()));
        var answer = await client.BulkAsync<StringResponse>($"{options.IndexPrefix}{SearchIndexes.Incidents}", "{\"index\":{\"_id\":\"1\"}}\n{\"surprise\":1}\n");
        Assert.Contains("strict_dynamic_mapping_exception", answer.Body, StringComparison.Ordinal);
    }
}
