using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Topology;

namespace DomainFlow.AwsEndpoints;

/// <summary>A table of the system map in DynamoDB's words.</summary>
internal static class TableShape
{
    public static CreateTableRequest Create(TableDefinition table, string name) => new()
    {
        TableName = name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = Attributes(table),
        KeySchema = Keys(table.PartitionKey, table.SortKey),
        GlobalSecondaryIndexes = table.Indexes.Count == 0 ? null : [.. table.Indexes.Select(Index)],
        StreamSpecification = Stream(table),
    };

    // DynamoDB refuses an attribute that is declared and in no key.
    public static List<AttributeDefinition> Attributes(TableDefinition table) =>
    [
        .. table.Indexes.SelectMany(index => new[] { index.PartitionKey, index.SortKey })
            .Prepend(table.SortKey)
            .Prepend(table.PartitionKey)
            .OfType<string>()
            .Distinct()
            .Select(name => new AttributeDefinition(name, ScalarAttributeType.S)),
    ];

    public static List<KeySchemaElement> Keys(string partition, string? sort)
    {
        var key = new KeySchemaElement(partition, KeyType.HASH);
        return sort is null ? [key] : [key, new KeySchemaElement(sort, KeyType.RANGE)];
    }

    public static CreateGlobalSecondaryIndexAction Add(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.PartitionKey, index.SortKey),
        Projection = Of(index.Projection),
    };

    public static Projection Of(IndexProjection projection) => projection switch
    {
        IndexProjection.All => new() { ProjectionType = ProjectionType.ALL },
        IndexProjection.KeysOnly => new() { ProjectionType = ProjectionType.KEYS_ONLY },
        IndexProjection.KeysAndTenant => new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["tenant_id"] },
        _ => throw new InvalidOperationException($"No projection {projection}."),
    };

    public static StreamSpecification? Stream(TableDefinition table) => table.Stream switch
    {
        StreamView.None => null,
        StreamView.KeysOnly => new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY },
        StreamView.NewAndOldImages => new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES },
        _ => throw new InvalidOperationException($"No stream view {table.Stream}."),
    };

    /// <summary>A key and a projection in one line, to compare and to tell.</summary>
    public static string Text(List<KeySchemaElement> keys, Projection? projection = null)
    {
        var text = string.Join(", ", keys.OrderBy(key => key.KeyType.Value, StringComparer.Ordinal).Select(key => $"{key.AttributeName} ({key.KeyType})"));
        return projection is null ? text
            : $"{text}; {projection.ProjectionType} {string.Join(", ", (projection.NonKeyAttributes ?? []).Order(StringComparer.Ordinal))}".TrimEnd();
    }

    private static GlobalSecondaryIndex Index(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.PartitionKey, index.SortKey),
        Projection = Of(index.Projection),
    };
}
