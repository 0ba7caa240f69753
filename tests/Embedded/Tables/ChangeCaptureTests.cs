using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;
using Npgsql;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Embedded.Tests.Tables;

/// <summary>The rows that the local host moves into its queues: one for each write that changed something.</summary>
public sealed class ChangeCaptureTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly Guid tenant = Guid.NewGuid();
    private readonly string id = NewId();
    private readonly ManualClock clock = new();

    private EmbeddedTables Store => new(database.Functions, clock, All);

    [SkippableFact]
    public async Task Every_committed_write_leaves_one_change()
    {
        await Store.WriteAsync(Put(Thing(tenant, id, 1)), tenant, default);
        await Store.WriteAsync(Put(Thing(tenant, id, 2), WriteCondition.IfVersion(1)), tenant, default);
        await Store.WriteAsync(Delete(id), tenant, default);
        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], await EventsAsync(id));
    }

    [SkippableFact]
    public async Task Items_deleted_at_once_leave_a_change_each()
    {
        var other = NewId();
        foreach (var thing in new[] { id, other })
            await Store.WriteAsync(Put(Thing(tenant, thing, 1)), tenant, default);
        await Store.DeleteManyAsync(Things, [new ItemKey(id), new ItemKey(other), new ItemKey(NewId())], tenant, default);
        Assert.Equal(["INSERT", "REMOVE"], await EventsAsync(id));
        Assert.Equal(["INSERT", "REMOVE"], await EventsAsync(other));
    }

    [SkippableFact]
    public async Task A_put_that_leaves_the_item_equal_leaves_no_change()
    {
        var item = (JsonObject)JsonNode.Parse($$"""{"thing_id": "{{id}}", "tenant_id": "{{tenant}}", "version": 1, "place": [1.50, 2]}""")!;
        var same = (JsonObject)JsonNode.Parse($$"""{"place": [1.5, 2.0], "version": 1, "tenant_id": "{{tenant}}", "thing_id": "{{id}}"}""")!;
        Assert.True(await Store.WriteAsync(Put(item), tenant, default));
        Assert.True(await Store.WriteAsync(Put(same), tenant, default));
        Assert.Equal(["INSERT"], await EventsAsync(id));
    }

    [SkippableFact]
    public async Task What_is_refused_or_touches_nothing_leaves_no_change()
    {
        await Store.WriteAsync(Put(Thing(tenant, id), WriteCondition.IfVersion(1)), tenant, default);
        await Store.WriteAsync(Delete(id), tenant, default);
        await Store.TransactAsync([Put(Thing(tenant, id)), Put(Thing(tenant, NewId()), WriteCondition.IfVersion(1))], tenant, default);
        Assert.Empty(await EventsAsync(id));
    }

    [SkippableFact]
    public async Task A_table_without_a_stream_leaves_no_change()
    {
        var item = Thing(tenant, id);
        item["part_id"] = "a";
        await Store.WriteAsync(new TableWrite.Put(Parts, item, WriteCondition.None), tenant, default);
        Assert.Empty(await EventsAsync(id));
    }

    [SkippableFact]
    public async Task Parallel_writers_leave_as_many_changes_as_versions()
    {
        var store = Store;
        await store.WriteAsync(Put(Thing(tenant, id, 0)), tenant, default);
        var written = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(
            () => store.WriteAsync(Put(Thing(tenant, id, (i % 10) + 1), WriteCondition.IfVersion(i % 10)), tenant, default))));
        Assert.Equal(1 + written.Count(done => done), (await EventsAsync(id)).Count);
    }

    [SkippableFact]
    public async Task A_listener_is_told_of_a_change()
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        await using (var listen = new NpgsqlCommand("LISTEN embedded_changes", connection))
            await listen.ExecuteNonQueryAsync();
        await Store.WriteAsync(Put(Thing(tenant, id)), tenant, default);
        Assert.True(await connection.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(["INSERT"], await EventsAsync(id));
    }

    [SkippableFact]
    public async Task Expired_items_are_deleted_with_a_change_when_the_host_asks()
    {
        var lasting = NewId();
        foreach (var (thing, seconds) in new[] { (id, 1), (lasting, 100) })
        {
            var item = Owned(tenant, thing, id, "1");
            item["expires_at"] = clock.Now.AddSeconds(seconds).ToUnixTimeSeconds();
            await Store.WriteAsync(Put(item), tenant, default);
        }

        await using var command = database.Owner.CreateCommand("SELECT embedded.delete_expired($1, 100)");
        command.Parameters.Add(new NpgsqlParameter { Value = clock.Now.AddSeconds(1).ToUnixTimeSeconds() });
        Assert.Equal(1, await command.ExecuteScalarAsync());
        Assert.Equal(["INSERT", "REMOVE"], await EventsAsync(id));
        Assert.Equal(["INSERT"], await EventsAsync(lasting));
    }

    private async Task<List<string>> EventsAsync(string thing)
    {
        await using var command = database.Owner.CreateCommand(
            "SELECT event FROM embedded.changes WHERE keys = jsonb_build_object('thing_id', $1) AND table_name = 'things' ORDER BY seq");
        command.Parameters.Add(new NpgsqlParameter { Value = thing });
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<string>();
        while (await reader.ReadAsync())
            events.Add(reader.GetString(0));
        return events;
    }
}
