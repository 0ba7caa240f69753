using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Support;
using DomainFlow.Topology;

namespace DomainFlow.Embedded.Tests.Tables;

/// <summary>What the sweeper reads: keys of all tenants' unfinished items, and nothing else of theirs.</summary>
public sealed class UnfinishedTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task Unfinished_items_of_all_tenants_are_listed_by_their_keys_and_tenant_alone()
    {
        var store = new EmbeddedTables(database.Functions, TimeProvider.System);
        var shard = Guid.NewGuid().ToString();
        var (first, second) = (await PutAsync(store, shard, "2026-01-01T00:00:00.000Z"), await PutAsync(store, shard, "2026-01-02T00:00:00.000Z"));
        await PutAsync(store, shard, "2026-02-01T00:00:00.000Z");

        var page = await store.QueryForWorkerAsync(Topology.Tables.Reports, new(Topology.Tables.UnfinishedIndex, shard, To: "2026-01-31", Limit: 1), default);
        var next = await store.QueryForWorkerAsync(
            Topology.Tables.Reports, new(Topology.Tables.UnfinishedIndex, shard, To: "2026-01-31", Limit: 1, Position: page.Next), default);
        Assert.Equal([first, second], [.. page.Items.Concat(next.Items).Select(item => (string)item["incident_id"]!)]);
        Assert.Null(next.Next);
        Assert.Equal(["incident_id", "tenant_id", "unfinished_shard", "updated_at"], page.Items[0].Select(member => member.Key).Order());
    }

    [SkippableFact]
    public async Task No_other_index_is_read_over_all_tenants()
    {
        var store = new EmbeddedTables(database.Functions, TimeProvider.System);
        var query = new ItemQuery(Topology.Tables.TenantDomainIndex, Guid.NewGuid().ToString());
        await Assert.ThrowsAsync<ArgumentException>(() => store.QueryForWorkerAsync(Topology.Tables.Reports, query, default));
    }

    private static async Task<string> PutAsync(EmbeddedTables store, string shard, string updatedAt)
    {
        var (id, tenant) = (Guid.NewGuid().ToString(), Guid.NewGuid());
        var item = new JsonObject
        {
            ["incident_id"] = id,
            ["tenant_id"] = tenant.ToString(),
            ["unfinished_shard"] = shard,
            ["updated_at"] = updatedAt,
            ["raw_text"] = "private",
        };
        Assert.True(await store.WriteAsync(new TableWrite.Put(Topology.Tables.Reports, item, WriteCondition.IfAbsent), tenant, default));
        return id;
    }
}
