using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Domain.Objects;
using DomainFlow.Topology;

namespace DomainFlow.Aws.Tables;

/// <summary>
/// Where the values lie that would make an item too large for DynamoDB: one object for each such write, under a name that no other write
/// uses, so that an object that an item names is never changed under it. The object is stored before the item and deleted after the item
/// was replaced; what a crash leaves in between, <see cref="DynamoTables.StoredValuesAsync"/> finds.
/// </summary>
/// <param name="Bucket">Physical name.</param>
/// <param name="InlineBytes">
/// An item whose JSON takes more has its largest values moved. DynamoDB counts numbers and nesting at up to one and a half times their JSON:
/// 256 KiB stay under its 400 KB.
/// </param>
/// <param name="LeftBehind">Told when a replaced object could not be deleted: the write itself is done.</param>
public sealed record LargeValues(IObjectStore Objects, string Bucket, int InlineBytes = LargeValues.MaxInlineBytes, Action<Exception>? LeftBehind = null)
{
    public const int MaxInlineBytes = 256 * 1024;

    /// <summary>Prefix of the values of items that stay: <c>{prefix}{tenant}/{table}/{partition key}/[{sort key}/]{id}</c>.</summary>
    public const string Prefix = "item-values/";

    /// <summary>Prefix of the values of items that expire. A lifecycle rule deletes them: DynamoDB deletes expired items without telling us.</summary>
    public const string ExpiringPrefix = SystemMap.ExpiringItemValues;

    /// <summary>Age at which the lifecycle rule deletes what lies under <see cref="ExpiringPrefix"/>.</summary>
    public const int ExpiringDays = SystemMap.ExpiringItemValuesDays;

    /// <summary>Attribute of an item that names the object with its other attributes.</summary>
    internal const string Attribute = "large_values";

    private const int MaxKeyBytes = 1024;

    /// <summary>Takes the largest values that an item can spare out of it until it is small enough.</summary>
    /// <returns>The object to store before the item; null where the item is small enough as it is.</returns>
    /// <exception cref="ArgumentException">What must stay in the item is too large, or its key is too long for an object's.</exception>
    internal StoredValues? TakeFrom(Dictionary<string, AttributeValue> item, JsonElement json, int bytes, DynamoTable table, DateTimeOffset now)
    {
        if (bytes <= InlineBytes)
            return null;
        var spare = json.EnumerateObject()
            .Where(member => !table.Needs(member.Name))
            .Select(member => (member.Name, member.Value, Bytes: JsonMarshal.GetRawUtf8Value(member.Value).Length))
            .OrderByDescending(member => member.Bytes);
        var moved = new List<(string Name, JsonElement Value)>();
        foreach (var (name, value, size) in spare.TakeWhile(_ => bytes > InlineBytes))
        {
            moved.Add((name, value));
            item.Remove(name);
            bytes -= size;
        }

        if (bytes > InlineBytes)
            throw new ArgumentException($"The keys of an item of {table.Name} take {bytes} bytes; at most {InlineBytes} are allowed.", nameof(item));
        var content = AttributeJson.Bytes(writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, value) in moved)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
        var stored = new StoredValues(NewKey(item, table, now), content.Length, Convert.ToBase64String(SHA256.HashData(content.Span)));
        item[Attribute] = stored.ToAttribute();
        return stored with { Content = content };
    }

    internal async Task StoreAsync(StoredValues values, CancellationToken cancellationToken) =>
        await Objects.PutAsync(Bucket, values.Key, "application/json", values.Content, cancellationToken);

    /// <summary>The item's values that lie elsewhere; null where their object is gone, because the item was replaced since it was read.</summary>
    internal async Task<JsonObject?> ReadAsync(StoredValues values, string? owner, CancellationToken cancellationToken)
    {
        if (owner is null || !(values.Key.StartsWith($"{Prefix}{owner}/", StringComparison.Ordinal)
            || values.Key.StartsWith($"{ExpiringPrefix}{owner}/", StringComparison.Ordinal)))
            throw new InvalidOperationException("An item names large values that are not its tenant's.");
        var content = await Objects.ReadStartAsync(Bucket, values.Key, values.Bytes, cancellationToken);
        return content is null ? null
            : content.Length == values.Bytes && Convert.ToBase64String(SHA256.HashData(content)) == values.Sha256 ? JsonNode.Parse(content)!.AsObject()
            : throw new InvalidOperationException($"The object {values.Key} is not what its item names: {content.Length} of {values.Bytes} bytes, or others.");
    }

    /// <summary>Deletes what no item names any more. The write that made it so is done: a failure here is told, not thrown.</summary>
    internal async Task DropAsync(StoredValues? values, CancellationToken cancellationToken)
    {
        if (values is null)
            return;
        try
        {
            await Objects.DeleteAsync(Bucket, values.Key, null, cancellationToken);
        }
        catch (Exception e)
        {
            LeftBehind?.Invoke(e);
        }
    }

    private static string NewKey(Dictionary<string, AttributeValue> item, DynamoTable table, DateTimeOffset now)
    {
        var soon = (decimal)(now + TimeSpan.FromDays(ExpiringDays - 1)).ToUnixTimeSeconds();
        var prefix = table.ExpiryOf(item) <= soon ? ExpiringPrefix : Prefix;
        var parts = new[] { table.Definition.PartitionKey, table.Definition.SortKey }.OfType<string>().Select(name => Uri.EscapeDataString(item[name].S));
        var key = $"{prefix}{DynamoTable.OwnerOf(item)}/{table.Name}/{string.Join('/', parts)}/{Guid.NewGuid():n}";
        return key.Length <= MaxKeyBytes ? key
            : throw new ArgumentException($"The key of an item of {table.Name} is too long for an item with large values.", nameof(item));
    }
}

/// <summary>An object with an item's values.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of its content, in Base64.</param>
internal sealed record StoredValues(string Key, int Bytes, string Sha256)
{
    /// <summary>Only in one that is to be stored.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    public static StoredValues? In(IReadOnlyDictionary<string, AttributeValue>? item) =>
        item?.GetValueOrDefault(LargeValues.Attribute)?.M is { } named && named.TryGetValue("key", out var key) && named.TryGetValue("bytes", out var bytes) && named.TryGetValue("sha256", out var sum)
            ? new StoredValues(key.S, int.Parse(bytes.N, CultureInfo.InvariantCulture), sum.S)
            : null;

    public AttributeValue ToAttribute() => new()
    {
        M = new()
        {
            ["key"] = new() { S = Key },
            ["bytes"] = new() { N = Bytes.ToString(CultureInfo.InvariantCulture) },
            ["sha256"] = new() { S = Sha256 },
        },
    };
}
