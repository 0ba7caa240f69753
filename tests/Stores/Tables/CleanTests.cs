using System.Text.Json.Nodes;
using Amazon.Lambda.TestUtilities;
using DomainFlow.Aws.Tables;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Support;
using DomainFlow.Hosting;
using DomainFlow.Upkeep;
using DomainFlow.Upkeep.UseCases;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>Values that no item names are deleted once nothing can name them any more, whoever they belong to.</summary>
public sealed class CleanTests(DynamoServer server) : IClassFixture<DynamoServer>
{
    private readonly ManualClock clock = new();
    private readonly TestLambdaContext context = new() { RemainingTime = TimeSpan.FromMinutes(2) };

    [SkippableFact]
    public async Task Old_values_without_an_item_go_and_all_others_stay()
    {
        var objects = new ObjectsInMemory(clock);
        var store = server.Store(clock, new LargeValues(objects, "values"));
        var kept = new List<JsonObject>();
        for (var i = 0; i < 3; i++)
        {
            kept.Add(Large(Guid.NewGuid()));
            await WriteAsync(store, kept[i]);
            objects.FailDeletesWith = new IOException("the bucket is away");
            var gone = Large(Guid.NewGuid());
            await WriteAsync(store, gone);
            Assert.True(await store.WriteAsync(Delete((string)gone["thing_id"]!), Owner(gone), default));
            objects.FailDeletesWith = null;
        }

        Assert.Equal((6, 0), await CleanAsync(store, objects, new()));
        clock.Now += TimeSpan.FromMinutes(59);
        var young = Large(Guid.NewGuid());
        await WriteAsync(store, young);
        await server.Client.DeleteItemAsync(DynamoServer.PhysicalName(Things), new() { ["thing_id"] = new() { S = (string)young["thing_id"]! } });
        clock.Now += TimeSpan.FromMinutes(1);

        Assert.Equal((7, 3), await CleanAsync(store, objects, new()));
        Assert.Equal(4, objects.Keys.Count);
        foreach (var item in kept)
            Assert.True(JsonNode.DeepEquals(item, await store.GetAsync(Things, new ItemKey((string)item["thing_id"]!), Owner(item), default)));
        clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal((4, 1), await CleanAsync(store, objects, new() { ["older_than_seconds"] = 300.0 }));
        Assert.Equal((3, 0), await CleanAsync(store, objects, new()));
    }

    [SkippableFact]
    public async Task It_ends_before_its_time_does_and_says_that_there_is_more()
    {
        var objects = new ObjectsInMemory(clock);
        var store = server.Store(clock, new LargeValues(objects, "values"));
        for (var i = 0; i < 3; i++)
            await WriteAsync(store, Large(Guid.NewGuid()));
        context.RemainingTime = TimeSpan.FromSeconds(15);
        using var invocation = new Invocation(context);
        var answer = await new Clean(store.StoredValuesAsync, objects, "values", clock).RunAsync(new([], "clean"), invocation);
        Assert.Equal((1, false), ((int)answer["looked_at"]!, (bool)answer["complete"]!));
    }

    [SkippableFact]
    public async Task Values_that_may_still_get_their_item_are_not_asked_for()
    {
        var objects = new ObjectsInMemory(clock);
        var wrong = await Assert.ThrowsAsync<PayloadException>(
            () => CleanAsync(server.Store(clock, new LargeValues(objects, "values")), objects, new() { ["older_than_seconds"] = 299.0 }));
        Assert.Equal("clean.older_than_seconds", wrong.Field);
    }

    private async Task<(int Looked, int Deleted)> CleanAsync(DynamoTables store, ObjectsInMemory objects, JsonObject asked)
    {
        using var invocation = new Invocation(context);
        var answer = await new Clean(store.StoredValuesAsync, objects, "values", clock).RunAsync(new(asked, "clean"), invocation);
        Assert.True((bool)answer["complete"]!);
        return ((int)answer["looked_at"]!, (int)answer["deleted"]!);
    }

    private static async Task WriteAsync(DynamoTables store, JsonObject item) => Assert.True(await store.WriteAsync(Put(item), Owner(item), default));

    private static Guid Owner(JsonObject item) => Guid.Parse((string)item["tenant_id"]!);

    private static JsonObject Large(Guid tenant)
    {
        var item = Thing(tenant, NewId());
        item["log"] = new string('x', LargeValues.MaxInlineBytes);
        return item;
    }
}
