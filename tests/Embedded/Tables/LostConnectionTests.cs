using DomainFlow.Domain.Search;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Tables;

/// <summary>The server cuts every connection while they sleep in the pool: what comes next must not notice.</summary>
public sealed class LostConnectionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly Guid tenant = Guid.NewGuid();

    private EmbeddedTables Store => new(database.Functions, TimeProvider.System, ContractTables.All);

    [SkippableFact]
    public async Task An_item_is_read_though_the_pooled_connections_died()
    {
        var id = await StoredAsync();
        await CutAllAsync();
        Assert.NotNull(await Store.GetAsync(ContractTables.Things, new ItemKey(id), tenant, default));
    }

    [SkippableFact]
    public async Task A_query_is_answered_though_the_pooled_connections_died()
    {
        var id = ContractTables.NewId();
        await Store.WriteAsync(ContractTables.Put(ContractTables.Owned(tenant, id, "o", "1")), tenant, default);
        await CutAllAsync();
        Assert.Single((await Store.QueryAsync(ContractTables.Things, new ItemQuery(ContractTables.ByOwner, "o"), tenant, default)).Items);
    }

    [SkippableFact]
    public async Task An_item_is_written_once_though_the_pooled_connections_died()
    {
        var id = await StoredAsync();
        await CutAllAsync();
        Assert.True(await Store.WriteAsync(ContractTables.Put(ContractTables.Thing(tenant, id, 2), WriteCondition.IfVersion(1)), tenant, default));
        Assert.Equal(2, (long)(await Store.GetAsync(ContractTables.Things, new ItemKey(id), tenant, default))!["version"]!);
    }

    [SkippableFact]
    public async Task A_search_is_answered_though_the_pooled_connections_died()
    {
        var index = new EmbeddedSearch(database.Functions);
        var vector = new float[SearchIndexes.Dimensions];
        vector[0] = 1;
        var document = new SearchDocument("lost", tenant, Guid.NewGuid(), "d", "a lamp", vector, DateTimeOffset.UnixEpoch, 1);
        await StoredAsync();
        await CutAllAsync();
        await index.UpsertAsync(document, default);
        await CutAllAsync();
        Assert.Single(await index.SearchAsync(new SearchRequest("lost", tenant, null, "lamp", null, 5), default));
    }

    private async Task<string> StoredAsync()
    {
        var id = ContractTables.NewId();
        Assert.True(await Store.WriteAsync(ContractTables.Put(ContractTables.Thing(tenant, id)), tenant, default));
        return id;
    }

    private async Task CutAllAsync()
    {
        await using var command = database.Owner.CreateCommand(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync();
    }
}
