using DomainFlow.Chaos.Tests.Support;
using DomainFlow.DbInit.Schema;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Upgrade;

/// <summary>The schema as the release before this one laid it: scripts that ran are never edited, so their texts are here.</summary>
internal static class PreviousRelease
{
    private static readonly string[] Scripts =
    [
        "0001_schema_history.sql", "0002_extensions.sql", "0003_triggers.sql", "0004_tenants.sql", "0005_agents.sql", "0006_domains.sql",
        "0007_incidents.sql", "0008_tenant_views.sql", "embedded/0001_tables.sql", "embedded/0002_search.sql",
    ];

    private const string Grants = """
        GRANT USAGE ON SCHEMA tenant TO :functions_role;
        GRANT SELECT, INSERT, UPDATE, DELETE ON tenant.incidents, tenant.image_evidence, tenant.users TO :functions_role;
        ALTER ROLE :functions_role SET search_path = tenant, public;
        """;

    public static async Task LayAsync(OwnedDatabase database)
    {
        var role = new FunctionsRole(database.Functions, database.Settings);
        var owner = await database.OwnerSourceAsync();
        await using var connection = await owner.OpenConnectionAsync();
        await role.EnsureAsync(connection, CancellationToken.None);
        var runner = new ScriptRunner(TimeProvider.System);
        var all = SchemaScript.All(withEmbedded: true).ToDictionary(script => script.Name);
        foreach (var name in Scripts)
            await runner.RunAsync(connection, name, role.Fill(all[name].Sql), all[name].Checksum, CancellationToken.None);
        await database.ExecuteAsync(owner, role.Fill(Grants));
    }

    /// <summary>A tenant with so many reports, each of a city's size.</summary>
    public static async Task<Guid> FillAsync(NpgsqlDataSource owner, int reports)
    {
        var tenant = Guid.NewGuid();
        await using var command = owner.CreateCommand($"INSERT INTO tenants (id, tenant_name) VALUES ('{tenant}', 'City {tenant}')");
        await command.ExecuteNonQueryAsync();
        await FillAsync(owner, tenant, reports);
        return tenant;
    }

    /// <summary>So many reports of a tenant that is there.</summary>
    public static async Task FillAsync(NpgsqlDataSource owner, Guid tenant, int reports)
    {
        var user = Guid.NewGuid();
        await using var command = owner.CreateCommand($$"""
            INSERT INTO users (id, tenant_id, username) VALUES ('{{user}}', '{{tenant}}', 'ann');
            INSERT INTO incidents (id, tenant_id, domain_id, raw_text, structured_data, location, reported_at, created_by, status, work_status)
            SELECT gen_random_uuid(), '{{tenant}}', 'civic-complaints', 'Pothole number ' || n || ' on street ' || n % 977 || ' damages cars near the market',
                jsonb_build_object('entity', jsonb_build_object('category', 'c' || n % 12, 'key_phrases', jsonb_build_array('phrase ' || n % 5000)),
                    'geo', jsonb_build_object('address', n || ' Street', 'confidence', 0.8)),
                ST_SetSRID(ST_MakePoint(-72.9 + n % 1000 / 5000.0, 41.3 + n % 997 / 5000.0), 4326)::geography,
                now() - n * interval '1 minute', '{{user}}', 'completed', CASE WHEN n % 3 = 0 THEN 'resolved' ELSE 'pending' END
            FROM generate_series(1, {{reports}}) n
            """);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
