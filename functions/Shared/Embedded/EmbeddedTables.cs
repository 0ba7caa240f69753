using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tables;
using DomainFlow.Postgres;
using DomainFlow.Topology;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded;

/// <summary>
/// DynamoDB's tables on PostgreSQL. An item that has expired counts as absent, for reads and for conditions, from the second of its
/// expiry on; it is deleted later (<c>embedded.delete_expired</c>). An index that projects keys only gives its keys, the table's and
/// <c>tenant_id</c>. A put that leaves the item as it is writes nothing, and no change.
/// </summary>
/// <param name="definitions">The tables; those of the system map unless a test brings its own.</param>
public sealed class EmbeddedTables(NpgsqlDataSource dataSource, TimeProvider time, IReadOnlyList<TableDefinition> definitions) : ITableStore
{
    private const int MaxWrites = 4;
    private const int MaxAttempts = 8;

    private const string SelectItem = """
        SELECT item::text FROM embedded.items
        WHERE table_name = $1 AND partition_key = $2 AND sort_key = $3 AND ($4 IS NULL OR tenant_id = $4) AND (expires_at IS NULL OR expires_at > $5)
        """;

    private const string DeleteItems = """
        WITH doomed AS (
            SELECT i.table_name, i.partition_key, i.sort_key
            FROM unnest($3, $4) k(partition_key, sort_key) JOIN embedded.items i USING (partition_key, sort_key)
            WHERE i.table_name = $1 AND i.tenant_id = $2 ORDER BY 2, 3 FOR UPDATE OF i),
        removed AS (
            DELETE FROM embedded.items i USING doomed d
            WHERE (i.table_name, i.partition_key, i.sort_key) = (d.table_name, d.partition_key, d.sort_key)
            RETURNING i.table_name, i.stream_keys),
        captured AS (
            INSERT INTO embedded.changes (table_name, keys, event) SELECT table_name, stream_keys, 'REMOVE' FROM removed WHERE stream_keys IS NOT NULL
            RETURNING pg_notify('embedded_changes', ''))
        SELECT count(*) FROM removed, (SELECT count(*) FROM captured) told
        """;

    private readonly Dictionary<string, TableDefinition> definitions = definitions.ToDictionary(definition => definition.Name);

    public EmbeddedTables(NpgsqlDataSource dataSource, TimeProvider time)
        : this(dataSource, time, SystemMap.Tables)
    {
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public Task<JsonObject?> GetAsync(string table, ItemKey key, Guid tenant, CancellationToken cancellationToken) =>
        LoadAsync(table, key, tenant, cancellationToken);

    public Task<JsonObject?> GetForWorkerAsync(string table, ItemKey key, CancellationToken cancellationToken) =>
        LoadAsync(table, key, null, cancellationToken);

    public async Task<bool> WriteAsync(TableWrite write, Guid tenant, CancellationToken cancellationToken) =>
        await TransactAsync([write], tenant, cancellationToken) is null;

    public async Task<int?> TransactAsync(IReadOnlyList<TableWrite> writes, Guid tenant, CancellationToken cancellationToken)
    {
        if (writes.Count is 0 or > MaxWrites)
            throw new ArgumentException($"A transaction holds 1 to {MaxWrites} writes, not {writes.Count}.", nameof(writes));
        var prepared = writes.Select(write => PreparedWrite.From(write, Table(write.Table), tenant)).ToList();
        if (prepared.DistinctBy(w => (w.Table.Name, w.Partition, w.Sort)).Count() < prepared.Count)
            throw new ArgumentException("A transaction writes an item once.", nameof(writes));
        for (var attempt = 1; ; attempt++)
        {
            WriteTransaction? transaction = null;
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                transaction = new WriteTransaction(connection, prepared, tenant, Now);
                return await transaction.RunAsync(cancellationToken);
            }
            catch (NpgsqlException lost) when (attempt == 1 && LostConnection.Is(lost) && transaction is not { MayBeCommitted: true })
            {
                dataSource.Clear();
            }
            catch (PostgresException e) when (attempt < MaxAttempts && IsWorthRetrying(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << attempt)), time, cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UntranslatableCharacter)
            {
                throw new ArgumentException("An item holds the character U+0000, which PostgreSQL cannot store.", nameof(writes), e);
            }
        }
    }

    public Task DeleteManyAsync(string table, IReadOnlyList<ItemKey> keys, Guid tenant, CancellationToken cancellationToken)
    {
        var doomed = keys.Select(key => ItemKeys.Of(Table(table), key)).ToList();
        return LostConnection.OnceMoreAsync(dataSource, async () =>
        {
            await using var command = dataSource.CreateCommand(DeleteItems);
            command.Bind(Text(table), Id(tenant), Texts(doomed.Select(key => key.Partition)), Texts(doomed.Select(key => key.Sort)));
            return await command.ExecuteScalarAsync(cancellationToken);
        });
    }

    public Task<ItemPage> QueryAsync(string table, ItemQuery query, Guid tenant, CancellationToken cancellationToken) =>
        ReadAsync(table, query, tenant, cancellationToken);

    public Task<ItemPage> QueryForWorkerAsync(string table, ItemQuery query, CancellationToken cancellationToken) =>
        query.Index == Topology.Tables.UnfinishedIndex
            ? ReadAsync(table, query, null, cancellationToken)
            : throw new ArgumentException($"Only {Topology.Tables.UnfinishedIndex} is read over all tenants.", nameof(query));

    private Task<ItemPage> ReadAsync(string table, ItemQuery query, Guid? tenant, CancellationToken cancellationToken)
    {
        var plan = ItemQueryPlan.For(Table(table), query);
        return LostConnection.OnceMoreAsync(dataSource, () => ReadPageAsync(plan, table, query, tenant, cancellationToken));
    }

    private async Task<ItemPage> ReadPageAsync(ItemQueryPlan plan, string table, ItemQuery query, Guid? tenant, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(plan.Sql);
        command.Bind(plan.Parameters(tenant, Now));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<JsonObject>();
        QueryPosition? last = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (items.Count == query.Limit)
                return new ItemPage(items, last!.Write(table, query));
            last = new QueryPosition(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            items.Add(plan.Project(ItemJson.Read(reader.GetString(3))));
        }

        return new ItemPage(items, null);
    }

    private Task<JsonObject?> LoadAsync(string table, ItemKey key, Guid? tenant, CancellationToken cancellationToken)
    {
        var (partition, sort) = ItemKeys.Of(Table(table), key);
        return LostConnection.OnceMoreAsync(dataSource, () => LoadAsync(table, partition, sort, tenant, cancellationToken));
    }

    private async Task<JsonObject?> LoadAsync(string table, string partition, string sort, Guid? tenant, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectItem);
        command.Bind(Text(table), Text(partition), Text(sort), Id(tenant), Long(Now));
        return await command.ExecuteScalarAsync(cancellationToken) is string json ? ItemJson.Read(json) : null;
    }

    private static bool IsWorthRetrying(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private TableDefinition Table(string name) =>
        definitions.TryGetValue(name, out var found) ? found : throw new ArgumentException($"There is no table {name}.", nameof(name));
}
