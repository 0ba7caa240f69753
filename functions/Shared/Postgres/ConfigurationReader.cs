using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Caching;
using DomainFlow.Domain.Playbooks;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>A domain and every agent that its playbooks may name: the tenant's own, and the built-in ones that no own one replaces.</summary>
public sealed record DomainSetup(DomainConfiguration Configuration, IReadOnlyList<AgentDefinition> Agents);

/// <summary>A domain as a list shows it.</summary>
public sealed record DomainSummary(string DomainId, string Name, string Description, string TimeZone, string Language, bool SelfReporting);

/// <summary>Reads configuration, and keeps it per process for as long as its version stands.</summary>
/// <param name="shared">Where a process that starts finds what others have read; null: in PostgreSQL alone.</param>
public sealed class ConfigurationReader(NpgsqlDataSource database, ICache? shared = null)
{
    private const int MaxCached = 500;

    private const string DomainStamp = "SELECT concat_ws('/', id, version) FROM domain_configurations WHERE tenant_id = @tenant AND domain_id = @domain";

    // A few small rows: what changes a domain or an agent changes the stamp.
    private const string SetupStamp = """
        SELECT concat_ws('/', d.id, d.version, own.stamp, builtin.stamp)
        FROM domain_configurations d,
            (SELECT concat_ws('.', count(*), sum(version), max(updated_at)) AS stamp FROM agent_definitions WHERE tenant_id = @tenant) own,
            (SELECT concat_ws('.', count(*), sum(version), max(updated_at)) AS stamp FROM builtin_agent_definitions) builtin
        WHERE d.tenant_id = @tenant AND d.domain_id = @domain
        """;

    private readonly ConcurrentDictionary<(Guid Tenant, string Domain), (string Stamp, DomainConfiguration Configuration)> _domains = new();
    private readonly ConcurrentDictionary<(Guid Tenant, string Domain), (string Stamp, DomainSetup Setup)> _setups = new();

    /// <summary>The domain as it is configured now.</summary>
    /// <returns>Null where the tenant has no such domain.</returns>
    public async Task<DomainConfiguration?> FindAsync(Guid tenant, string domainId, CancellationToken cancellationToken)
    {
        if (await StampAsync(DomainStamp, tenant, domainId, cancellationToken) is not { } stamp) return null;
        return await DomainAsync(tenant, domainId, stamp, cancellationToken);
    }

    /// <summary>The domain and its agents as they are configured now.</summary>
    /// <returns>Null where the tenant has no such domain.</returns>
    public async Task<DomainSetup?> FindSetupAsync(Guid tenant, string domainId, CancellationToken cancellationToken)
    {
        if (await StampAsync(SetupStamp, tenant, domainId, cancellationToken) is not { } stamp) return null;
        if (_setups.TryGetValue((tenant, domainId), out var cached) && cached.Stamp == stamp) return cached.Setup;

        if (await DomainAsync(tenant, domainId, DomainPart(stamp), cancellationToken) is not { } configuration) return null;
        // What changed since the stamp was taken is read again at the next call.
        await using var session = await TenantSession.BeginAsync(database, tenant, cancellationToken);
        var setup = new DomainSetup(configuration, await AgentsAsync(session, cancellationToken));
        if (_setups.Count >= MaxCached) _setups.Clear();
        _setups[(tenant, domainId)] = (stamp, setup);
        return setup;
    }

    /// <summary>Names of the tenant's domains, in order.</summary>
    public async Task<IReadOnlyList<string>> DomainsAsync(Guid tenant, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, tenant, cancellationToken);
        return await session.QueryAsync<string>(
            "SELECT domain_id FROM domain_configurations WHERE tenant_id = @tenant ORDER BY domain_id", null, cancellationToken);
    }

    /// <summary>What filters need to know of the tenant's domains.</summary>
    public Task<IReadOnlyList<DomainFacts>> FactsAsync(Guid tenant, CancellationToken cancellationToken) => TenantBatch.ReadAsync(
        database,
        tenant,
        """
        SELECT domain_id, coalesce(settings ->> 'language', 'en'), coalesce(settings ->> 'time_zone', 'UTC'),
            ARRAY(SELECT jsonb_path_query(categories, '$[*].id') #>> '{}')
        FROM domain_configurations WHERE tenant_id = @tenant ORDER BY domain_id
        """,
        null,
        reader => new DomainFacts(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3)),
        cancellationToken);

    /// <summary>The tenant's domains by id.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    public Task<IReadOnlyList<DomainSummary>> SummariesAsync(Guid tenant, string? after, int limit, CancellationToken cancellationToken) =>
        TenantBatch.ReadAsync(
            database,
            tenant,
            """
            SELECT domain_id, domain_name, coalesce(description, ''), coalesce(settings ->> 'time_zone', 'UTC'), coalesce(settings ->> 'language', 'en'),
                coalesce((settings ->> 'self_reporting')::boolean, false)
            FROM domain_configurations WHERE tenant_id = @tenant AND domain_id > @after ORDER BY domain_id LIMIT @limit
            """,
            values =>
            {
                values.AddWithValue("after", after ?? "");
                values.AddWithValue("limit", limit);
            },
            reader => new DomainSummary(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetBoolean(5)),
            cancellationToken);

    /// <summary>A setup's stamp begins with its domain's.</summary>
    private static string DomainPart(string stamp) => string.Join('/', stamp.Split('/').Take(2));

    private async Task<string?> StampAsync(string sql, Guid tenant, string domainId, CancellationToken cancellationToken) =>
        (await TenantBatch.ReadAsync(
            database, tenant, sql, values => values.AddWithValue("domain", domainId), reader => reader.GetString(0), cancellationToken)).FirstOrDefault();

    /// <summary>The process's own copy, else the one that all processes share, else PostgreSQL's, which is then shared.</summary>
    /// <param name="stamp">The domain's stamp now: what bears another is not looked at.</param>
    private async Task<DomainConfiguration?> DomainAsync(Guid tenant, string domainId, string stamp, CancellationToken cancellationToken)
    {
        if (_domains.TryGetValue((tenant, domainId), out var cached) && cached.Stamp == stamp) return cached.Configuration;

        var key = CacheKey.Configuration(tenant, domainId);
        if (shared is not null && await shared.GetAsync(key, cancellationToken) is { } packed
            && StoredDomain.Unpack(packed, tenant, domainId, stamp) is { } found)
            return Keep(stamp, found);

        if (await StoredAsync(tenant, domainId, cancellationToken) is not { } stored) return null;
        if (shared is not null) await shared.SetAsync(key, stored.Pack(), cancellationToken);
        return Keep(stored.Stamp, stored.ToConfiguration());
    }

    private DomainConfiguration Keep(string stamp, DomainConfiguration configuration)
    {
        if (_domains.Count >= MaxCached) _domains.Clear();
        _domains[(configuration.Tenant, configuration.DomainId)] = (stamp, configuration);
        return configuration;
    }

    private async Task<StoredDomain?> StoredAsync(Guid tenant, string domainId, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, tenant, cancellationToken);
        await using var command = session.Command($"""
            SELECT concat_ws('/', id, version), {StoredDomain.Columns} FROM domain_configurations WHERE tenant_id = @tenant AND domain_id = @domain
            """);
        command.Parameters.AddWithValue("domain", domainId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(tenant, reader.GetString(0), [.. Enumerable.Range(1, reader.FieldCount - 1).Select(reader.GetString)])
            : null;
    }

    private static async Task<IReadOnlyList<AgentDefinition>> AgentsAsync(TenantSession session, CancellationToken cancellationToken)
    {
        await using var command = session.Command("""
            SELECT DISTINCT ON (agent_id) agent_id, agent_name, agent_class, system_prompt, tools::text, agent_dependencies::text, output_schema::text,
                coalesce(description, ''), enabled, is_inbuilt, version
            FROM (SELECT * FROM agent_definitions WHERE tenant_id = @tenant UNION ALL SELECT * FROM builtin_agent_definitions) agents
            ORDER BY agent_id, is_inbuilt
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var agents = new List<AgentDefinition>();
        while (await reader.ReadAsync(cancellationToken))
        {
            agents.Add(new AgentDefinition(
                reader.GetString(0),
                reader.GetString(1),
                ConfigurationJson.ToClass(reader.GetString(2)),
                reader.GetString(3),
                ConfigurationJson.ToStrings(JsonNode.Parse(reader.GetString(4))),
                ConfigurationJson.ToStrings(JsonNode.Parse(reader.GetString(5))),
                Object(reader, 6),
                reader.GetString(7),
                reader.GetBoolean(8),
                reader.GetBoolean(9),
                reader.GetInt32(10)));
        }

        return agents;
    }

    private static JsonObject Object(NpgsqlDataReader reader, int column) => JsonNode.Parse(reader.GetString(column))!.AsObject();
}
