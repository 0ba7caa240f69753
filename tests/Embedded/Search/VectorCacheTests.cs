using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Search;
using DomainFlow.Embedded.Tests.Support;
using static DomainFlow.Embedded.Tests.Contracts.Corpus;

namespace DomainFlow.Embedded.Tests.Search;

public sealed class VectorCacheTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task The_tenant_used_longest_ago_leaves_first()
    {
        Guid[] tenants = [await FilledAsync(4), await FilledAsync(4), await FilledAsync(4)];
        var cache = new VectorCache(database.Functions, 8 * StoredVector.Bytes);
        foreach (var tenant in new[] { tenants[0], tenants[1], tenants[0], tenants[2] })
            Assert.Equal(4, (await cache.CurrentAsync(SearchIndexes.Incidents, tenant, default))!.Count);
        Assert.Equal([tenants[2], tenants[0]], cache.Kept);
    }

    [SkippableFact]
    public async Task A_tenant_that_outgrows_the_memory_is_not_kept()
    {
        var tenant = await FilledAsync(4);
        var cache = new VectorCache(database.Functions, 4 * StoredVector.Bytes);
        Assert.NotNull(await cache.CurrentAsync(SearchIndexes.Incidents, tenant, default));
        await new EmbeddedSearch(database.Functions).UpsertAsync(Document(tenant, 5), default);
        Assert.Equal(5, (await cache.CurrentAsync(SearchIndexes.Incidents, tenant, default))!.Count);
        Assert.Empty(cache.Kept);
        Assert.Null(await cache.CurrentAsync(SearchIndexes.Incidents, tenant, default));
    }

    private async Task<Guid> FilledAsync(int count)
    {
        var tenant = Guid.NewGuid();
        for (var i = 0; i < count; i++)
            await new EmbeddedSearch(database.Functions).UpsertAsync(Document(tenant, i), default);
        return tenant;
    }
}
