using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>What the functions' role can and cannot do, with bare SQL: the adapters' own conditions are not there to help.</summary>
public sealed class TenantViewTests(SeededDatabase database) : IClassFixture<SeededDatabase>
{
    // Whatever shows rows of a tenant's own: a view that a later script makes is looked at as well, and must be seeded.
    private const string Views = """
        SELECT c.table_name FROM information_schema.columns c
        WHERE c.table_schema = 'tenant' AND c.column_name = 'tenant_id' AND c.table_name NOT IN ('builtin_agent_definitions', 'agent_definition_versions')
        """;

    [SkippableFact]
    public async Task The_role_has_no_grant_on_any_table()
    {
        await database.LaidAsync();
        var granted = await database.LinesAsync(await database.OwnerSourceAsync(), $"""
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'S')
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
                AND (has_table_privilege('{database.Functions.Username}', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))
            """);
        Assert.Empty(granted);
        var functions = await database.LaidAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.LinesAsync(functions, "SELECT * FROM public.incidents_default_00"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [SkippableFact]
    public async Task Without_a_tenant_nothing_is_seen_before_and_after_one()
    {
        var functions = await database.LaidAsync();
        await using var connection = await functions.OpenConnectionAsync();
        var tables = await TablesAsync();
        foreach (var table in tables) Assert.Equal(0L, await CountAsync(connection, table));
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, $"SELECT begin_tenant('{SeededDatabase.First}')");
            Assert.Equal(2L, await CountAsync(connection, "incidents"));
            await transaction.CommitAsync();
        }

        // The setting is now '' where it had never been set before: still nobody's.
        Assert.Equal("", await ScalarAsync(connection, "SELECT current_setting('app.tenant_id')"));
        foreach (var table in tables.Append("tenants")) Assert.Equal(0L, await CountAsync(connection, table));
    }

    [SkippableFact]
    public async Task A_tenant_sees_its_own_rows_and_no_others()
    {
        await using var session = await TenantSession.BeginAsync(await database.LaidAsync(), SeededDatabase.First, CancellationToken.None);
        foreach (var table in await TablesAsync())
        {
            Assert.NotEqual(0L, await ScalarAsync(session, $"SELECT count(*) FROM {table}"));
            Assert.Equal(0L, await ScalarAsync(session, $"SELECT count(*) FROM {table} WHERE tenant_id IS DISTINCT FROM @tenant"));
        }

        Assert.Equal(SeededDatabase.First, await ScalarAsync(session, "SELECT id FROM tenants"));
        Assert.NotEqual(0L, await ScalarAsync(session, "SELECT count(*) FROM builtin_agent_definitions"));
        Assert.Equal(0L, await ScalarAsync(session, "SELECT count(*) FROM agent_definition_versions WHERE tenant_id <> @tenant"));
    }

    [SkippableFact]
    public async Task No_row_can_be_moved_to_another_tenant()
    {
        var functions = await database.LaidAsync();
        foreach (var table in await TablesAsync())
        {
            await using var session = await TenantSession.BeginAsync(functions, SeededDatabase.First, CancellationToken.None);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(session, $"UPDATE {table} SET tenant_id = gen_random_uuid()"));
            Assert.Equal((table, PostgresErrorCodes.WithCheckOptionViolation), (table, refused.SqlState));
        }
    }

    [SkippableTheory]
    [InlineData("UPDATE incidents SET tenant_id = '00000000-0000-0000-0000-000000000002'")]
    [InlineData("INSERT INTO users (tenant_id, username) VALUES ('00000000-0000-0000-0000-000000000002', 'intruder')")]
    [InlineData("INSERT INTO teams (tenant_id, team_name) VALUES ('00000000-0000-0000-0000-000000000002', 'intruders')")]
    [InlineData("INSERT INTO agent_definitions (agent_id, agent_name, agent_class, system_prompt, output_schema, is_inbuilt) "
        + "VALUES ('mine', 'Mine', 'query', 'p', '{}', true)")]
    public async Task A_write_into_another_tenant_is_refused(string sql)
    {
        await using var session = await TenantSession.BeginAsync(await database.LaidAsync(), SeededDatabase.First, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(session, sql));
        Assert.Equal(PostgresErrorCodes.WithCheckOptionViolation, refused.SqlState);
    }

    [SkippableTheory]
    [InlineData("DELETE FROM incidents WHERE tenant_id = '00000000-0000-0000-0000-000000000002'")]
    [InlineData("UPDATE users SET username = 'taken' WHERE tenant_id = '00000000-0000-0000-0000-000000000002'")]
    public async Task A_write_on_another_tenants_rows_finds_none(string sql)
    {
        await using var session = await TenantSession.BeginAsync(await database.LaidAsync(), SeededDatabase.First, CancellationToken.None);
        await using var command = session.Command(sql);
        Assert.Equal(0, await command.ExecuteNonQueryAsync());
    }

    [SkippableTheory]
    [InlineData("UPDATE tenants SET tenant_name = 'Mine'")]
    [InlineData("DELETE FROM builtin_agent_definitions")]
    [InlineData("UPDATE builtin_agent_definitions SET enabled = false")]
    [InlineData("DELETE FROM agent_definition_versions")]
    [InlineData("INSERT INTO incidents_default_00 DEFAULT VALUES")]
    [InlineData("CREATE TABLE mine (id int)")]
    [InlineData("CREATE TEMPORARY TABLE mine (id int)")]
    [InlineData("CREATE FUNCTION pg_temp.peek() RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    public async Task What_is_not_the_functions_to_write_is_refused(string sql)
    {
        await using var session = await TenantSession.BeginAsync(await database.LaidAsync(), SeededDatabase.First, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(session, sql));
        Assert.Contains(refused.SqlState, new[] { PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.UndefinedTable });
    }

    [SkippableFact]
    public async Task A_session_of_the_role_has_its_limits_and_its_search_path()
    {
        var functions = await database.LaidAsync();
        Assert.Equal(["tenant, public | force_custom_plan | 25s | 5s | 1min"], await database.LinesAsync(functions, """
            SELECT current_setting('search_path'), current_setting('plan_cache_mode'), current_setting('statement_timeout'),
                current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')
            """));
    }

    [SkippableFact]
    public async Task Begin_tenant_refuses_null()
    {
        var functions = await database.LaidAsync();
        await Assert.ThrowsAsync<PostgresException>(() => database.LinesAsync(functions, "SELECT begin_tenant(NULL)"));
    }

    private async Task<List<string>> TablesAsync()
    {
        var tables = await database.LinesAsync(await database.OwnerSourceAsync(), Views);
        Assert.Contains("incidents", tables);
        return tables;
    }

    private static async Task<object?> CountAsync(NpgsqlConnection connection, string table) => await ScalarAsync(connection, $"SELECT count(*) FROM {table}");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql) => await ScalarAsync(connection, sql);

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<object?> ScalarAsync(TenantSession session, string sql)
    {
        await using var command = session.Command(sql);
        return await command.ExecuteScalarAsync();
    }
}
