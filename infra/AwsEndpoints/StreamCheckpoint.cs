using System.Text.Json.Nodes;

namespace DomainFlow.AwsEndpoints;

/// <summary>How far a stream has been read: for each shard the last sequence number, or that the shard is at its end.</summary>
/// <param name="Stream">ARN. A table that is made again has another stream, and is read from its beginning.</param>
public sealed record StreamCheckpoint(string Stream, IReadOnlyDictionary<string, ShardPlace> Shards)
{
    public string ToJson()
    {
        var shards = Shards.OrderBy(shard => shard.Key, StringComparer.Ordinal)
            .Select(shard => KeyValuePair.Create(shard.Key, (JsonNode?)new JsonObject { ["after"] = shard.Value.After, ["ended"] = shard.Value.Ended }));
        return new JsonObject { ["stream"] = Stream, ["shards"] = new JsonObject(shards) }.ToJsonString();
    }

    /// <exception cref="FormatException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static StreamCheckpoint Parse(string json)
    {
        try
        {
            var read = JsonNode.Parse(json)!.AsObject();
            var shards = read["shards"]!.AsObject()
                .ToDictionary(shard => shard.Key, shard => new ShardPlace((string?)shard.Value!["after"], (bool)shard.Value["ended"]!));
            return new StreamCheckpoint((string)read["stream"]!, shards);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or NullReferenceException or ArgumentNullException)
        {
            throw new FormatException("The checkpoint is not one of a stream's.", e);
        }
    }
}

/// <param name="After">Sequence number of the last record that was read; null where none was.</param>
/// <param name="Ended">The shard is closed and read whole: its children may be read.</param>
public sealed record ShardPlace(string? After, bool Ended);
