using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Topology;

namespace DomainFlow.AwsEndpoints;

/// <summary>
/// Reads the stream of a table: every record at least once, those of an item in their order. A shard's children come after it, as an item's
/// records go on in a child when its shard is split.
/// </summary>
public sealed class DynamoStream
{
    /// <summary>DynamoDB answers five reads of a shard in a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>New shards are looked for so often where none has ended.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    private const int BatchSize = 1000;
    private const string Trimmed = "TrimmedDataAccessException";

    private readonly StreamEndpoint endpoint;
    private readonly TableDefinition table;
    private readonly string arn;
    private readonly TimeProvider time;

    private DynamoStream(StreamEndpoint endpoint, TableDefinition table, string arn, TimeProvider time) =>
        (this.endpoint, this.table, this.arn, this.time) = (endpoint, table, arn, time);

    /// <param name="physicalName">The table's name on the endpoint.</param>
    /// <exception cref="InvalidOperationException">The table has no stream.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    public static async Task<DynamoStream> OpenAsync(
        IAmazonDynamoDB tables, StreamEndpoint endpoint, TableDefinition table, string physicalName, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await tables.DescribeTableAsync(new DescribeTableRequest { TableName = physicalName }, cancellationToken);
        return found.Table is { LatestStreamArn: { } arn, StreamSpecification.StreamEnabled: true }
            ? new DynamoStream(endpoint, table, arn, time)
            : throw new InvalidOperationException($"The table {physicalName} has no stream.");
    }

    /// <summary>
    /// Waits for records and gives them in batches that are never empty, for ever. What a checkpoint points to and the stream has forgotten
    /// (after a day) is passed over.
    /// </summary>
    /// <param name="from">That of the last batch that was dealt with; null, or one of another stream, from the oldest record that there is.</param>
    public async IAsyncEnumerable<StreamBatch> ReadAsync(StreamCheckpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var places = from?.Stream == arn ? new Dictionary<string, ShardPlace>(from.Shards) : [];
        var iterators = new Dictionary<string, string>();
        while (true)
        {
            var shards = await ShardsAsync(cancellationToken);
            foreach (var gone in places.Keys.Except(shards.Select(shard => shard.Id)).ToList())
                places.Remove(gone);
            var looked = time.GetTimestamp();
            var ended = false;
            while (!ended && time.GetElapsedTime(looked) < LookAgain)
            {
                var found = false;
                var readable = Readable(shards, places);
                foreach (var shard in readable)
                {
                    var (records, isEnd) = await RecordsAsync(shard, places.GetValueOrDefault(shard)?.After, iterators, cancellationToken);
                    ended |= isEnd;
                    if (records.Count > 0 || isEnd)
                        places[shard] = new ShardPlace(records.Count > 0 ? SequenceNumber(records[^1]) : places.GetValueOrDefault(shard)?.After, isEnd);
                    if (records.Count == 0)
                        continue;
                    found = true;
                    yield return new StreamBatch([.. records.Select(Change)], new StreamCheckpoint(arn, new Dictionary<string, ShardPlace>(places)));
                }

                if (!found && !ended)
                    await Task.Delay(Pause, time, cancellationToken);
                ended |= readable.Count == 0;
            }
        }
    }

    /// <summary>Shards that are not read to their end and whose parents are, or are forgotten.</summary>
    private static List<string> Readable(IReadOnlyList<Shard> shards, Dictionary<string, ShardPlace> places)
    {
        var unread = shards.Select(shard => shard.Id).Where(id => places.GetValueOrDefault(id)?.Ended != true).ToHashSet();
        return [.. shards.Where(shard => unread.Contains(shard.Id) && !unread.Contains(shard.Parent ?? "")).Select(shard => shard.Id)];
    }

    private async Task<IReadOnlyList<Shard>> ShardsAsync(CancellationToken cancellationToken)
    {
        var shards = new List<Shard>();
        var request = new JsonObject { ["StreamArn"] = arn };
        while (true)
        {
            var page = (await endpoint.CallAsync("DescribeStream", request, cancellationToken))["StreamDescription"]!;
            foreach (var shard in page["Shards"]?.AsArray() ?? [])
                shards.Add(new Shard((string)shard!["ShardId"]!, (string?)shard["ParentShardId"]));
            if ((string?)page["LastEvaluatedShardId"] is not { } last)
                return shards;
            request["ExclusiveStartShardId"] = last;
        }
    }

    /// <returns>The next records, and whether the shard is closed and has no more.</returns>
    private async Task<(IReadOnlyList<JsonNode> Records, bool IsEnd)> RecordsAsync(
        string shard, string? after, Dictionary<string, string> iterators, CancellationToken cancellationToken)
    {
        try
        {
            if (!iterators.TryGetValue(shard, out var iterator))
                iterator = await IteratorAsync(shard, after, cancellationToken);
            var answer = await endpoint.CallAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator, ["Limit"] = BatchSize }, cancellationToken);
            iterators.Remove(shard);
            var next = (string?)answer["NextShardIterator"];
            if (next is not null)
                iterators[shard] = next;
            return ([.. (answer["Records"]?.AsArray() ?? []).Select(record => record!)], next is null);
        }
        catch (StreamException e) when (e.IsPassing || e.Code is "ExpiredIteratorException" or Trimmed)
        {
            // An iterator lives for a quarter of an hour. The place in the shard is known: the next round asks for a new one.
            iterators.Remove(shard);
            return ([], false);
        }
    }

    private async Task<string> IteratorAsync(string shard, string? after, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["StreamArn"] = arn,
            ["ShardId"] = shard,
            ["ShardIteratorType"] = after is null ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER",
        };
        if (after is not null)
            request["SequenceNumber"] = after;
        try
        {
            return (string)(await endpoint.CallAsync("GetShardIterator", request, cancellationToken))["ShardIterator"]!;
        }
        catch (StreamException e) when (e.Code == Trimmed && after is not null)
        {
            return await IteratorAsync(shard, null, cancellationToken);
        }
    }

    private TableChange Change(JsonNode record)
    {
        var keys = record["dynamodb"]!["Keys"]!.AsObject();
        return new(
            table.Name,
            new JsonObject(keys.Select(key => KeyValuePair.Create(key.Key, key.Value!["S"]?.DeepClone()))),
            (string)record["eventName"]!);
    }

    private static string SequenceNumber(JsonNode record) => (string)record["dynamodb"]!["SequenceNumber"]!;

    private sealed record Shard(string Id, string? Parent);
}
