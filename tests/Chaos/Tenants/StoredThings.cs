using System.Text;
using DomainFlow.Cache.Redis;
using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>What the stores hold, looked at past every view: each row and object carries its own tenant's mark and ids only.</summary>
internal sealed class StoredThings(RunningSystem system, RedisSettings cache, Listener listener, IReadOnlyList<FuzzedTenant> tenants)
{
    /// <summary>Stores that hold marked things of most tenants once a fuzz is over.</summary>
    public static readonly string[] Filled =
    [
        "public.users", "public.incidents", "public.domain_configurations", "objects", StoredInCache.Store,
        .. RunningSystem.OnAws ? ["items", "documents"] : new[] { "embedded.items", "embedded.search_documents" },
    ];

    // The last column of each is what the row says, without vectors.
    private const string Tables = """
        SELECT format('SELECT tenant_id, (to_jsonb(t) - ''tenant_id'' - ''embedding'')::text FROM %s t WHERE tenant_id = ANY ($1)', c.oid::regclass),
            n.nspname || '.' || c.relname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname IN ('public', 'embedded') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND a.attname = 'tenant_id' AND a.atttypid = 'uuid'::regtype
        ORDER BY 2
        """;

    private const string Nameless = " without its tenant";

    // Of an index of one tenant's things, the key itself must name the tenant: what is unfinished is read over all of them.
    private const string Entries = $"""
        SELECT i.tenant_id, e.index_partition || ' ' || e.index_sort || ' ' || e.partition_key,
            e.index_name || CASE WHEN e.index_name = 'unfinished-index' OR e.index_partition LIKE i.tenant_id || '%' THEN '' ELSE '{Nameless}' END
        FROM embedded.index_entries e JOIN embedded.items i USING (table_name, partition_key, sort_key) WHERE i.tenant_id = ANY ($1)
        """;

    private readonly Dictionary<Guid, FuzzedTenant> _byId = tenants.ToDictionary(tenant => tenant.Id);
    private readonly Dictionary<string, (int Rows, int Marked)> _seen = [];
    private readonly List<string> _foreign = [];

    /// <summary>What is another tenant's, and where.</summary>
    public IReadOnlyList<string> Foreign => _foreign;

    /// <summary>Rows or objects of each store, and those that carry their tenant's mark.</summary>
    public IReadOnlyDictionary<string, (int Rows, int Marked)> Seen => _seen;

    public async Task LookAsync()
    {
        await using var database = NpgsqlDataSource.Create(system.Superuser);
        var statements = new List<(string Sql, string Name)>();
        await ReadAsync(database, Tables, null, reader => statements.Add((reader.GetString(0), reader.GetString(1))));
        if (statements.Any(statement => statement.Name == "embedded.items")) statements.Add((Entries, "embedded.index_entries"));
        foreach (var (sql, name) in statements)
            await ReadAsync(database, sql, [.. _byId.Keys], reader =>
            {
                See(name, reader.GetGuid(0), reader.GetString(1));
                if (reader.FieldCount > 2 && reader.GetString(2).EndsWith(Nameless, StringComparison.Ordinal)) _foreign.Add($"a key of {reader.GetString(2)}");
            });
        if (system.Aws is { } servers) await new StoredOnAws(servers, See).LookAsync();
        else await LookAtObjectsAsync();
        await new StoredInCache(cache, See, _foreign.Add).LookAsync();
    }

    private static async Task ReadAsync(NpgsqlDataSource database, string sql, Guid[]? tenants, Action<NpgsqlDataReader> row)
    {
        await using var command = database.CreateCommand(sql);
        if (tenants is not null) command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = tenants });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) row(reader);
    }

    /// <summary>Keys and contents. The first id in a key is its tenant's.</summary>
    private async Task LookAtObjectsAsync()
    {
        var bucket = Path.Combine(system.Objects, "evidence");
        if (!Directory.Exists(bucket)) return;
        foreach (var file in Directory.EnumerateFiles(bucket, "*", SearchOption.AllDirectories))
        {
            var key = Path.GetRelativePath(bucket, file);
            if (Marks.IdsIn(key).Select(id => (Guid?)id).FirstOrDefault() is { } id)
                See("objects", id, key + "\n" + Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }
    }

    /// <summary>Other tests' tenants are passed over.</summary>
    private void See(string store, Guid id, string content)
    {
        if (_byId.TryGetValue(id, out var tenant)) See(store, tenant, content);
    }

    private void See(string store, FuzzedTenant tenant, string content)
    {
        var marks = Marks.In(content).ToList();
        var (rows, marked) = _seen.GetValueOrDefault(store);
        _seen[store] = (rows + 1, marked + (marks.Contains(tenant.Mark) ? 1 : 0));
        foreach (var mark in marks.Where(mark => mark != tenant.Mark)) Complain(store, tenant, $"the mark {mark}", content);
        foreach (var id in Marks.IdsIn(content))
        {
            if (listener.OwnerOf(id) is { } owner && owner != tenant && !tenant.Asked.ContainsKey(id)) Complain(store, tenant, $"the id {id}", content);
        }
    }

    private void Complain(string store, FuzzedTenant tenant, string what, string content) =>
        _foreign.Add($"{store}: a thing of {tenant.Mark} holds {what} of another tenant: {(content.Length > 500 ? content[..500] : content)}");
}
