using Npgsql;

namespace DomainFlow.Integration.Tests.Infrastructure;

/// <summary>Two pooled tenants, each with a user, a team, an agent, a domain, two incidents, an image of the first, and a deleted one.</summary>
public sealed class SeededDatabase : TestDatabase
{
    public static readonly Guid First = new("00000000-0000-0000-0000-000000000001");
    public static readonly Guid Second = new("00000000-0000-0000-0000-000000000002");
    public static readonly Guid User = new("00000000-0000-0000-0000-0000000000aa");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Settings is null) return;
        await LaidAsync();
        var owner = await OwnerSourceAsync();
        foreach (var tenant in new[] { First, Second }) await SeedAsync(owner, tenant);
    }

    private async Task SeedAsync(NpgsqlDataSource owner, Guid tenant) => await ExecuteAsync(owner, $$$"""
        INSERT INTO tenants (id, tenant_name) VALUES ('{{{tenant}}}', 'Tenant');
        INSERT INTO users (id, tenant_id, username) VALUES ('{{{User}}}', '{{{tenant}}}', 'ann');
        INSERT INTO teams (tenant_id, team_name) VALUES ('{{{tenant}}}', 'Roads');
        INSERT INTO agent_definitions (tenant_id, agent_id, agent_name, agent_class, system_prompt, output_schema)
        VALUES ('{{{tenant}}}', 'own', 'Own', 'query', 'p', '{}');
        INSERT INTO domain_configurations (tenant_id, domain_id, domain_name, ingestion_playbook, query_playbook, management_playbook)
        VALUES ('{{{tenant}}}', 'civic', 'Civic', '{"agent_execution_graph":{"nodes":["geo"],"edges":[]}}',
            '{"agent_execution_graph":{"nodes":[],"edges":[]}}', '{"agent_execution_graph":{"nodes":[],"edges":[]}}');
        INSERT INTO incidents (id, tenant_id, domain_id, raw_text, created_by)
        SELECT gen_random_uuid(), '{{{tenant}}}', 'civic', 'A report', '{{{User}}}' FROM generate_series(1, 2);
        INSERT INTO image_evidence (id, incident_id, tenant_id, s3_bucket, s3_key)
        SELECT gen_random_uuid(), id, tenant_id, 'evidence', 'key' FROM incidents WHERE tenant_id = '{{{tenant}}}' LIMIT 1;
        INSERT INTO incident_tombstones (tenant_id, incident_id, version) VALUES ('{{{tenant}}}', gen_random_uuid(), 1);
        """);
}
