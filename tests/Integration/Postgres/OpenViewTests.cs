using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>
/// Every statement binds its tenant by itself: here the views let all tenants through, both tenants have a report of the same id, and
/// still neither meets the other's. (That the views hold by themselves is shown by <see cref="TenantViewTests"/>.)
/// </summary>
public sealed class OpenViewTests : IAsyncLifetime
{
    private static readonly Guid Mine = SeededDatabase.First;
    private static readonly Guid Theirs = SeededDatabase.Second;
    private static readonly Guid Id = Guid.NewGuid();

    private const string Open = """
        DO $$
        DECLARE opened RECORD;
        BEGIN
            FOR opened IN SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
                FROM information_schema.columns WHERE table_schema = 'tenant' AND table_name NOT IN ('tenants', 'builtin_agent_definitions') GROUP BY 1
            LOOP
                EXECUTE format('CREATE OR REPLACE VIEW tenant.%I AS SELECT %s FROM public.%I', opened.table_name, opened.columns, opened.table_name);
            END LOOP;
        END
        $$
        """;

    private readonly SeededDatabase _database = new();
    private NpgsqlDataSource _source = null!;
    private NpgsqlDataSource _owner = null!;
    private IncidentReader _reader = null!;
    private IncidentProjection _projection = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.Settings is null) return;
        (_source, _owner) = (await _database.LaidAsync(), await _database.OwnerSourceAsync());
        (_reader, _projection) = (new(_source), new(_source));
        await _database.ExecuteAsync(_owner, "DELETE FROM incidents");
        await _database.ExecuteAsync(_owner, Open);
        await StoreAsync(Mine, "mine", 3);
        await StoreAsync(Theirs, "theirs", 3);
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Every_reading_statement_finds_the_tenants_own_rows_alone()
    {
        _database.Needed();
        await using (var session = await TenantSession.BeginAsync(_source, Mine, CancellationToken.None))
            Assert.Equal(2, Assert.Single(await session.QueryAsync<long>("SELECT count(*) FROM incidents", null, CancellationToken.None)));

        var all = new IncidentFilter(Mine);
        Assert.Equal(["mine"], (await _reader.ListAsync(all, null, 10, CancellationToken.None)).Select(row => row.RawText));
        Assert.Equal(["mine"], (await ChangesAsync(all)).Select(change => change.Row.RawText));
        Assert.Equal(["mine"], (await _reader.WithinAsync(all, 10, CancellationToken.None)).Select(point => point.Text));
        Assert.Single(await _reader.IdsAsync(all, 10, CancellationToken.None));
        Assert.Equal(1, Assert.Single(await _reader.CountAsync(all, [["status"]], null, "UTC", 10, CancellationToken.None)).Count);
        Assert.Equal(1, Assert.Single(await new IncidentClusters(_source).ReadAsync(all, new MapGrid(4), CancellationToken.None)).Count);
        Assert.Single(await new IncidentInventory(_source).PageAsync(Mine, null, 10, CancellationToken.None));
        var row = Assert.Single(await _reader.ByIdsAsync(Mine, [Id], CancellationToken.None));
        Assert.Equal(("mine", "key-mine"), (row.RawText, Assert.Single(row.Images).S3Key));
    }

    /// <summary>A transaction of another test on this server may hold the feed for a moment.</summary>
    private async Task<IReadOnlyList<ChangedIncident>> ChangesAsync(IncidentFilter filter)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await _reader.ChangesAsync(filter, null, 10, limit.Token) is { Count: > 0 } changes) return changes;
        }
    }

    [SkippableFact]
    public async Task Removing_a_report_leaves_the_other_tenants_of_the_same_id()
    {
        _database.Needed();
        await _database.ExecuteAsync(_owner, $"INSERT INTO incident_tombstones VALUES ('{Theirs}', gen_random_uuid(), 1, '2020-01-01')");
        Assert.IsType<ProjectionResult.Written>(await _projection.RemoveAsync(Mine, Id, 9, CancellationToken.None));
        var left = Assert.Single(await _reader.ByIdsAsync(Theirs, [Id], CancellationToken.None));
        Assert.Equal("key-theirs", Assert.Single(left.Images).S3Key);
        Assert.Equal([$"{Theirs}"], await _database.LinesAsync(_owner, "SELECT tenant_id FROM incident_tombstones WHERE deleted_at < '2021-01-01'"));

        // Mine's tombstone keeps only its own out.
        Assert.IsType<ProjectionResult.Written>(await StoreAsync(Theirs, "theirs again", 4));
        Assert.IsType<ProjectionResult.AlreadyThere>(await StoreAsync(Mine, "mine again", 4));
    }

    [SkippableFact]
    public async Task A_writer_changes_neither_rows_nor_images_of_the_other_tenant()
    {
        _database.Needed();
        await StoreAsync(Mine, "mine anew", 5);
        // Too late for Mine, and of the version that Theirs has.
        Assert.IsType<ProjectionResult.AlreadyThere>(await _projection.ProjectAsync(Incident(Mine, "late", 3) with { Images = [] }, CancellationToken.None));
        Assert.Equal("key-mine anew", Assert.Single(Assert.Single(await _reader.ByIdsAsync(Mine, [Id], CancellationToken.None)).Images).S3Key);
        await _projection.ProjectAsync(Incident(Mine, "mine without", 6) with { Images = [] }, CancellationToken.None);
        Assert.Equal("key-theirs", Assert.Single(Assert.Single(await _reader.ByIdsAsync(Theirs, [Id], CancellationToken.None)).Images).S3Key);
    }

    [SkippableFact]
    public async Task A_person_of_one_tenant_is_no_person_of_the_other()
    {
        _database.Needed();
        var person = new ProjectedUser(Guid.NewGuid(), "bea", "bea@example.org");
        await _projection.ProjectAsync(Incident(Theirs, "theirs", 4) with { CreatedBy = person }, CancellationToken.None);
        Assert.IsType<ProjectionResult.Written>(await _projection.ProjectAsync(Incident(Mine, "mine", 4) with { CreatedBy = person }, CancellationToken.None));
        var namesake = person with { Id = Guid.NewGuid() };
        await _projection.ProjectAsync(Incident(Mine, "mine", 5) with { CreatedBy = namesake }, CancellationToken.None);
        Assert.Equal(
            [$"{Mine} | bea | bea@example.org", $"{Mine} | bea~{person.Id} | ", $"{Theirs} | bea | bea@example.org"],
            await _database.LinesAsync(_owner, "SELECT tenant_id, username, email FROM users WHERE username LIKE 'bea%' ORDER BY 1, 2"));
    }

    [SkippableFact]
    public async Task Configuration_is_the_tenants_own_and_only_its_changes_show()
    {
        _database.Needed();
        await _database.ExecuteAsync(_owner, $"""
            INSERT INTO domain_configurations (tenant_id, domain_id, domain_name, ingestion_playbook, query_playbook, management_playbook)
            SELECT tenant_id, 'only-theirs', 'x', ingestion_playbook, query_playbook, management_playbook
            FROM domain_configurations WHERE tenant_id = '{Theirs}';
            UPDATE domain_configurations SET domain_name = tenant_id::text;
            UPDATE agent_definitions SET agent_name = tenant_id::text WHERE tenant_id IS NOT NULL;
            """);
        var reader = new ConfigurationReader(_source);
        Assert.Equal(["civic"], await reader.DomainsAsync(Mine, CancellationToken.None));
        Assert.Equal(["civic"], (await reader.FactsAsync(Mine, CancellationToken.None)).Select(domain => domain.DomainId));
        Assert.Null(await reader.FindAsync(Mine, "only-theirs", CancellationToken.None));

        var configuration = await reader.FindAsync(Mine, "civic", CancellationToken.None);
        var setup = (await reader.FindSetupAsync(Mine, "civic", CancellationToken.None))!;
        Assert.Equal($"{Mine}", setup.Configuration.Name);
        Assert.Equal([$"{Mine}"], setup.Agents.Where(agent => agent.AgentId == "own").Select(agent => agent.Name));
        Assert.Equal($"{Theirs}", (await reader.FindAsync(Theirs, "civic", CancellationToken.None))!.Name);
        Assert.Equal($"{Theirs}", (await reader.FindSetupAsync(Theirs, "civic", CancellationToken.None))!.Configuration.Name);
        await _database.ExecuteAsync(_owner, $"UPDATE agent_definitions SET version = version + 1 WHERE tenant_id = '{Theirs}'");
        Assert.Same(configuration, await reader.FindAsync(Mine, "civic", CancellationToken.None));
        Assert.Same(setup, await reader.FindSetupAsync(Mine, "civic", CancellationToken.None));
        foreach (var name in new[] { "first", "second", "third" })
        {
            await _database.ExecuteAsync(_owner, $"UPDATE domain_configurations SET domain_name = '{name}', version = version + 1 WHERE tenant_id = '{Mine}'");
            Assert.Equal(name, (await reader.FindAsync(Mine, "civic", CancellationToken.None))!.Name);
            Assert.Equal(name, (await reader.FindSetupAsync(Mine, "civic", CancellationToken.None))!.Configuration.Name);
        }
    }

    private Task<ProjectionResult> StoreAsync(Guid tenant, string text, long version) =>
        _projection.ProjectAsync(Incident(tenant, text, version), CancellationToken.None);

    private static ProjectedIncident Incident(Guid tenant, string text, long version) => IncidentProjectionTests.Incident(tenant) with
    {
        Id = Id,
        RawText = text,
        Version = version,
        Images = [new(Guid.NewGuid(), "evidence", "key-" + text, "image/png", 1, null)],
    };
}
