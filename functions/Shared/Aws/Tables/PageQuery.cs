using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Aws.Tables;

/// <summary>A query of a table or of an index as DynamoDB takes it, and positions in it.</summary>
internal sealed class PageQuery
{
    public const int MaxLimit = 1000;

    private readonly DynamoTable table;
    private readonly ItemQuery query;
    private readonly string partitionKey;
    private readonly string? sortKey;

    /// <exception cref="ArgumentException">The table has no such index, there is no sort key to bound, or the limit is not 1 to 1000.</exception>
    /// <exception cref="InvalidPositionException">The position is not one of this query's.</exception>
    public PageQuery(DynamoTable table, ItemQuery query)
    {
        Index = query.Index is null ? null : table.Definition.Indexes.SingleOrDefault(index => index.Name == query.Index)
            ?? throw new ArgumentException($"{table.Name} has no index {query.Index}.", nameof(query));
        (partitionKey, sortKey) = Index is null ? (table.Definition.PartitionKey, table.Definition.SortKey) : (Index.PartitionKey, Index.SortKey);
        if (sortKey is null && (query.From ?? query.To) is not null)
            throw new ArgumentException($"{query.Index ?? table.Name} has no sort key to bound.", nameof(query));
        if (query.Limit is < 1 or > MaxLimit)
            throw new ArgumentException($"A page holds 1 to {MaxLimit} items, not {query.Limit}.", nameof(query));
        if (Index is not null && !Index.GivesTenant(table.Definition))
        {
            throw new ArgumentException(
                $"{query.Index} of {table.Name} does not give {DynamoTable.TenantId}: nobody could tell whose its items are.", nameof(query));
        }

        table.Check(query.Partition, partitionKey, isSort: false);
        (this.table, this.query) = (table, query);
        Start = QueryPosition.Read(table.Name, query) is { } position ? StartAfter(position) : null;
    }

    public IndexDefinition? Index { get; }

    /// <summary>No key can lie in its bounds; DynamoDB would call that an error.</summary>
    public bool IsEmpty => query.To is { Length: 0 } || (From is { } from && query.To is { } to && QueryPosition.Compare(from, to) > 0);

    /// <summary>Null from the beginning.</summary>
    public Dictionary<string, AttributeValue>? Start { get; }

    /// <param name="limit">Items to read; what is not shown to the caller counts too.</param>
    public QueryRequest ToRequest(Dictionary<string, AttributeValue>? start, int limit)
    {
        var (bounds, values) = Bounds();
        values[":partition"] = new() { S = query.Partition };
        var names = new Dictionary<string, string> { ["#partition"] = partitionKey };
        if (bounds is not null)
            names["#sort"] = sortKey!;
        return new QueryRequest
        {
            TableName = table.PhysicalName,
            IndexName = query.Index,
            KeyConditionExpression = bounds is null ? "#partition = :partition" : $"#partition = :partition AND {bounds}",
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
            ExclusiveStartKey = start,
            ScanIndexForward = !query.Descending,
            // An index is always read as it is by now; only the table itself can be read consistently.
            ConsistentRead = Index is null,
            Limit = limit,
        };
    }

    /// <summary>The position after an item of this query.</summary>
    public string After(IReadOnlyDictionary<string, AttributeValue> item) => new QueryPosition(
        Index?.SortKey is { } name ? item[name].S : "",
        item[table.Definition.PartitionKey].S,
        table.Definition.SortKey is { } sort ? item[sort].S : "").Write(table.Name, query);

    /// <summary>Whether the item lies in this query's partition and bounds.</summary>
    public bool Holds(JsonObject item) =>
        (string?)item[partitionKey] == query.Partition
        && (sortKey is null || ((string?)item[sortKey] is { } sort
            && (query.From is null || QueryPosition.Compare(query.From, sort) <= 0) && (query.To is null || QueryPosition.Compare(sort, query.To) <= 0)));

    private string? From => query.From is { Length: 0 } ? null : query.From;

    private (string? Expression, Dictionary<string, AttributeValue> Values) Bounds() => (From, query.To) switch
    {
        (null, null) => (null, []),
        ({ } from, null) => ("#sort >= :from", new() { [":from"] = new() { S = from } }),
        (null, { } to) => ("#sort <= :to", new() { [":to"] = new() { S = to } }),
        ({ } from, { } to) => ("#sort BETWEEN :from AND :to", new() { [":from"] = new() { S = from }, [":to"] = new() { S = to } }),
    };

    // A position comes from a client: DynamoDB would refuse a key that is none with an error of its own, or start in another partition.
    private Dictionary<string, AttributeValue> StartAfter(QueryPosition position)
    {
        var isTheirs = IsKey(position.Partition, isSort: false, Index is null ? query.Partition : null)
            && (table.Definition.SortKey is null ? position.Sort.Length == 0 : IsKey(position.Sort, isSort: true))
            && (Index?.SortKey is null ? position.IndexSort.Length == 0 : IsKey(position.IndexSort, isSort: true));
        if (!isTheirs)
            throw new InvalidPositionException();
        var key = table.Key(position.Partition, position.Sort);
        if (Index is null)
            return key;
        key[Index.PartitionKey] = new() { S = query.Partition };
        if (Index.SortKey is not null)
            key[Index.SortKey] = new() { S = position.IndexSort };
        return key;
    }

    private static bool IsKey(string value, bool isSort, string? expected = null) =>
        ItemLimits.KeyProblem(value, isSort) is null && (expected is null || value == expected);
}
