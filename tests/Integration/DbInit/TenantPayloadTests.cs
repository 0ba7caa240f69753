using DomainFlow.Domain.Playbooks;
using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.DbInit;

public sealed class TenantPayloadTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string OneDomain =
        """{"tenant":{"id":"7d3c1f2e-0000-4000-8000-000000000000","name":"x","domains":[{"domain_id":"a","template":"civic-complaints" """;

    [SkippableFact]
    public async Task A_tenant_is_made_once_with_its_domain()
    {
        database.Needed();
        var id = Guid.NewGuid();
        var payload = $$$"""
            {"tenant":{"id":"{{{id}}}","name":"New Haven","domains":[{"domain_id":"streets","template":"civic-complaints","name":"Streets",
             "time_zone":"America/New_York","language":"en","places":[{"name":"City Hall","kind":"building","aliases":["the hall"],
             "location":[-72.92,41.3],"radius_m":50}],"categories":[{"id":"pothole","name":"Pothole","words":["pothole"],"default_urgency":"high"}]}]}}
            """;
        var first = await DbInitDriver.InvokeAsync(database, payload);
        Assert.Equal(id.ToString(), (string?)first["tenant"]);
        Assert.Contains("\"domain streets\"", first["created"]!.ToJsonString());
        var second = await DbInitDriver.InvokeAsync(database, payload);
        Assert.Equal("[]", second["created"]!.ToJsonString());
        Assert.Equal("[]", second["changed"]!.ToJsonString());
        Assert.Contains("\"domain streets\"", second["already_there"]!.ToJsonString());

        var configuration = await new ConfigurationReader(await database.LaidAsync()).FindAsync(id, "streets", CancellationToken.None);
        Assert.Equal(("Streets", "America/New_York", "en", 1), (configuration!.Name, configuration.TimeZone, configuration.Language, configuration.Version));
        Assert.Equal(50, Assert.Single(configuration.Places).RadiusMetres);
        Assert.Equal("high", Assert.Single(configuration.Categories).DefaultUrgency);
        Assert.NotEmpty(configuration.Playbook(AgentClass.Ingestion).Nodes);
    }

    [SkippableFact]
    public async Task What_a_domain_learned_is_kept_until_other_categories_come()
    {
        database.Needed();
        var id = Guid.NewGuid();
        const string Categories = """
            "categories":[{"id":"lamp","name":"Lamp","words":[]},{"id":"hole","name":"Hole","words":[]}]
            """;
        const string Learned = """
            "learned":{"categories":["lamp","hole"],"bias":[0.5,-0.5],"scale":0.1,"features":["dark"],"weights":"CvY="}
            """;
        const string Places = """
            "places":[{"name":"Elm Street","kind":"street","location":[-72.9,41.3],"radius_m":300,"houses":[[12,-72.91,41.3],[4,-72.92,41.3]]}]
            """;
        await DbInitDriver.InvokeAsync(database, Payload(id, $"{Categories},{Learned},{Places}"));
        var reader = new ConfigurationReader(await database.LaidAsync());
        var configuration = await reader.FindAsync(id, "streets", CancellationToken.None);
        Assert.Equal([10, -10], configuration!.Learned!.Weights);
        Assert.Equal([4, 12], Assert.Single(configuration.Places).Houses!.Select(house => house.Number));

        await DbInitDriver.InvokeAsync(database, Payload(id, "\"language\":\"en\""));
        Assert.NotNull((await reader.FindAsync(id, "streets", CancellationToken.None))!.Learned);
        await DbInitDriver.InvokeAsync(database, Payload(id, Categories));
        Assert.Null((await reader.FindAsync(id, "streets", CancellationToken.None))!.Learned);
    }

    [SkippableFact]
    public async Task A_repeat_changes_what_it_names_and_leaves_what_people_changed()
    {
        database.Needed();
        var id = Guid.NewGuid();
        var reader = new ConfigurationReader(await database.LaidAsync());
        await DbInitDriver.InvokeAsync(database, Payload(id, "\"language\":\"en\""));
        Assert.Equal("en", (await reader.FindAsync(id, "streets", CancellationToken.None))!.Language);
        await database.ExecuteAsync(await database.OwnerSourceAsync(),
            $"UPDATE domain_configurations SET status_transitions = '{{\"pending\":[\"closed\"]}}' WHERE tenant_id = '{id}'");
        var again = await DbInitDriver.InvokeAsync(database, Payload(id, "\"language\":\"de\""));
        Assert.Equal("[\"domain streets\"]", again["changed"]!.ToJsonString());

        var configuration = await reader.FindAsync(id, "streets", CancellationToken.None);
        Assert.Equal(("de", 3), (configuration!.Language, configuration.Version));
        Assert.Equal(["pending"], configuration.StatusTransitions.Keys);
    }

    [SkippableFact]
    public async Task A_tenants_own_agent_stands_in_for_the_built_in_one()
    {
        database.Needed();
        var id = Guid.NewGuid();
        await DbInitDriver.InvokeAsync(database, Payload(id, "\"language\":\"en\""));
        var reader = new ConfigurationReader(await database.LaidAsync());
        Assert.True((await reader.FindSetupAsync(id, "streets", CancellationToken.None))!.Agents.Single(a => a.AgentId == "geo").IsInbuilt);
        await database.ExecuteAsync(await database.OwnerSourceAsync(), $$$"""
            INSERT INTO agent_definitions (tenant_id, agent_id, agent_name, agent_class, system_prompt, output_schema)
            VALUES ('{{{id}}}', 'geo', 'Our geo', 'ingestion', 'p', '{}')
            """);
        var own = (await reader.FindSetupAsync(id, "streets", CancellationToken.None))!.Agents.Single(a => a.AgentId == "geo");
        Assert.Equal(("Our geo", false), (own.Name, own.IsInbuilt));
        Assert.Null(await reader.FindAsync(Guid.NewGuid(), "streets", CancellationToken.None));
        Assert.Null(await reader.FindAsync(id, "gardens", CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_dedicated_tenant_has_partitions_of_its_own()
    {
        database.Needed();
        var id = Guid.NewGuid();
        var payload = $$$"""{"tenant":{"id":"{{{id}}}","name":"Big","dedicated":true}}""";
        Assert.Contains($"partitions of {id}", (await DbInitDriver.InvokeAsync(database, payload))["created"]!.ToJsonString());
        Assert.Contains($"partitions of {id}", (await DbInitDriver.InvokeAsync(database, payload))["already_there"]!.ToJsonString());
        await StoreAsync(id);
        Assert.Equal([$"incidents_tenant_{id:N}"], await database.LinesAsync(await database.OwnerSourceAsync(),
            $"SELECT tableoid::regclass::text FROM incidents WHERE tenant_id = '{id}'"));
    }

    [SkippableFact]
    public async Task A_tenant_whose_reports_are_pooled_is_not_dedicated_and_nothing_is_changed()
    {
        database.Needed();
        var id = Guid.NewGuid();
        await DbInitDriver.InvokeAsync(database, $$$"""{"tenant":{"id":"{{{id}}}","name":"Pooled"}}""");
        await StoreAsync(id);
        var refused = await DbInitDriver.InvokeAsync(database, $$$"""{"tenant":{"id":"{{{id}}}","name":"Renamed","dedicated":true}}""");
        Assert.Equal("tenant.dedicated", (string?)refused["errors"]![0]!["field"]);
        Assert.Equal(["Pooled"], await database.LinesAsync(await database.OwnerSourceAsync(), $"SELECT tenant_name FROM tenants WHERE id = '{id}'"));
    }

    [SkippableTheory]
    [InlineData("""{"tenant":{"name":"x"}}""", "tenant.id")]
    [InlineData("""{"tenant":{"id":"no","name":"x"}}""", "tenant.id")]
    [InlineData("""{"tenant":{"id":"7d3c1f2e-0000-4000-8000-000000000000","name":" "}}""", "tenant.name")]
    [InlineData("""{"tenant":{"id":"7d3c1f2e-0000-4000-8000-000000000000","name":"x","dedicatd":true}}""", "tenant.dedicatd")]
    [InlineData("""{"tenant":{"id":"7d3c1f2e-0000-4000-8000-000000000000","name":"x","domains":[{"domain_id":"A b","template":"civic-complaints"}]}}""",
        "tenant.domains[0].domain_id")]
    [InlineData("""{"tenant":{"id":"7d3c1f2e-0000-4000-8000-000000000000","name":"x","domains":[{"domain_id":"a","template":"none"}]}}""",
        "tenant.domains[0].template")]
    [InlineData(OneDomain + ""","time_zone":"Mars/Olympus"}]}}""",
        "tenant.domains[0].time_zone")]
    [InlineData(OneDomain + ""","places":[{"name":"p","kind":"k","location":[200,0],"radius_m":5}]}]}}""",
        "tenant.domains[0].places[0].location")]
    [InlineData("""{"tenat":{}}""", "payload.tenat")]
    [InlineData("""[]""", "payload")]
    public async Task What_a_payload_gets_wrong_is_named_and_nothing_is_written(string payload, string field)
    {
        database.Needed();
        var answer = await DbInitDriver.InvokeAsync(database, payload);
        Assert.Equal(field, (string?)Assert.Single(answer["errors"]!.AsArray())!["field"]);
        await database.LaidAsync();
        Assert.Equal(["0"], await database.LinesAsync(await database.OwnerSourceAsync(),
            "SELECT count(*) FROM tenants WHERE id = '7d3c1f2e-0000-4000-8000-000000000000'"));
    }

    private static string Payload(Guid id, string more) =>
        $$$"""{"tenant":{"id":"{{{id}}}","name":"Town","domains":[{"domain_id":"streets","template":"civic-complaints",{{{more}}}}]}}""";

    private async Task StoreAsync(Guid tenant)
    {
        await using var owner = await database.OwnerSourceAsync();
        await using var command = owner.CreateCommand("INSERT INTO users (tenant_id, id, username) VALUES ($1, $1, 'ann')");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        await command.ExecuteNonQueryAsync();
        var incident = Postgres.IncidentProjectionTests.Incident(tenant) with { CreatedBy = new ProjectedUser(tenant, "ann", null) };
        Assert.IsType<ProjectionResult.Written>(await new IncidentProjection(await database.LaidAsync()).ProjectAsync(incident, CancellationToken.None));
    }
}
