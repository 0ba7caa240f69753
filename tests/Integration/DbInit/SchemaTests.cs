using DomainFlow.DbInit;
using DomainFlow.DbInit.Schema;
using DomainFlow.DbInit.UseCases;
using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.DbInit;

public sealed class SchemaTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableTheory]
    [InlineData("tenants", "id,tenant_name,created_at,updated_at")]
    [InlineData("users", "id,username,email,cognito_sub,tenant_id,created_at,updated_at")]
    [InlineData("teams", "id,team_name,tenant_id,members,created_at,updated_at,created_by")]
    [InlineData("agent_definitions", "id,agent_id,tenant_id,agent_name,agent_class,system_prompt,tools,agent_dependencies,max_output_keys,output_schema,"
        + "description,enabled,is_inbuilt,version,created_at,updated_at,created_by")]
    [InlineData("domain_configurations", "id,domain_id,tenant_id,domain_name,description,ingestion_playbook,query_playbook,management_playbook,"
        + "categories,places,status_transitions,settings,version,created_at,updated_at,created_by,learned")]
    [InlineData("incidents", "id,tenant_id,domain_id,raw_text,structured_data,location,created_at,updated_at,created_by,reported_at,version,status,"
        + "work_status,text_search,text_words,written_in,words_release")]
    [InlineData("image_evidence", "id,incident_id,tenant_id,s3_bucket,s3_key,content_type,file_size_bytes,uploaded_at")]
    public async Task A_table_has_its_columns_and_its_view_shows_all_of_them(string table, string columns)
    {
        await database.LaidAsync();
        var owner = await database.OwnerSourceAsync();
        foreach (var schema in new[] { "public", "tenant" })
        {
            var there = await database.LinesAsync(owner,
                $"SELECT column_name FROM information_schema.columns WHERE table_schema = '{schema}' AND table_name = '{table}' ORDER BY ordinal_position");
            Assert.Equal(columns.Split(','), there);
        }
    }

    [SkippableTheory]
    [InlineData("idx_agents_tenant_class", "ON public.agent_definitions USING btree (tenant_id, agent_class)")]
    [InlineData("idx_agents_enabled", "ON public.agent_definitions USING btree (enabled)")]
    [InlineData("idx_agents_tenant", "ON public.agent_definitions USING btree (tenant_id)")]
    [InlineData("idx_domains_tenant", "ON public.domain_configurations USING btree (tenant_id)")]
    [InlineData("idx_incidents_tenant_domain", "ON ONLY public.incidents USING btree (tenant_id, domain_id)")]
    [InlineData("idx_incidents_created_at", "ON ONLY public.incidents USING btree (created_at DESC)")]
    [InlineData("idx_incidents_structured_data", "ON ONLY public.incidents USING gin (structured_data jsonb_path_ops)")]
    [InlineData("idx_incidents_location", "ON ONLY public.incidents USING gist (location)")]
    [InlineData("users_pkey", "ON public.users USING btree (tenant_id, id)")]
    [InlineData("incidents_pkey", "ON ONLY public.incidents USING btree (tenant_id, id)")]
    [InlineData("image_evidence_s3_key_key", "ON ONLY public.image_evidence USING btree (tenant_id, s3_bucket, s3_key)")]
    [InlineData("agent_definitions_agent_id_key", "ON public.agent_definitions USING btree (tenant_id, agent_id) NULLS NOT DISTINCT")]
    public async Task An_index_is_there_under_its_name(string index, string definition)
    {
        await database.LaidAsync();
        var there = await database.LinesAsync(await database.OwnerSourceAsync(), $"SELECT pg_get_indexdef('public.{index}'::regclass)");
        Assert.EndsWith(definition, Assert.Single(there));
    }

    [SkippableTheory]
    [InlineData("incidents")]
    [InlineData("image_evidence")]
    public async Task A_large_table_is_partitioned_by_tenant_and_the_shared_partition_by_hash(string table)
    {
        await database.LaidAsync();
        var keys = await database.LinesAsync(await database.OwnerSourceAsync(),
            $"SELECT pg_get_partkeydef('{table}'::regclass), pg_get_partkeydef('{table}_default'::regclass)");
        Assert.Equal(["LIST (tenant_id) | HASH (tenant_id)"], keys);
    }

    [SkippableFact]
    public async Task An_image_belongs_to_an_incident_of_its_tenant()
    {
        await database.LaidAsync();
        var key = await database.LinesAsync(await database.OwnerSourceAsync(), """
            SELECT pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = 'image_evidence'::regclass AND contype = 'f' AND confrelid = 'incidents'::regclass
            """);
        Assert.Equal(["FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents(tenant_id, id) ON DELETE CASCADE"], key);
    }

    [SkippableFact]
    public async Task Every_table_with_updated_at_keeps_it()
    {
        await database.LaidAsync();
        var tables = await database.LinesAsync(await database.OwnerSourceAsync(), """
            SELECT t.relname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
            WHERE p.proname = 'update_updated_at_column' AND g.tgparentid = 0 ORDER BY t.relname
            """);
        Assert.Equal(["agent_definitions", "domain_configurations", "incidents", "teams", "tenants", "users"], tables);
    }

    [SkippableFact]
    public async Task An_update_moves_updated_at_unless_it_sets_it()
    {
        await database.LaidAsync();
        var owner = await database.OwnerSourceAsync();
        var id = Guid.NewGuid();
        await database.ExecuteAsync(owner, $"INSERT INTO tenants (id, tenant_name, updated_at) VALUES ('{id}', 'One', '2020-01-01Z')");
        await database.ExecuteAsync(owner, $"UPDATE tenants SET tenant_name = 'Two' WHERE id = '{id}'");
        Assert.Equal(["True"], await database.LinesAsync(owner, $"SELECT updated_at > '2021-01-01Z' FROM tenants WHERE id = '{id}'"));
        await database.ExecuteAsync(owner, $"UPDATE tenants SET updated_at = '2019-01-01Z' WHERE id = '{id}'");
        Assert.Equal(["True"], await database.LinesAsync(owner, $"SELECT updated_at = '2019-01-01Z' FROM tenants WHERE id = '{id}'"));
    }

    [SkippableTheory]
    [InlineData("agent_class", "'reporting'", "agent_definitions_agent_class_check")]
    [InlineData("max_output_keys", "6", "agent_definitions_max_output_keys_check")]
    public async Task A_check_refuses_what_an_agent_may_not_be(string column, string value, string constraint)
    {
        await database.LaidAsync();
        var owner = await database.OwnerSourceAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(owner, $"UPDATE agent_definitions SET {column} = {value}"));
        Assert.Equal(constraint, refused.ConstraintName);
    }

    [SkippableFact]
    public async Task An_agent_that_changes_grows_its_version_and_the_old_one_stays()
    {
        await database.LaidAsync();
        var owner = await database.OwnerSourceAsync();
        await database.ExecuteAsync(owner, """
            INSERT INTO tenants (id, tenant_name) VALUES ('00000000-0000-0000-0000-0000000000a1', 'Agents');
            INSERT INTO agent_definitions (tenant_id, agent_id, agent_name, agent_class, system_prompt, output_schema)
            VALUES ('00000000-0000-0000-0000-0000000000a1', 'own', 'Own', 'query', 'first', '{}');
            UPDATE agent_definitions SET system_prompt = 'second' WHERE agent_id = 'own';
            UPDATE agent_definitions SET system_prompt = 'second' WHERE agent_id = 'own';
            """);
        Assert.Equal(["2"], await database.LinesAsync(owner, "SELECT version FROM agent_definitions WHERE agent_id = 'own'"));
        Assert.Equal(["1 | first", "2 | second"], await database.LinesAsync(owner,
            "SELECT version, definition ->> 'system_prompt' FROM agent_definition_versions WHERE agent_id = 'own' ORDER BY version"));
    }

    [SkippableFact]
    public async Task A_script_that_was_changed_after_it_ran_is_refused_by_name()
    {
        await using var own = await OwnDatabase.MakeAsync();
        await own.Database.LaidAsync();
        var owner = await own.Database.OwnerSourceAsync();
        await own.Database.ExecuteAsync(owner, """
            UPDATE schema_history SET checksum = repeat('0', 64) WHERE name = '0005_agents.sql';
            DELETE FROM schema_history WHERE name = '0004_tenants.sql';
            """);
        var log = new WorkLog();
        var refused = await (await own.Database.SchemaAsync()).RunAsync(log, CancellationToken.None);
        Assert.Equal("0005_agents.sql", refused!.Field);
        Assert.Empty(log.Made);
        Assert.Empty(await own.Database.LinesAsync(owner, "SELECT name FROM schema_history WHERE name = '0004_tenants.sql'"));
    }

    [SkippableFact]
    public async Task The_functions_role_logs_in_and_follows_its_password()
    {
        await using var own = await OwnDatabase.MakeAsync();
        await own.Database.LaidAsync();
        var next = own.Database.Functions with { Password = "another one, with 'quotes' and $dollars$" };
        var source = await own.Database.OwnerSourceAsync();
        var schema = new LaySchema(source, new FunctionsRole(next, own.Database.Settings), BuiltInAgents.All, embedded: true, TimeProvider.System);
        var log = new WorkLog();
        Assert.Null(await schema.RunAsync(log, CancellationToken.None));
        Assert.Contains($"role {next.Username}", log.ToJson(TimeSpan.Zero)["changed"]!.ToJsonString());

        var after = await own.Database.OpenAsync(next);
        Assert.Equal([next.Username], await own.Database.LinesAsync(after, "SELECT current_user"));
        var before = await own.Database.OpenAsync(own.Database.Functions with { Password = "not this" });
        await Assert.ThrowsAsync<PostgresException>(async () => await before.OpenConnectionAsync());
    }

    [SkippableFact]
    public async Task A_role_of_another_name_gets_its_grants_too()
    {
        await using var own = await OwnDatabase.MakeAsync();
        await own.Database.LaidAsync();
        var second = new DatabaseCredentials($"{own.Database.Name}-second", "a-password");
        own.Database.AlsoDrop(second.Username);
        var source = await own.Database.OwnerSourceAsync();
        var schema = new LaySchema(source, new FunctionsRole(second, own.Database.Settings), BuiltInAgents.All, embedded: true, TimeProvider.System);
        Assert.Null(await schema.RunAsync(new WorkLog(), CancellationToken.None));
        Assert.Equal(["0"], await own.Database.LinesAsync(await own.Database.OpenAsync(second), "SELECT count(*) FROM incidents"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("quote\"")]
    [InlineData("tick'")]
    public void A_role_name_that_could_end_its_quotes_is_refused(string name)
    {
        var settings = new DatabaseSettings("/nowhere", 5432, "none", null);
        Assert.Contains("DB_FUNCTIONS_USER", Assert.Throws<InvalidOperationException>(() => new FunctionsRole(new(name, "secret"), settings)).Message);
    }
}
