using DomainFlow.Domain.Search;
using static DomainFlow.Embedded.Tests.Contracts.Corpus;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>Documents as whoever compares stores reads them, and tombstones as they are forgotten. The index is this class's own.</summary>
public abstract class StoredDocumentContract
{
    private readonly Guid tenant = Guid.NewGuid();

    protected abstract ISearchIndex Index { get; }

    [SkippableFact]
    public async Task A_tenants_documents_are_listed_in_pages_without_the_deleted_and_the_foreign()
    {
        var index = Index;
        var documents = Enumerable.Range(1, 5).Select(seed => Document(tenant, seed, "words", version: seed)).OrderBy(d => d.Id).ToList();
        foreach (var document in documents) await index.UpsertAsync(document, default);
        await index.UpsertAsync(Document(Guid.NewGuid(), 6), default);
        await index.DeleteAsync(SearchIndexes.Incidents, tenant, documents[2].Id, 9, default);

        var first = await index.ListAsync(SearchIndexes.Incidents, tenant, null, 3, default);
        var second = await index.ListAsync(SearchIndexes.Incidents, tenant, first[^1].Id, 3, default);
        var expected = documents.Where((_, place) => place != 2).Select(d => new StoredDocument(d.Id, d.DomainId, d.Text, d.Version));
        Assert.Equal(expected, first.Concat(second));
        Assert.Equal(3, first.Count);

        var read = await index.ReadAsync(SearchIndexes.Incidents, tenant, [documents[1].Id, documents[2].Id, Guid.NewGuid()], default);
        Assert.Equal(
            [(documents[1].Id, documents[1].Version, false), (documents[2].Id, 9, true)],
            read.OrderBy(d => d.IsDeleted).Select(d => (d.Id, d.Version, d.IsDeleted)));
    }

    [SkippableFact]
    public async Task Another_tenants_documents_are_neither_read_nor_listed()
    {
        var index = Index;
        var foreign = Document(Guid.NewGuid(), 1, "secret");
        await index.UpsertAsync(foreign, default);
        Assert.Empty(await index.ReadAsync(foreign.Index, tenant, [foreign.Id], default));
        Assert.Empty(await index.ListAsync(foreign.Index, tenant, null, 10, default));
        Assert.Equal([foreign.Id], (await index.ReadAsync(foreign.Index, foreign.Tenant, [foreign.Id], default)).Select(d => d.Id));
    }

    [SkippableFact]
    public async Task Text_and_time_come_back_as_they_were_given()
    {
        var index = Index;
        var document = Document(tenant, 1, "Ärger: \"Rohr\"\n<b>geplatzt</b> 🚰 \\ Ende") with { CreatedAt = new(1913, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero) };
        await index.UpsertAsync(document, default);
        Assert.Equal(document.Text, Assert.Single(await index.ReadAsync(document.Index, tenant, [document.Id], default)).Text);
        var at = ByText(tenant, "rohr") with { From = document.CreatedAt.AddTicks(7), To = document.CreatedAt.AddTicks(7) };
        var hit = Assert.Single(await index.SearchAsync(at, default));
        Assert.Equal((document.Text, document.CreatedAt), (hit.Text, hit.CreatedAt));
    }

    [SkippableFact]
    public async Task Old_tombstones_are_forgotten_and_young_ones_and_documents_stay()
    {
        var index = Index;
        var (live, deleted) = (Document(tenant, 1), Document(tenant, 2));
        foreach (var document in new[] { live, deleted }) await index.UpsertAsync(document, default);
        await index.DeleteAsync(SearchIndexes.Incidents, tenant, deleted.Id, 2, default);

        await index.ForgetAsync(TimeProvider.System.GetUtcNow().AddDays(-1), 1000, default);
        Assert.Equal(2, (await index.ReadAsync(SearchIndexes.Incidents, tenant, [live.Id, deleted.Id], default)).Count);
        await index.ForgetAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), 1000, default);
        Assert.Equal([live.Id], (await index.ReadAsync(SearchIndexes.Incidents, tenant, [live.Id, deleted.Id], default)).Select(d => d.Id));
    }

    [SkippableFact]
    public async Task No_more_tombstones_are_forgotten_than_is_asked_for()
    {
        var index = Index;
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1);
        await index.ForgetAsync(later, 10_000, default);
        for (var n = 0; n < 5; n++) await index.DeleteAsync(SearchIndexes.Incidents, tenant, Guid.NewGuid(), 1, default);
        Assert.Equal(3, await index.ForgetAsync(later, 3, default));
        Assert.Equal(2, await index.ForgetAsync(later, 3, default));
    }
}
