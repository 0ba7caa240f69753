using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DomainFlow.AwsEndpoints;
using DomainFlow.Topology;

namespace DomainFlow.Stores.Tests.Tables;

public sealed class DynamoSchemaTests(DynamoServer server) : IClassFixture<DynamoServer>
{
    private readonly string prefix = $"s{Guid.NewGuid():n}-";

    private DynamoSchema Schema => new(server.Client, name => prefix + name, TimeProvider.System);

    [SkippableFact]
    public async Task All_tables_of_the_system_map_are_made_once_however_often_and_by_however_many()
    {
        var schema = Schema;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => schema.EnsureAsync(SystemMap.Tables, default)));
        await schema.EnsureAsync(SystemMap.Tables, default);
        foreach (var table in SystemMap.Tables)
        {
            var made = await DescribeAsync(table.Name);
            Assert.Equal(TableStatus.ACTIVE, made.TableStatus);
            Assert.Equal(Keys(table.PartitionKey, table.SortKey), Keys(made.KeySchema));
            Assert.Equal(
                table.Indexes.Select(index => (index.Name, Keys(index.PartitionKey, index.SortKey), Projection(index.Projection))).Order(),
                (made.GlobalSecondaryIndexes ?? []).Select(index => (index.IndexName, Keys(index.KeySchema), index.Projection.ProjectionType.Value)).Order());
            Assert.Equal(table.Stream != StreamView.None, made.StreamSpecification?.StreamEnabled == true);
            Assert.Equal(table.Stream == StreamView.KeysOnly, made.StreamSpecification?.StreamViewType == StreamViewType.KEYS_ONLY);
            var expiry = await server.Client.DescribeTimeToLiveAsync(new DescribeTimeToLiveRequest { TableName = prefix + table.Name });
            Assert.Equal(table.TimeToLive, expiry.TimeToLiveDescription.AttributeName);
        }
    }

    [SkippableFact]
    public async Task What_a_table_lacks_is_added_to_it()
    {
        var before = new TableDefinition("grown", "id", null, [new("first", "a", "b")]);
        await Schema.EnsureAsync([before], default);
        var item = new Dictionary<string, AttributeValue> { ["id"] = new("1"), ["a"] = new("1"), ["c"] = new("1") };
        await server.Client.PutItemAsync(prefix + "grown", item);
        var after = new TableDefinition(
            "grown",
            "id",
            null,
            [new("first", "a", "b"), new("second", "c", null, IndexProjection.KeysAndTenant), new("third", "c", "a")],
            StreamView.KeysOnly,
            "expires_at");
        await Schema.EnsureAsync([after], default);
        var made = await DescribeAsync("grown");
        Assert.Equal(["first", "second", "third"], made.GlobalSecondaryIndexes.Select(index => index.IndexName).Order(StringComparer.Ordinal));
        Assert.Equal(["tenant_id"], made.GlobalSecondaryIndexes.Single(index => index.IndexName == "second").Projection.NonKeyAttributes);
        Assert.True(made.StreamSpecification.StreamEnabled);
        Assert.NotNull((await server.Client.GetItemAsync(prefix + "grown", new() { ["id"] = new("1") })).Item);
    }

    [SkippableFact]
    public async Task A_table_or_an_index_of_another_shape_is_named_and_left_alone()
    {
        await Schema.EnsureAsync([new TableDefinition("bent", "id", null, [new("first", "a")])], default);
        var otherKey = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Schema.EnsureAsync([new TableDefinition("bent", "id", "sort", [new("first", "a")])], default));
        Assert.Contains("bent", otherKey.Message, StringComparison.Ordinal);
        var otherProjection = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Schema.EnsureAsync([new TableDefinition("bent", "id", null, [new("first", "a", null, IndexProjection.KeysOnly)])], default));
        Assert.Contains("first", otherProjection.Message, StringComparison.Ordinal);
        Assert.Equal(ProjectionType.ALL, (await DescribeAsync("bent")).GlobalSecondaryIndexes.Single().Projection.ProjectionType);
    }

    [SkippableFact]
    public async Task It_waits_until_the_table_and_its_indexes_are_active()
    {
        var clock = new HastyClock();
        var wire = new ScriptedEndpoint().Plan(
            ScriptedEndpoint.Error("ResourceNotFoundException"),
            ScriptedEndpoint.Error("ResourceInUseException"),
            ScriptedEndpoint.Error("ResourceNotFoundException"),
            ScriptedEndpoint.Json(Described("CREATING", "CREATING")),
            ScriptedEndpoint.Json(Described("ACTIVE", "CREATING")),
            ScriptedEndpoint.Json(Described("ACTIVE", "ACTIVE")));
        var schema = new DynamoSchema(server.ClientOn(wire), name => name, clock);
        await schema.EnsureAsync([new TableDefinition("slow", "id", null, [new("first", "a")])], default);
        Assert.Equal(
            ["DescribeTable", "CreateTable", "DescribeTable", "DescribeTable", "DescribeTable", "DescribeTable"], wire.Calls.Select(call => call.Operation));
        Assert.Equal(3, clock.Waits.Count);
        Assert.True(clock.Waits[0] < clock.Waits[2]);
    }

    private static string Described(string table, string index) =>
        $$$"""
        {"Table": {"TableName": "slow", "TableStatus": "{{{table}}}", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "GlobalSecondaryIndexes": [
          {"IndexName": "first", "IndexStatus": "{{{index}}}", "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}]}}
        """;

    private async Task<TableDescription> DescribeAsync(string table) => (await server.Client.DescribeTableAsync(prefix + table)).Table;

    private static string Keys(string partition, string? sort) => sort is null ? partition : $"{partition} {sort}";

    private static string Keys(List<KeySchemaElement> keys) =>
        string.Join(' ', keys.OrderBy(key => key.KeyType == KeyType.RANGE).Select(key => key.AttributeName));

    private static string Projection(IndexProjection projection) => projection switch
    {
        IndexProjection.All => "ALL",
        IndexProjection.KeysOnly => "KEYS_ONLY",
        _ => "INCLUDE",
    };
}
