using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Aws.Tables;

/// <summary>A table of the system's map under its physical name: what its keys, owner and expiry are in an item.</summary>
internal sealed record DynamoTable(TableDefinition Definition, string PhysicalName)
{
    public const string TenantId = "tenant_id";
    public const string Version = "version";

    public string Name => Definition.Name;

    /// <exception cref="ArgumentException">A part of the key is missing, empty, too long or too much.</exception>
    public Dictionary<string, AttributeValue> Key(ItemKey key)
    {
        if (Definition.SortKey is null != key.Sort is null)
            throw new ArgumentException($"A key of {Name} has {(Definition.SortKey is null ? "no" : "a")} sort key.", nameof(key));
        return Key(Check(key.Partition, Definition.PartitionKey, isSort: false), key.Sort is null ? null : Check(key.Sort, Definition.SortKey!, isSort: true));
    }

    /// <summary>The key of an item that is written; its keys in indexes are checked with it.</summary>
    /// <exception cref="ArgumentException">The item lacks a key, or one of its keys is no text that could be one.</exception>
    public Dictionary<string, AttributeValue> KeyOf(JsonElement item)
    {
        foreach (var index in Definition.Indexes)
        {
            Optional(item, index.PartitionKey, isSort: false);
            if (index.SortKey is not null)
                Optional(item, index.SortKey, isSort: true);
        }

        return Key(
            Required(item, Definition.PartitionKey, isSort: false),
            Definition.SortKey is null ? null : Required(item, Definition.SortKey, isSort: true));
    }

    /// <summary>The key of an item that was read.</summary>
    public Dictionary<string, AttributeValue> KeyOf(IReadOnlyDictionary<string, AttributeValue> item) =>
        Key(item[Definition.PartitionKey].S, Definition.SortKey is { } sort ? item[sort].S : null);

    /// <summary>Whether the attribute stands in a key, says whose the item is, or decides over conditions: it is never moved elsewhere.</summary>
    public bool Needs(string attribute) =>
        attribute is TenantId or Version || attribute == Definition.TimeToLive || attribute == Definition.PartitionKey || attribute == Definition.SortKey
            || Definition.Indexes.Any(index => attribute == index.PartitionKey || attribute == index.SortKey);

    /// <summary>Whether a caller may see the item: it is the tenant's (null: whoever's) and has not expired.</summary>
    public bool Shows(IReadOnlyDictionary<string, AttributeValue> item, Guid? tenant, long now) =>
        (tenant is null || OwnerOf(item) == tenant.Value.ToString()) && !(ExpiryOf(item) <= now);

    public static string? OwnerOf(IReadOnlyDictionary<string, AttributeValue> item) => item.GetValueOrDefault(TenantId)?.S;

    /// <summary>Epoch seconds; null where the item does not expire, or an index does not tell.</summary>
    public decimal? ExpiryOf(IReadOnlyDictionary<string, AttributeValue> item) =>
        Definition.TimeToLive is { } attribute && item.GetValueOrDefault(attribute)?.N is { } number
            && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var expiry)
            ? expiry
            : null;

    public string Check(string value, string attribute, bool isSort) =>
        ItemLimits.KeyProblem(value, isSort) is { } problem ? throw new ArgumentException($"The key {attribute} of {Name} {problem}.", nameof(value)) : value;

    public Dictionary<string, AttributeValue> Key(string partition, string? sort)
    {
        var key = new Dictionary<string, AttributeValue> { [Definition.PartitionKey] = new() { S = partition } };
        if (Definition.SortKey is { } attribute)
            key[attribute] = new() { S = sort };
        return key;
    }

    private string Required(JsonElement item, string attribute, bool isSort) =>
        Optional(item, attribute, isSort) ?? throw new ArgumentException($"An item of {Name} must hold the key {attribute}.", nameof(item));

    private string? Optional(JsonElement item, string attribute, bool isSort)
    {
        if (!item.TryGetProperty(attribute, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new ArgumentException($"The key {attribute} of an item of {Name} must be a string, not {value.ValueKind}.", nameof(item));
        return Check(value.GetString()!, attribute, isSort);
    }
}
