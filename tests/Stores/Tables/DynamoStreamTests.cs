using System.Text.Json.Nodes;
using DomainFlow.AwsEndpoints;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Topology;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>The stream of a real server: every change of an item, in its order, from wherever a reader stopped.</summary>
public sealed class DynamoStreamTests(DynamoServer server) : IClassFixture<DynamoServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Guid tenant = Guid.NewGuid();
    private readonly string name = $"stream-{Guid.NewGuid():n}";

    private TableDefinition Definition => All[0] with { Name = name };

    [SkippableFact]
    public async Task Every_change_of_an_item_is_told_in_its_order_as_a_pipe_tells_it()
    {
        var (store, id) = (await StoreAsync(), NewId());
        await store.WriteAsync(Put(id, 1), tenant, default);
        await store.WriteAsync(Put(id, 2, WriteCondition.IfVersion(1)), tenant, default);
        await store.WriteAsync(Put(id, 2, WriteCondition.IfVersion(9)), tenant, default);
        await store.WriteAsync(new TableWrite.Delete(name, new ItemKey(id), WriteCondition.None), tenant, default);
        var (changes, _) = await ReadAsync(null, 3);
        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], changes.Select(change => change.Event));
        var message = JsonNode.Parse(changes[0].ToMessage());
        var expected = new JsonObject { ["table"] = name, ["event"] = "INSERT", ["keys"] = new JsonObject { ["thing_id"] = id } };
        Assert.True(JsonNode.DeepEquals(expected, message), $"{message}");
    }

    [SkippableFact]
    public async Task A_reader_goes_on_where_its_checkpoint_says()
    {
        var store = await StoreAsync();
        var ids = Enumerable.Range(0, 60).Select(_ => NewId()).ToList();
        var seen = new List<string>();
        string? checkpoint = null;
        for (var round = 0; round < 3; round++)
        {
            foreach (var id in ids.Skip(round * 20).Take(20))
                await store.WriteAsync(Put(id, 1), tenant, default);
            var (changes, last) = await ReadAsync(checkpoint is null ? null : StreamCheckpoint.Parse(checkpoint), 20);
            seen.AddRange(changes.Select(change => (string)change.Keys["thing_id"]!));
            checkpoint = last.ToJson();
        }

        Assert.Equal(ids, seen);
    }

    [SkippableFact]
    public async Task A_reader_that_waits_is_given_what_is_written_meanwhile()
    {
        var (store, id) = (await StoreAsync(), NewId());
        var reading = ReadAsync(null, 2);
        await store.WriteAsync(Put(id, 1), tenant, default);
        await store.WriteAsync(Put(id, 2), tenant, default);
        Assert.Equal(["INSERT", "MODIFY"], (await reading).Changes.Select(change => change.Event));
    }

    [SkippableFact]
    public async Task A_checkpoint_of_another_stream_reads_from_the_beginning()
    {
        var (store, id) = (await StoreAsync(), NewId());
        await store.WriteAsync(Put(id, 1), tenant, default);
        var (_, last) = await ReadAsync(null, 1);
        var (changes, _) = await ReadAsync(last with { Stream = last.Stream + "-before" }, 1);
        Assert.Equal(id, (string)changes[0].Keys["thing_id"]!);
    }

    [SkippableFact]
    public async Task A_table_without_a_stream_is_named()
    {
        await new DynamoSchema(server.Client, table => name, TimeProvider.System).EnsureAsync([Definition with { Stream = StreamView.None }], default);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(OpenAsync);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private TableWrite Put(string id, long version, WriteCondition? condition = null) =>
        new TableWrite.Put(name, Thing(tenant, id, version), condition ?? WriteCondition.None);

    private async Task<ITableStore> StoreAsync()
    {
        await new DynamoSchema(server.Client, table => table, TimeProvider.System).EnsureAsync([Definition], default);
        return new Aws.Tables.DynamoTables(server.Client, new Dictionary<string, string> { [name] = name }, TimeProvider.System, null, [Definition]);
    }

    private Task<DynamoStream> OpenAsync() => DynamoStream.OpenAsync(server.Client, server.Streams, Definition, name, TimeProvider.System, default);

    private async Task<(List<TableChange> Changes, StreamCheckpoint Last)> ReadAsync(StreamCheckpoint? from, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var changes = new List<TableChange>();
        await foreach (var batch in (await OpenAsync()).ReadAsync(from, patience.Token))
        {
            changes.AddRange(batch.Changes);
            Assert.NotEmpty(batch.Changes);
            if (changes.Count >= count)
                return (changes, batch.Checkpoint);
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
