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
    public async Task Words_side_by_side_outrank_the_same_words_apart()
    {
        var tenant = Guid.NewGuid();
        var apart = await StoreAsync(tenant, "light on the corner of Main, the street is dark");
        var together = await StoreAsync(tenant, "dark corner of Main, the street light is on");
        Assert.Equal([together, apart], await FindAsync(tenant, "street light"));
    }

    [SkippableFact]
    public async Task Accents_may_be_left_out_on_either_side()
    {
        var tenant = Guid.NewGuid();
        var report = await StoreAsync(tenant, "Árbol caído en la calle Núñez/Peña", "es");
        foreach (var asked in new[] { "arbol caido", "ÁRBOL", "nunez", "peña" })
            Assert.Equal([report], await FindAsync(tenant, asked, "es"));
    }

    private async Task<Guid> StoreAsync(Guid tenant, string text, string language = "en")
    {
        var document = Document(tenant, 1, text, language: language);
        await Index.UpsertAsync(document, default);
        return document.Id;
    }

    private async Task<IEnumerable<Guid>> FindAsync(Guid tenant, string text, string language = "en") =>
        (await Index.SearchAsync(ByText(tenant, text) with { Language = language }, default)).Select(hit => hit.Id);
}

/// <summary>The same, with memory for hardly any vectors: tenants are put out of the cache, or read from the store at each search.</summary>
public sealed class EmbeddedSearchWithLittleMemoryTests(TestDatabase database) : SearchIndexContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions, 20 * StoredVector.Bytes);
}
