using System.Diagnostics;
using DomainFlow.Domain.Storage;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Tables;

/// <summary>Locks the items that are written, checks every condition, then writes all of them, their index entries and their changes, or nothing.</summary>
internal sealed class WriteTransaction(NpgsqlConnection connection, IReadOnlyList<PreparedWrite> writes, Guid tenant, long now)
{
    // An advisory lock stands for an absent item as well. All take them in the same order, so that none waits in a circle.
    private const string Lock = "SELECT pg_advisory_xact_lock(number) FROM unnest($1) number";

    // A second statement, and so a snapshot made after the locks were granted.
    private const string Load = """
        SELECT w.place, i.tenant_id, i.version, i.expires_at, i.item IS NOT DISTINCT FROM w.item::jsonb
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY w(table_name, partition_key, sort_key, item, place)
        JOIN embedded.items i USING (table_name, partition_key, sort_key)
        FOR UPDATE OF i
        """;

    private const string Put = """
        INSERT INTO embedded.items AS i (table_name, partition_key, sort_key, tenant_id, item, version, expires_at, stream_keys)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (table_name, partition_key, sort_key)
        DO UPDATE SET item = excluded.item, version = excluded.version, expires_at = excluded.expires_at, stream_keys = excluded.stream_keys
        """;

    private const string ClearEntries = "DELETE FROM embedded.index_entries WHERE (table_name, partition_key, sort_key) = ($1, $2, $3)";

    private const string AddEntries = """
        INSERT INTO embedded.index_entries (table_name, partition_key, sort_key, index_name, index_partition, index_sort)
        SELECT $1, $2, $3, e.* FROM unnest($4, $5, $6) e
        """;

    private const string Delete = "DELETE FROM embedded.items WHERE (table_name, partition_key, sort_key) = ($1, $2, $3)";

    private const string Capture = "INSERT INTO embedded.changes (table_name, keys, event) VALUES ($1, $2, $3)";

    /// <summary>The commit was sent: when its answer is lost, nobody knows whether it happened.</summary>
    public bool MayBeCommitted { get; private set; }

    /// <returns>Null when committed; else the place of the first write whose condition does not hold, and nothing is written.</returns>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var stored = await LoadAsync(cancellationToken);
        for (var place = 0; place < writes.Count; place++)
        {
            if (!Holds(writes[place].Condition, stored[place]))
                return place;
        }

        await ApplyAsync(stored, cancellationToken);
        return null;
    }

    private bool Holds(WriteCondition condition, StoredItem? stored)
    {
        if (stored is not null && stored.Tenant != tenant)
            return false;
        var present = stored is not null && !(stored.ExpiresAt <= now);
        return condition switch
        {
            WriteCondition.Always => true,
            WriteCondition.Absent => !present,
            WriteCondition.Version version => present && stored!.Version == version.Expected,
            _ => throw new UnreachableException(),
        };
    }

    private async Task<StoredItem?[]> LoadAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, Lock, Longs(writes.Select(w => w.LockNumber).Order()));
        Add(batch, Load, Texts(writes.Select(w => w.Table.Name)), Texts(writes.Select(w => w.Partition)), Texts(writes.Select(w => w.Sort)),
            Texts(writes.Select(w => w.Item)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var stored = new StoredItem?[writes.Count];
        while (await reader.ReadAsync(cancellationToken))
        {
            stored[(int)reader.GetInt64(0) - 1] = new StoredItem(
                reader.GetGuid(1), NullableLong(reader, 2), NullableLong(reader, 3), SameAsWritten: reader.GetBoolean(4));
        }

        return stored;
    }

    private async Task ApplyAsync(StoredItem?[] stored, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var captured = false;
        for (var place = 0; place < writes.Count; place++)
        {
            var write = writes[place];
            var changes = write.Item is null ? stored[place] is not null : stored[place] is not { SameAsWritten: true };
            if (!changes)
                continue;
            if (write.Item is null)
                Add(batch, Delete, Key(write));
            else
                AddPut(batch, write, replaces: stored[place] is not null);
            if (write.StreamKeys is null)
                continue;
            var change = write.Item is null ? "REMOVE" : stored[place] is null ? "INSERT" : "MODIFY";
            Add(batch, Capture, Text(write.Table.Name), Json(write.StreamKeys), Text(change));
            captured = true;
        }

        if (captured)
            Add(batch, "NOTIFY embedded_changes");
        // With the writes, not after them: the answer of one round trip is waited for, and locks are held for one less.
        Add(batch, "COMMIT");
        MayBeCommitted = true;
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private void AddPut(NpgsqlBatch batch, PreparedWrite write, bool replaces)
    {
        Add(batch, Put, [.. Key(write), Id(tenant), Json(write.Item), Long(write.Version), Long(write.ExpiresAt), Json(write.StreamKeys)]);
        if (replaces && write.Table.Indexes.Count > 0)
            Add(batch, ClearEntries, Key(write));
        if (write.Entries.Count > 0)
        {
            Add(batch, AddEntries,
                [
                    .. Key(write), Texts(write.Entries.Select(e => e.Index)), Texts(write.Entries.Select(e => e.Partition)),
                    Texts(write.Entries.Select(e => e.Sort)),
                ]);
        }
    }

    private static NpgsqlParameter[] Key(PreparedWrite write) => [Text(write.Table.Name), Text(write.Partition), Text(write.Sort)];

    private static long? NullableLong(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    /// <param name="SameAsWritten">Whether it equals the item that is put.</param>
    private sealed record StoredItem(Guid Tenant, long? Version, long? ExpiresAt, bool SameAsWritten);
}
