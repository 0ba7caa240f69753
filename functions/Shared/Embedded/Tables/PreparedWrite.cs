using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Embedded.Tables;

/// <summary>A write, checked against its table's definition and taken apart into columns.</summary>
/// <param name="Item">The item's JSON; null for a delete.</param>
/// <param name="StreamKeys">JSON of the keys that a change names; null where the table has no stream.</param>
internal sealed record PreparedWrite(
    TableDefinition Table,
    string Partition,
    string Sort,
    WriteCondition Condition,
    string? Item = null,
    long? Version = null,
    long? ExpiresAt = null,
    string? StreamKeys = null)
{
    public IReadOnlyList<IndexEntry> Entries { get; init; } = [];

    /// <summary>Number of the advisory lock that stands for the item, whether it exists or not.</summary>
    public long LockNumber =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"embedded.items\n{Table.Name}\n{Partition}\n{Sort}")));

    /// <exception cref="ArgumentException">The item lacks a key, is not this tenant's, or is too large.</exception>
    public static PreparedWrite From(TableWrite write, TableDefinition table, Guid tenant) => write switch
    {
        TableWrite.Put put => FromItem(put, table, tenant),
        TableWrite.Delete delete => FromKey(delete, table),
        _ => throw new ArgumentException($"A write is a Put or a Delete, not {write.GetType().Name}.", nameof(write)),
    };

    private static PreparedWrite FromKey(TableWrite.Delete delete, TableDefinition table)
    {
        var (partition, sort) = ItemKeys.Of(table, delete.Key);
        return new PreparedWrite(table, partition, sort, delete.Condition, StreamKeys: ItemKeys.ForStream(table, partition, sort));
    }

    private static PreparedWrite FromItem(TableWrite.Put put, TableDefinition table, Guid tenant)
    {
        var json = ItemJson.Write(put.Item, table.Name);
        using var document = JsonDocument.Parse(json, ItemLimits.Parsing);
        var item = document.RootElement;
        if (ItemLimits.Problem(item) is { } problem)
            throw new ArgumentException($"An item of {table.Name} cannot be kept: {problem}.", nameof(put));
        if (!item.TryGetProperty(ItemKeys.TenantId, out var owner) || owner.ValueKind != JsonValueKind.String || owner.GetString() != tenant.ToString())
            throw new ArgumentException($"An item of {table.Name} must hold tenant_id {tenant}.", nameof(put));
        var partition = ItemKeys.Required(item, table.PartitionKey, table.Name, isSort: false);
        var sort = table.SortKey is null ? "" : ItemKeys.Required(item, table.SortKey, table.Name, isSort: true);
        return new PreparedWrite(table, partition, sort, put.Condition, json, Number(item, "version"))
        {
            ExpiresAt = table.TimeToLive is null ? null : Number(item, table.TimeToLive),
            StreamKeys = ItemKeys.ForStream(table, partition, sort),
            Entries = [.. table.Indexes.Select(index => Entry(item, index, table.Name)).OfType<IndexEntry>()],
        };
    }

    /// <summary>Null where the item lacks one of the index's keys: the index is sparse.</summary>
    private static IndexEntry? Entry(JsonElement item, IndexDefinition index, string table)
    {
        var partition = ItemKeys.Optional(item, index.PartitionKey, table, isSort: false);
        var sort = index.SortKey is null ? "" : ItemKeys.Optional(item, index.SortKey, table, isSort: true);
        return partition is null || sort is null ? null : new IndexEntry(index.Name, partition, sort);
    }

    private static long? Number(JsonElement item, string attribute) =>
        item.TryGetProperty(attribute, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;
}
