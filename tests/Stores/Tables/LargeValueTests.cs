using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Aws.Tables;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>What DynamoDB cannot hold lies in objects: an item that is there always has its values, and values without an item go.</summary>
public sealed class LargeValueTests : IClassFixture<DynamoServer>
{
    private readonly DynamoServer server;
    private readonly Guid tenant = Guid.NewGuid();
    private readonly string id = NewId();
    private readonly ManualClock clock = new();
    private readonly ObjectsInMemory objects;
    private readonly List<Exception> leftBehind = [];

    public LargeValueTests(DynamoServer server) => (this.server, objects) = (server, new ObjectsInMemory(clock));

    private DynamoTables Store => server.Store(clock, new LargeValues(objects, "values", LeftBehind: leftBehind.Add));

    [SkippableFact]
    public async Task Only_the_largest_values_of_a_large_item_leave_it()
    {
        var item = Large(1);
        item["owner"] = new string('o', 1000);
        item["created_at"] = "1";
        item["medium"] = new string('m', 100_000);
        Assert.True(await Store.WriteAsync(Put(item), tenant, default));
        var stored = await RawAsync(id);
        Assert.Equal(
            ["created_at", "large_values", "medium", "owner", "tenant_id", "thing_id", "version"], stored.Keys.Order(StringComparer.Ordinal));
        var key = Assert.Single(objects.Keys);
        Assert.StartsWith($"item-values/{tenant}/things/{id}/", key, StringComparison.Ordinal);
        Assert.DoesNotContain('.', key);
        Assert.True(await Store.WriteAsync(Put(Thing(tenant, NewId())), tenant, default));
        Assert.Single(objects.Keys);
    }

    [SkippableFact]
    public async Task Values_of_an_item_that_expires_lie_where_objects_expire()
    {
        foreach (var (days, prefix) in new[] { (365, "expiring-item-values/"), (LargeValues.ExpiringDays, "item-values/") })
        {
            var item = Large(1);
            item["expires_at"] = clock.Now.AddDays(days).ToUnixTimeSeconds();
            Assert.True(await Store.WriteAsync(Put(item), tenant, default));
            Assert.StartsWith(prefix, Assert.Single(objects.Keys), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task What_is_replaced_or_deleted_or_refused_leaves_no_values_behind()
    {
        await Store.WriteAsync(Put(Large(1)), tenant, default);
        var first = Assert.Single(objects.Keys);
        Assert.False(await Store.WriteAsync(Put(Large(9), WriteCondition.IfVersion(8)), tenant, default));
        Assert.Equal([first], objects.Keys);
        Assert.True(await Store.WriteAsync(Put(Large(2), WriteCondition.IfVersion(1)), tenant, default));
        Assert.DoesNotContain(first, objects.Keys);
        Assert.Single(objects.Keys);
        Assert.True(await Store.WriteAsync(Put(Thing(tenant, id, 3)), tenant, default));
        Assert.Empty(objects.Keys);
        await Store.WriteAsync(Put(Large(4)), tenant, default);
        Assert.Single(objects.Keys);
        Assert.True(await Store.WriteAsync(Delete(id), tenant, default));
        Assert.Empty(objects.Keys);
        await Store.WriteAsync(Put(Large(5)), tenant, default);
        Assert.Single(objects.Keys);
        await Store.DeleteManyAsync(Things, [new ItemKey(id)], tenant, default);
        Assert.Empty(objects.Keys);
    }

    [SkippableFact]
    public async Task A_transaction_leaves_no_values_behind_either()
    {
        var other = Put(Thing(tenant, NewId()));
        Assert.Null(await Store.TransactAsync([Put(Large(1), WriteCondition.IfAbsent), other], tenant, default));
        var first = Assert.Single(objects.Keys);
        Assert.Equal(1, await Store.TransactAsync([other, Put(Large(3), WriteCondition.IfVersion(2))], tenant, default));
        Assert.Equal([first], objects.Keys);
        Assert.Null(await Store.TransactAsync([Put(Large(2), WriteCondition.IfVersion(1)), other], tenant, default));
        Assert.NotEqual(first, Assert.Single(objects.Keys));
        Assert.Null(await Store.TransactAsync([Delete(id, WriteCondition.IfVersion(2)), other], tenant, default));
        Assert.Empty(objects.Keys);
    }

    [SkippableFact]
    public async Task A_reader_whose_item_is_replaced_meanwhile_reads_the_new_one()
    {
        var store = Store;
        var item = Large(1);
        (item["owner"], item["created_at"]) = (id, "1");
        await store.WriteAsync(Put(item), tenant, default);
        foreach (var version in new[] { 2, 3 })
        {
            objects.BeforeRead = async _ =>
            {
                objects.BeforeRead = _ => Task.CompletedTask;
                item["version"] = version;
                Assert.True(await store.WriteAsync(Put(item, WriteCondition.IfVersion(version - 1)), tenant, default));
            };
            var read = version == 2
                ? await store.GetAsync(Things, new ItemKey(id), tenant, default)
                : Assert.Single((await store.QueryAsync(Things, new ItemQuery(ByOwner, id), tenant, default)).Items);
            Assert.True(JsonNode.DeepEquals(item, read));
        }
    }

    [SkippableFact]
    public async Task Readers_beside_a_writer_always_find_whole_items()
    {
        var store = Store;
        await store.WriteAsync(Put(Large(1)), tenant, default);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var read = 0;
            for (long last = 0; !done.IsCancellationRequested; read++)
            {
                var item = (await store.GetAsync(Things, new ItemKey(id), tenant, default))!;
                Assert.InRange((long)item["version"]!, last, 41);
                Assert.Equal((long)item["version"]!, (long)item["log"]![0]!);
                last = (long)item["version"]!;
            }

            return read;
        })).ToList();
        for (var version = 2; version <= 41; version++)
            Assert.True(await store.WriteAsync(Put(Large(version), WriteCondition.IfVersion(version - 1)), tenant, default));
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), read => Assert.True(read > 0));
        Assert.Single(objects.Keys);
    }

    [SkippableFact]
    public async Task A_query_gives_the_values_too()
    {
        var item = Large(1);
        (item["owner"], item["created_at"]) = (id, "1");
        await Store.WriteAsync(Put(item), tenant, default);
        Assert.True(JsonNode.DeepEquals(item, Assert.Single((await Store.QueryAsync(Things, new ItemQuery(ByOwner, id), tenant, default)).Items)));
    }

    [SkippableFact]
    public async Task Values_of_another_tenant_are_never_fetched()
    {
        var (stranger, theirs) = (Guid.NewGuid(), NewId());
        await Store.WriteAsync(Put(Large(1, stranger, theirs)), stranger, default);
        var forged = (await RawAsync(theirs))["large_values"];
        await server.Client.PutItemAsync(new PutItemRequest
        {
            TableName = DynamoServer.PhysicalName(Things),
            Item = new() { ["thing_id"] = new() { S = id }, ["tenant_id"] = new() { S = $"{tenant}" }, ["large_values"] = forged },
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.GetAsync(Things, new ItemKey(id), tenant, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.GetForWorkerAsync(Things, new ItemKey(id), default));
        var item = Thing(tenant, NewId());
        item["large_values"] = JsonNode.Parse("""{"key": "x", "bytes": 1}""");
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(item), tenant, default));
    }

    [SkippableFact]
    public async Task Values_that_are_not_what_was_written_are_not_read()
    {
        await Store.WriteAsync(Put(Large(1)), tenant, default);
        var key = Assert.Single(objects.Keys);
        var content = (await objects.ReadStartAsync("values", key, int.MaxValue, default))!;
        content[^10]++;
        await objects.PutAsync("values", key, "application/json", content, default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.GetAsync(Things, new ItemKey(id), tenant, default));
    }

    [SkippableFact]
    public async Task A_write_whose_answer_was_lost_keeps_its_values()
    {
        var wire = new ScriptedEndpoint().Plan(ScriptedEndpoint.LostAnswer);
        var store = new DynamoTables(
            server.ClientOn(wire), DynamoServer.PhysicalNames(All), new HastyClock(), new LargeValues(objects, "values"), All);
        Assert.True(await store.WriteAsync(Put(Large(1), WriteCondition.IfAbsent), tenant, default));
        Assert.True(JsonNode.DeepEquals(Large(1), await store.GetAsync(Things, new ItemKey(id), tenant, default)));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_over_another_whose_answer_was_lost_keeps_its_values(bool isTheSameVersion)
    {
        await Store.WriteAsync(Put(Large(1)), tenant, default);
        var wire = new ScriptedEndpoint().Plan(ScriptedEndpoint.LostAnswer);
        var store = new DynamoTables(
            server.ClientOn(wire), DynamoServer.PhysicalNames(All), new HastyClock(), new LargeValues(objects, "values"), All);
        var next = Large(1);
        next["note"] = "again";
        Assert.True(await store.WriteAsync(Put(next, isTheSameVersion ? WriteCondition.IfVersion(1) : null), tenant, default));
        Assert.Equal(2, wire.Calls.Count(call => call.Operation == "PutItem"));
        Assert.True(JsonNode.DeepEquals(next, await store.GetAsync(Things, new ItemKey(id), tenant, default)));
    }

    [SkippableFact]
    public async Task What_a_crash_left_behind_is_found_and_nothing_else()
    {
        await Store.WriteAsync(Put(Large(1)), tenant, default);
        objects.FailDeletesWith = new IOException("the bucket is away");
        Assert.True(await Store.WriteAsync(Put(Large(2)), tenant, default));
        Assert.IsType<IOException>(Assert.Single(leftBehind));
        Assert.Equal(2, objects.Keys.Count);
        var expiring = Large(1, tenant, NewId());
        expiring["expires_at"] = clock.Now.AddDays(1).ToUnixTimeSeconds();
        Assert.True(await Store.WriteAsync(Put(expiring), tenant, default));
        Assert.True(await Store.WriteAsync(Delete((string)expiring["thing_id"]!), tenant, default));
        var stranger = Guid.NewGuid();
        await Store.WriteAsync(Put(Large(1, stranger, NewId())), stranger, default);
        await objects.PutAsync("values", $"item-values/{tenant}/elsewhere/{id}/0", "", default, default);
        await objects.PutAsync("values", $"item-values/{tenant}/parts/{id}/a%2Fb/0", "", default, default);

        foreach (var first in new[] { tenant, stranger, Guid.Empty, Guid.AllBitsSet, Guid.NewGuid() })
        {
            var all = await Store.StoredValuesAsync(first, default).ToListAsync();
            Assert.Equal(objects.Keys, all.Select(value => value.Stored.Key).Order(StringComparer.Ordinal));
            // Of the two items as they are, and of a table that this store was not given.
            Assert.Equal(3, all.Count(value => value.IsNamed));
            Assert.Contains(all, value => value.IsNamed && value.Stored.Key.Contains("/elsewhere/", StringComparison.Ordinal));
        }

        Assert.Contains($"/{stranger}/", (await Store.StoredValuesAsync(stranger, default).FirstAsync()).Stored.Key, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_a_place_for_them_large_items_are_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => server.Store(clock).WriteAsync(Put(Large(1)), tenant, default));
        Assert.Contains($"{LargeValues.MaxInlineBytes}", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Nesting_and_numbers_that_DynamoDB_counts_higher_still_fit()
    {
        var item = Thing(tenant, id);
        item["ones"] = new JsonArray([.. Enumerable.Range(0, 40_000).Select(_ => (JsonNode)1)]);
        item["empty"] = new JsonArray([.. Enumerable.Range(0, 40_000).Select(_ => new JsonObject())]);
        item["negative"] = new JsonArray([.. Enumerable.Range(0, 18_000).Select(_ => (JsonNode)(-1))]);
        Assert.InRange(item.ToJsonString().Length, LargeValues.MaxInlineBytes - 10_000, LargeValues.MaxInlineBytes);
        Assert.True(await Store.WriteAsync(Put(item), tenant, default));
        Assert.Empty(objects.Keys);
    }

    private JsonObject Large(long version) => Large(version, tenant, id);

    private static JsonObject Large(long version, Guid tenant, string id)
    {
        var item = Thing(tenant, id, version);
        item["log"] = new JsonArray(version, new string('ö', 200_000));
        return item;
    }

    private async Task<Dictionary<string, AttributeValue>> RawAsync(string thing)
    {
        var request = new GetItemRequest { TableName = DynamoServer.PhysicalName(Things), Key = new() { ["thing_id"] = new() { S = thing } } };
        return (await server.Client.GetItemAsync(request)).Item;
    }
}
