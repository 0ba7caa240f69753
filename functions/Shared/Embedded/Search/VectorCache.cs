using DomainFlow.Domain.Search;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Search;

/// <summary>
/// Vectors of tenants in memory, each brought up to the store's watermark before it is used: no answer comes from a stale copy.
/// The tenants used longest ago leave when the bytes run out; one that is too large by itself never enters.
/// </summary>
internal sealed class VectorCache(NpgsqlDataSource dataSource, long maxBytes)
{
    private const string Count = "SELECT count(*) FROM embedded.search_documents WHERE index_name = $1 AND tenant_id = $2 AND NOT deleted";

    public const string Changed = """
        SELECT id, watermark, deleted, domain_id, created_at, embedding FROM embedded.search_documents
        WHERE index_name = $1 AND tenant_id = $2 AND watermark > $3
        """;

    private readonly Dictionary<(string Index, Guid Tenant), LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> latestFirst = [];
    private readonly SemaphoreSlim gate = new(1);
    private long bytes;

    /// <summary>Tenants in memory, the one used last first.</summary>
    public IEnumerable<Guid> Kept => latestFirst.Select(entry => entry.Tenant);

    /// <summary>The tenant's vectors as the store holds them now; null where they are too many to keep.</summary>
    public async Task<IReadOnlyCollection<StoredVector>?> CurrentAsync(string index, Guid tenant, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var known = entries.GetValueOrDefault((index, tenant))?.Value;
            if (known is null && await TooManyAsync(index, tenant, cancellationToken))
                return null;
            var current = await RefreshAsync(known ?? new Entry(index, tenant, 0, []), cancellationToken);
            Keep(current);
            return current.Vectors.Values;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<bool> TooManyAsync(string index, Guid tenant, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Count);
        command.Bind(Text(index), Id(tenant));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! * StoredVector.Bytes > maxBytes;
    }

    private async Task<Entry> RefreshAsync(Entry known, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Changed);
        command.Bind(Text(known.Index), Id(known.Tenant), Long(known.Watermark));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return known;
        var watermark = known.Watermark;
        // A copy: an answer may still be reading the vectors as they were.
        var vectors = new Dictionary<Guid, StoredVector>(known.Vectors);
        do
        {
            watermark = Math.Max(watermark, reader.GetInt64(1));
            var id = reader.GetGuid(0);
            if (reader.GetBoolean(2))
                vectors.Remove(id);
            else
                vectors[id] = new StoredVector(id, reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), Unit(reader));
        }
        while (await reader.ReadAsync(cancellationToken));
        return known with { Watermark = watermark, Vectors = vectors };
    }

    private static float[] Unit(NpgsqlDataReader reader) => Embeddings.FromBytes(reader.GetFieldValue<byte[]>(5));

    private void Keep(Entry entry)
    {
        if (entries.Remove((entry.Index, entry.Tenant), out var old))
            Forget(old);
        if (entry.Bytes > maxBytes)
            return;
        entries[(entry.Index, entry.Tenant)] = latestFirst.AddFirst(entry);
        bytes += entry.Bytes;
        while (bytes > maxBytes && latestFirst.Last is { } oldest)
        {
            entries.Remove((oldest.Value.Index, oldest.Value.Tenant));
            Forget(oldest);
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        latestFirst.Remove(node);
        bytes -= node.Value.Bytes;
    }

    private sealed record Entry(string Index, Guid Tenant, long Watermark, Dictionary<Guid, StoredVector> Vectors)
    {
        public long Bytes => Vectors.Count * StoredVector.Bytes;
    }
}
