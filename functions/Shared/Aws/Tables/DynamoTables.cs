using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Aws.Tables;

/// <summary>
/// The tables on DynamoDB. An item that has expired counts as absent, for reads and for conditions, from the second of its expiry on;
/// DynamoDB deletes it later. What throttles, fails or conflicts is tried again until the caller's token ends.
/// </summary>
public sealed class DynamoTables : ITableStore
{
    private const int MaxWrites = 4;

    private readonly TimeProvider time;
    private readonly LargeValues? large;
    private readonly ItemReader reader;
    private readonly ItemWriter writer;
    private readonly ItemDeleter deleter;
    private readonly Dictionary<string, DynamoTable> tables;

    /// <param name="client">Made by <see cref="DynamoClient"/>, whose own retries do not multiply the ones here.</param>
    /// <param name="physicalNames">Of the tables that are used, by their names in <paramref name="definitions"/>.</param>
    /// <param name="large">Where large values go; without it an item of more than 256 KiB is refused.</param>
    /// <param name="definitions">The tables; those of the system map unless a test brings its own.</param>
    public DynamoTables(
        IAmazonDynamoDB client,
        IReadOnlyDictionary<string, string> physicalNames,
        TimeProvider time,
        LargeValues? large = null,
        IReadOnlyList<TableDefinition>? definitions = null)
    {
        (this.time, this.large) = (time, large);
        var retry = new DynamoRetry(time);
        reader = new ItemReader(client, retry, time, large);
        writer = new ItemWriter(client, retry, reader, large);
        deleter = new ItemDeleter(client, retry, large);
        tables = (definitions ?? SystemMap.Tables)
            .Where(definition => physicalNames.ContainsKey(definition.Name))
            .ToDictionary(definition => definition.Name, definition => new DynamoTable(definition, physicalNames[definition.Name]));
    }

    public Task<JsonObject?> GetAsync(string table, ItemKey key, Guid tenant, CancellationToken cancellationToken) =>
        reader.LoadAsync(Table(table), Table(table).Key(key), tenant, cancellationToken);

    public Task<JsonObject?> GetForWorkerAsync(string table, ItemKey key, CancellationToken cancellationToken) =>
        reader.LoadAsync(Table(table), Table(table).Key(key), null, cancellationToken);

    public Task<bool> WriteAsync(TableWrite write, Guid tenant, CancellationToken cancellationToken) =>
        writer.WriteAsync(Prepare(write, tenant), cancellationToken);

    public async Task<int?> TransactAsync(IReadOnlyList<TableWrite> writes, Guid tenant, CancellationToken cancellationToken)
    {
        if (writes.Count is 0 or > MaxWrites)
            throw new ArgumentException($"A transaction holds 1 to {MaxWrites} writes, not {writes.Count}.", nameof(writes));
        var prepared = writes.Select(write => Prepare(write, tenant)).ToList();
        if (prepared.DistinctBy(write => write.Place).Count() < prepared.Count)
            throw new ArgumentException("A transaction writes an item once.", nameof(writes));
        return prepared is [var only]
            ? await writer.WriteAsync(only, cancellationToken) ? null : 0
            : await writer.TransactAsync(prepared, cancellationToken);
    }

    public Task DeleteManyAsync(string table, IReadOnlyList<ItemKey> keys, Guid tenant, CancellationToken cancellationToken) =>
        deleter.DeleteAsync(Table(table), [.. keys.Distinct().Select(key => Table(table).Key(key))], tenant, cancellationToken);

    public Task<ItemPage> QueryAsync(string table, ItemQuery query, Guid tenant, CancellationToken cancellationToken) =>
        reader.PageAsync(Table(table), query, tenant, cancellationToken);

    public Task<ItemPage> QueryForWorkerAsync(string table, ItemQuery query, CancellationToken cancellationToken) =>
        query.Index == Topology.Tables.UnfinishedIndex
            ? reader.PageAsync(Table(table), query, null, cancellationToken)
            : throw new ArgumentException($"Only {Topology.Tables.UnfinishedIndex} is read over all tenants.", nameof(query));

    /// <summary>
    /// Every tenant's large values, once around from the first one's on, and whether an item names them. What none names was left behind, or
    /// its item is on its way.
    /// </summary>
    public IAsyncEnumerable<StoredValue> StoredValuesAsync(Guid first, CancellationToken cancellationToken) =>
        large is null ? AsyncEnumerable.Empty<StoredValue>() : new StoredLargeValues(reader, tables, large).ListAsync(first, cancellationToken);

    private PreparedWrite Prepare(TableWrite write, Guid tenant) => PreparedWrite.From(write, Table(write.Table), tenant, time.GetUtcNow(), large);

    private DynamoTable Table(string name) =>
        tables.TryGetValue(name, out var found) ? found : throw new ArgumentException($"There is no table {name}, or it was not named.", nameof(name));
}
