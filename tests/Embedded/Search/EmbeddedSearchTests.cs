using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;
using static DomainFlow.Embedded.Tests.Contracts.Corpus;

namespace DomainFlow.Embedded.Tests.Search;

public sealed class EmbeddedSearchTests(TestDatabase database) : SearchIndexContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions);

    [SkippableFact]
    public async Task A_tenant_whose_vectors_are_read_from_the_store_finds_its_own_alone()
    {
        var (tenant, index) = (Guid.NewGuid(), new EmbeddedSearch(database.Functions, cacheBytes: 0));
        var (own, foreign) = (Document(tenant, 2, "own leak"), Document(Guid.NewGuid(), 1, "secret leak"));
        foreach (var document in new[] { own, foreign }) await index.UpsertAsync(document, default);
        Assert.Equal([own.Id], (await index.SearchAsync(ByVector(tenant, 1), default)).Select(hit => hit.Id));
        Assert.Empty(await index.ReadAsync(own.Index, tenant, [foreign.Id], default));
    }

    [SkippableFact]
    public async Task What_other_tenants_store_moves_no_score()
    {
        var (tenant, other, index) = (Guid.NewGuid(), Guid.NewGuid(), $"index-{Guid.NewGuid()}");
        Task StoreAsync(Guid whose, string text) => Index.UpsertAsync(Document(whose, 1, text) with { Index = index }, default);
        async Task<List<double>> ScoresAsync() =>
            [.. (await Index.SearchAsync(ByText(tenant, "dark street") with { Index = index }, default)).Select(hit => hit.Score)];
        await StoreAsync(tenant, "a dark street light");
        await StoreAsync(tenant, "a broken street bench");
        var before = await ScoresAsync();
        for (var i = 0; i < 20; i++) await StoreAsync(other, "dark dark dark and nothing but dark words in a very long document");
        Assert.Equal(before, await ScoresAsync());
    }

    [SkippableFact]
    public async Task A_words_number_differs_from_tenant_to_tenant_and_from_index_to_index()
    {
        await using var command = database.Functions.CreateCommand("""
            SELECT count(DISTINCT embedded.search_term(index, tenant, 'leak'))
            FROM unnest(ARRAY['a', 'b']) index, unnest(ARRAY['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002']::uuid[]) tenant
            """);
        Assert.Equal(4L, await command.ExecuteScalarAsync());
    }
}

/// <summary>The same, with memory for hardly any vectors: tenants are put out of the cache, or read from the store at each search.</summary>
public sealed class EmbeddedSearchWithLittleMemoryTests(TestDatabase database) : SearchIndexContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions, 20 * StoredVector.Bytes);
}

public sealed class EmbeddedLanguageTests(TestDatabase database) : SearchLanguageContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions);
}

public sealed class EmbeddedDocumentTests(TestDatabase database) : StoredDocumentContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions);
}
