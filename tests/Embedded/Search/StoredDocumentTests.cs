using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Support;
using static DomainFlow.Embedded.Tests.Contracts.Corpus;

namespace DomainFlow.Embedded.Tests.Search;

/// <summary>Documents as whoever compares stores reads them, and tombstones as they are forgotten.</summary>
public sealed class StoredDocumentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly Guid tenant = Guid.NewGuid();

    [SkippableFact]
    public async Task A_tenants_documents_are_listed_in_pages_without_the_deleted_and_the_foreign()
    {
        var index = new EmbeddedSearch(database.Functions);
        var documents = Enumerable.Range(1, 5).Select(seed => Document(tenant, seed, "words", version: seed)).OrderBy(d => d.Id).ToList();
        foreach (var document in documents) await index.UpsertAsync(document, default);
        await index.UpsertAsync(Document(Guid.NewGuid(), 6), default);
        await index.DeleteAsync(SearchIndexes.Incidents, tenant, documents[2].Id, 9, default);

        var first = await index.ListAsync(SearchIndexes.Incidents, tenant, null, 3, default);
        var second = await index.ListAsync(SearchIndexes.Incidents, tenant, first[^1].Id, 3, default);
        Assert.Equal(documents.Where((_, place) => place != 2).Select(d => (d.Id, d.Version, d.Text)), first.Concat(second).Select(d => (d.Id, d.Version, d.Text)));

        var read = await index.ReadAsync(SearchIndexes.Incidents, tenant, [documents[1].Id, documents[2].Id, Guid.NewGuid()], default);
        Assert.Equal([(documents[1].Id, false), (documents[2].Id, true)], read.Select(d => (d.Id, d.IsDeleted)).OrderBy(d => d.IsDeleted));
    }

    [SkippableFact]
    public async Task Old_tombstones_are_forgotten_and_young_ones_and_documents_stay()
    {
        var index = new EmbeddedSearch(database.Functions);
        var (live, deleted) = (Document(tenant, 1), Document(tenant, 2));
        foreach (var document in new[] { live, deleted }) await index.UpsertAsync(document, default);
        await index.DeleteAsync(SearchIndexes.Incidents, tenant, deleted.Id, 2, default);

        await index.ForgetAsync(TimeProvider.System.GetUtcNow().AddDays(-1), 1000, default);
        Assert.Equal(2, (await index.ReadAsync(SearchIndexes.Incidents, tenant, [live.Id, deleted.Id], default)).Count);
        await index.ForgetAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), 1000, default);
        Assert.Equal([live.Id], (await index.ReadAsync(SearchIndexes.Incidents, tenant, [live.Id, deleted.Id], default)).Select(d => d.Id));
    }
}
