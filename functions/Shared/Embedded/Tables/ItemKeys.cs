using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Embedded.Tables;

/// <summary>Reads key attributes as DynamoDB takes them: strings, not empty.</summary>
internal static class ItemKeys
{
    public const string TenantId = "tenant_id";

    /// <exception cref="ArgumentException">A part of the key is missing, empty or too much.</exception>
    public static (string Partition, string Sort) Of(TableDefinition table, ItemKey key)
    {
        if (table.SortKey is null != key.Sort is null)
            throw new ArgumentException($"A key of {table.Name} has {(table.SortKey is null ? "no" : "a")} sort key.", nameof(key));
        return (
            Check(key.Partition, table.PartitionKey, table.Name, isSort: false),
            key.Sort is null ? "" : Check(key.Sort, table.SortKey!, table.Name, isSort: true));
    }

    public static string Required(JsonElement item, string attribute, string table, bool isSort) =>
        Optional(item, attribute, table, isSort) ?? throw new ArgumentException($"An item of {table} must hold the key {attribute}.", nameof(item));

    /// <summary>The attribute's value; null where the item lacks it.</summary>
    /// <exception cref="ArgumentException">It is there and not a string, empty or too long.</exception>
    public static string? Optional(JsonElement item, string attribute, string table, bool isSort)
    {
        if (!item.TryGetProperty(attribute, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new ArgumentException($"The key {attribute} of an item of {table} must be a string, not {value.ValueKind}.", nameof(item));
        return Check(value.GetString()!, attribute, table, isSort);
    }

    public static string Check(string value, string attribute, string table, bool isSort) =>
        ItemLimits.KeyProblem(value, isSort) is { } problem
            ? throw new ArgumentException($"The key {attribute} of {table} {problem}.", nameof(value))
            : value;

    /// <summary>JSON of the key attributes; null where the table has no stream.</summary>
    public static string? ForStream(TableDefinition table, string partition, string sort)
    {
        if (table.Stream == StreamView.None)
            return null;
        var keys = new JsonObject { [table.PartitionKey] = partition };
        if (table.SortKey is not null)
            keys[table.SortKey] = sort;
        return keys.ToJsonString();
    }

    /// <summary>What an index that projects keys only gives: its keys, the table's, and <c>tenant_id</c>.</summary>
    public static JsonObject Project(JsonObject item, TableDefinition table, IndexDefinition index)
    {
        var kept = new JsonObject();
        foreach (var attribute in new[] { table.PartitionKey, table.SortKey, index.PartitionKey, index.SortKey, TenantId })
        {
            if (attribute is not null)
                kept[attribute] = item[attribute]?.DeepClone();
        }

        return kept;
    }
}
