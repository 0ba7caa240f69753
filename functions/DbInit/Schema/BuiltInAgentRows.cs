using DomainFlow.Domain.Playbooks;
using DomainFlow.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DomainFlow.DbInit.Schema;

/// <summary>The built-in agents as rows without a tenant: a release brings its own, and an agent that differs grows its version.</summary>
internal static class BuiltInAgentRows
{
    private const string Upsert = """
        INSERT INTO public.agent_definitions AS a (agent_id, tenant_id, agent_name, agent_class, system_prompt, tools, agent_dependencies,
            output_schema, description, enabled, is_inbuilt)
        VALUES (@id, NULL, @name, @class, @prompt, @tools, @dependencies, @schema, @description, @enabled, true)
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET
            agent_name = EXCLUDED.agent_name, agent_class = EXCLUDED.agent_class, system_prompt = EXCLUDED.system_prompt, tools = EXCLUDED.tools,
            agent_dependencies = EXCLUDED.agent_dependencies, output_schema = EXCLUDED.output_schema, description = EXCLUDED.description,
            enabled = EXCLUDED.enabled
        WHERE (a.agent_name, a.agent_class, a.system_prompt, a.tools, a.agent_dependencies, a.output_schema, a.description, a.enabled)
            IS DISTINCT FROM (EXCLUDED.agent_name, EXCLUDED.agent_class, EXCLUDED.system_prompt, EXCLUDED.tools, EXCLUDED.agent_dependencies,
                EXCLUDED.output_schema, EXCLUDED.description, EXCLUDED.enabled)
        RETURNING xmax = 0
        """;

    public static async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<AgentDefinition> agents, WorkLog log, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var agent in agents)
        {
            await using var command = new NpgsqlCommand(Upsert, connection, transaction);
            Bind(command.Parameters, agent);
            log.Add($"agent {agent.AgentId}", await command.ExecuteUpsertAsync(cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static void Bind(NpgsqlParameterCollection values, AgentDefinition agent)
    {
        values.AddWithValue("id", agent.AgentId);
        values.AddWithValue("name", agent.Name);
        values.AddWithValue("class", ConfigurationJson.FromClass(agent.Class));
        values.AddWithValue("prompt", agent.SystemPrompt);
        values.AddWithValue("tools", NpgsqlDbType.Jsonb, ConfigurationJson.FromStrings(agent.Tools).ToJsonString());
        values.AddWithValue("dependencies", NpgsqlDbType.Jsonb, ConfigurationJson.FromStrings(agent.Dependencies).ToJsonString());
        values.AddWithValue("schema", NpgsqlDbType.Jsonb, agent.OutputSchema.ToJsonString());
        values.AddWithValue("description", agent.Description);
        values.AddWithValue("enabled", agent.Enabled);
    }
}
