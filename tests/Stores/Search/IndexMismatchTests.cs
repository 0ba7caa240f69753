using System.Text.Json.Nodes;
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
        await CreateAsync(options, body);

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

    /// <summary>What another release, or a hand, made otherwise; older releases made indexes without the mark.</summary>
    [SkippableTheory]
    [InlineData("stop-words", true, "another release (settings.analysis.filter.stop_english.stopwords is")]
    [InlineData("stop-words", false, "another release (settings.analysis.filter.stop_english.stopwords is")]
    [InlineData("words", true, "another release (its words are made another way)")]
    [InlineData("nothing", false, "another release (its words are made another way)")]
    [InlineData("pairs", true, "another release (mappings.properties.words.properties.english.fields.pairs.type is not said")]
    [InlineData("pairs", false, "mappings.properties.words.properties.english.fields.pairs.type is not said")]
    [InlineData("copy-to", false, "mappings.properties.words.properties.english.copy_to is not said")]
    [InlineData("more", true, "another release (its words are made another way)")]
    [InlineData("knn", true, "its setting index.knn is not said, not true")]
    public async Task An_index_of_another_release_is_refused(string fault, bool marked, string said)
    {
        var options = node.Options($"release-{fault}-{marked}".ToLowerInvariant());
        var definition = IndexDefinition.Of(options);
        var english = definition["mappings"]!["properties"]!["words"]!["properties"]!["english"]!.AsObject();
        switch (fault)
        {
            case "stop-words": definition["settings"]!["analysis"]!["filter"]!["stop_english"]!["stopwords"] = "_english_"; break;
            case "pairs": english["fields"]!.AsObject().Remove("pairs"); break;
            case "words" or "nothing": break;
            case "copy-to": english.Remove("copy_to"); break;
            case "more": english["fields"]!["exact"] = new JsonObject { ["type"] = "keyword" }; break;
            default:
                definition["settings"]!["index"]!.AsObject().Remove("knn");
                definition["mappings"]!["properties"]!["text_embedding"]!.AsObject().Remove("method"); // the node takes none without the setting
                break;
        }

        if (fault == "words") definition["mappings"]!["_meta"]!["domainflow_definition"] = "of other words";
        else if (marked) IndexFingerprint.Put(definition);
        else definition["mappings"]!.AsObject().Remove("_meta");
        await CreateAsync(options, definition.ToJsonString());
        using var index = new OpenSearchIndex(options);
        var refused = await Assert.ThrowsAsync<SearchIndexMismatchException>(() => index.PrepareAsync(SearchIndexes.Incidents, default));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Set another SEARCH_INDEX_PREFIX, or delete the index", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_index_of_other_shards_and_replicas_serves()
    {
        using (var first = new OpenSearchIndex(node.Options("sharded") with { Shards = 2 }))
            await first.PrepareAsync(SearchIndexes.Incidents, default);
        using var second = new OpenSearchIndex(node.Options("sharded") with { Shards = 3, Replicas = 1, ExactSearchThreshold = 0 });
        await second.PrepareAsync(SearchIndexes.Incidents, default);
    }

    [SkippableFact]
    public async Task An_index_of_other_dimensions_takes_vectors_of_theirs_alone()
    {
        var (tenant, options) = (Guid.NewGuid(), node.Options("short") with { Dimensions = 512 });
        using var index = new OpenSearchIndex(options);
        static float[] Short(int seed) => [.. Corpus.Vector(seed).Take(512)];
        var document = Corpus.Document(tenant, 1) with { Embedding = Short(1) };
        await index.UpsertAsync(document, default);
        await index.UpsertAsync(Corpus.Document(tenant, 2) with { Embedding = Short(2) }, default);
        Assert.Equal(document.Id, (await index.SearchAsync(Corpus.ByVector(tenant, 1) with { Vector = Short(1) }, default))[0].Id);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => index.UpsertAsync(Corpus.Document(tenant, 3), default));
        Assert.Contains("The vector has 1536 dimensions; the indexes have 512.", refused.Message, StringComparison.Ordinal);
        using var usual = new OpenSearchIndex(options with { Dimensions = SearchIndexes.Dimensions });
        var mismatch = await Assert.ThrowsAsync<SearchIndexMismatchException>(() => usual.PrepareAsync(SearchIndexes.Incidents, default));
        Assert.Contains("its dimension is 512, not 1536", mismatch.Message, StringComparison.Ordinal);
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

    private async Task CreateAsync(OpenSearchOptions options, string body)
    {
        var client = new OpenSearchLowLevelClient(new ConnectionConfiguration(new SingleNodeConnectionPool(node.Endpoint), new HttpConnection()));
        var made = await client.Indices.CreateAsync<StringResponse>($"{options.IndexPrefix}{SearchIndexes.Incidents}", body);
        Assert.True(made.HttpStatusCode == 200, made.Body);
    }
}
