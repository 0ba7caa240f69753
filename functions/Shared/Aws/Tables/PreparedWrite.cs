using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Aws.Tables;

/// <summary>A write, checked against its table's definition and made ready to be sent, alone or in a transaction.</summary>
/// <param name="Item">Null for a delete.</param>
/// <param name="Values">What is stored elsewhere before the item is.</param>
internal sealed record PreparedWrite(
    DynamoTable Table,
    Dictionary<string, AttributeValue> Key,
    Condition Condition,
    Dictionary<string, AttributeValue>? Item = null,
    StoredValues? Values = null)
{
    /// <summary>Nothing that an earlier write stored elsewhere is replaced by it.</summary>
    public bool IsNew { get; private init; }

    /// <summary>Equal for writes of one item.</summary>
    public (string Table, string Partition, string? Sort) Place =>
        (Table.Name, Key[Table.Definition.PartitionKey].S, Table.Definition.SortKey is { } sort ? Key[sort].S : null);

    /// <exception cref="ArgumentException">The item lacks a key, is not this tenant's, is too large, or holds what DynamoDB cannot.</exception>
    public static PreparedWrite From(TableWrite write, DynamoTable table, Guid tenant, DateTimeOffset now, LargeValues? large)
    {
        var condition = Condition.Of(write.Condition, table, tenant, now.ToUnixTimeSeconds());
        var isNew = write.Condition is WriteCondition.Absent;
        return write switch
        {
            TableWrite.Delete delete => new PreparedWrite(table, table.Key(delete.Key), condition),
            TableWrite.Put put => FromItem(put.Item, table, tenant, condition, now, large) with { IsNew = isNew },
            _ => throw new ArgumentException($"A write is a Put or a Delete, not {write.GetType().Name}.", nameof(write)),
        };
    }

    public PutItemRequest ToPut(bool returnReplaced) => new()
    {
        TableName = Table.PhysicalName,
        Item = Item,
        ConditionExpression = Condition.Expression,
        ExpressionAttributeNames = Condition.Names,
        ExpressionAttributeValues = ValuesOrNull,
        ReturnValues = returnReplaced ? ReturnValue.ALL_OLD : ReturnValue.NONE,
    };

    public DeleteItemRequest ToDelete(bool returnReplaced) => new()
    {
        TableName = Table.PhysicalName,
        Key = Key,
        ConditionExpression = Condition.Expression,
        ExpressionAttributeNames = Condition.Names,
        ExpressionAttributeValues = ValuesOrNull,
        ReturnValues = returnReplaced ? ReturnValue.ALL_OLD : ReturnValue.NONE,
    };

    public TransactWriteItem ToTransact() => Item is null
        ? new()
        {
            Delete = new()
            {
                TableName = Table.PhysicalName,
                Key = Key,
                ConditionExpression = Condition.Expression,
                ExpressionAttributeNames = Condition.Names,
                ExpressionAttributeValues = ValuesOrNull,
            },
        }
        : new()
        {
            Put = new()
            {
                TableName = Table.PhysicalName,
                Item = Item,
                ConditionExpression = Condition.Expression,
                ExpressionAttributeNames = Condition.Names,
                ExpressionAttributeValues = ValuesOrNull,
            },
        };

    /// <summary>Whether what is stored is what this write leaves there: an earlier try of it happened, though its answer was lost.</summary>
    public bool IsWhatIsStored(Dictionary<string, AttributeValue>? stored) => Item is null
        ? stored is null or { Count: 0 }
        : stored is { Count: > 0 } && JsonNode.DeepEquals(AttributeJson.Read(stored), AttributeJson.Read(Item));

    private Dictionary<string, AttributeValue>? ValuesOrNull => Condition.Values.Count == 0 ? null : Condition.Values;

    private static PreparedWrite FromItem(
        JsonObject put, DynamoTable table, Guid tenant, Condition condition, DateTimeOffset now, LargeValues? large)
    {
        var text = AttributeJson.Bytes(put);
        var most = large is null ? LargeValues.MaxInlineBytes : ItemLimits.MaxBytes;
        if (text.Length > most)
            throw new ArgumentException($"An item of {table.Name} takes {text.Length} bytes; at most {most} are allowed.", nameof(put));
        using var document = JsonDocument.Parse(text, ItemLimits.Parsing);
        var json = document.RootElement;
        if (ItemLimits.Problem(json) is { } problem)
            throw new ArgumentException($"An item of {table.Name} cannot be kept: {problem}.", nameof(put));
        if (!json.TryGetProperty(DynamoTable.TenantId, out var owner) || owner.ValueKind != JsonValueKind.String || owner.GetString() != tenant.ToString())
            throw new ArgumentException($"An item of {table.Name} must hold tenant_id {tenant}.", nameof(put));
        if (json.TryGetProperty(LargeValues.Attribute, out _))
            throw new ArgumentException($"An item of {table.Name} cannot hold {LargeValues.Attribute}: the name is the store's own.", nameof(put));
        var key = table.KeyOf(json);
        var item = AttributeJson.Write(json);
        return new PreparedWrite(table, key, condition, item, large?.TakeFrom(item, json, text.Length, table, now));
    }
}
