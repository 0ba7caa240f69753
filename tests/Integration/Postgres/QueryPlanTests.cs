using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>The plans that the functions' role gets for the reader's own conditions, over 60,000 rows of three tenants.</summary>
public sealed class QueryPlanTests(QueryPlanTests.ManyIncidents database) : IClassFixture<QueryPlanTests.ManyIncidents>
{
    private static readonly Guid Tenant = new("00000000-0000-0000-0000-000000000001");

    public static TheoryData<string, string> Cases => new()
    {
        { "category", "structured_data" },
        { "urgency", "structured_data" },
        { "box", "location::geometry|position|geometry" },
        { "circle", "location" },
        { "text", "text_words" },
        { "place text", "text_words" },
        { "German text", "text_words" },
        { "box over the 180th meridian", "location::geometry|position|geometry" },
        { "status", "status" },
        { "work status", "work_status" },
        { "updated since", "updated_at" },
    };

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task A_selective_filter_uses_its_index(string filter, string column)
    {
        var plan = await PlanAsync(FilterOf(filter));
        Assert.DoesNotContain("Seq Scan", plan);
        Assert.Matches($"Index Cond: .*({column})", plan);
        Assert.Matches("(Bitmap Index Scan|Index Scan)", plan);
    }

    [SkippableFact]
    public async Task A_list_runs_down_its_index_and_reads_one_page()
    {
        var plan = await PlanAsync(new IncidentFilter(Tenant, DomainId: "civic"));
        Assert.Matches("Index Scan.* using incidents_default_.*domain_id_reported_at", plan);
        Assert.DoesNotContain("Sort", plan);
    }

    [SkippableTheory]
    [InlineData("status")]
    [InlineData("work status")]
    public async Task A_rare_status_is_read_in_the_lists_order(string filter) => Assert.DoesNotContain("Sort", await PlanAsync(FilterOf(filter)));

    [SkippableFact]
    public async Task A_follower_goes_on_where_it_was()
    {
        var plan = await PlanAsync(
            new IncidentFilter(Tenant, UpdatedSince: DateTimeOffset.UnixEpoch), "AND (written_in, id) > ('7', @tenant) ORDER BY written_in, id LIMIT 21");
        Assert.Matches("Index Scan.* using incidents_default_.*written_in_id", plan);
        Assert.DoesNotContain("Sort", plan);
    }

    [SkippableFact]
    public async Task Only_the_tenants_own_partition_is_planned()
    {
        var plan = await PlanAsync(new IncidentFilter(Tenant, Category: "rare"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(plan, @"on incidents_default_\d\d").Select(m => m.Value).Distinct());
    }

    private static IncidentFilter FilterOf(string name) => name switch
    {
        "category" => new(Tenant, Category: "rare"),
        "urgency" => new(Tenant, Urgency: "critical"),
        "box" => new(Tenant, DomainId: "civic", Bounds: new(10.0, 50.0, 10.02, 50.02)),
        "circle" => new(Tenant, DomainId: "civic", Near: new(10.01, 50.01, 500)),
        "text" => new(Tenant, DomainId: "civic", Text: "heron nesting"),
        "German text" => new(Tenant, DomainId: "civic", Text: "Reiher", Languages: new Dictionary<string, string> { ["civic"] = "de" }),
        "box over the 180th meridian" => new(Tenant, Bounds: new(179.9, 50, -179.9, 51)),
        "status" => new(Tenant, Status: "failed"),
        "work status" => new(Tenant, WorkStatus: "in_progress"),
        "updated since" => new(Tenant, UpdatedSince: new(2026, 1, 14, 20, 0, 0, TimeSpan.Zero)),
        _ => new(Tenant, DomainId: "civic", PlaceText: "heron nesting"),
    };

    private async Task<string> PlanAsync(IncidentFilter filter, string order = "ORDER BY reported_at DESC, id DESC LIMIT 21")
    {
        await using var session = await TenantSession.BeginAsync(await database.LaidAsync(), filter.Tenant, CancellationToken.None);
        await using var command = session.Command(
            $"EXPLAIN SELECT id, raw_text FROM incidents {IncidentFilterSql.Where(filter)} {order}");
        IncidentFilterSql.Bind(command.Parameters, filter);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    public sealed class ManyIncidents : TestDatabase
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            if (Settings is null) return;
            await LaidAsync();
            await ExecuteAsync(await OwnerSourceAsync(), """
                INSERT INTO tenants (id, tenant_name) SELECT ('00000000-0000-0000-0000-00000000000' || t)::uuid, 'T' || t FROM generate_series(1, 3) t;
                INSERT INTO users (id, tenant_id, username) SELECT id, id, 'ann' FROM tenants;
                INSERT INTO incidents (id, tenant_id, domain_id, raw_text, structured_data, location, created_by, reported_at,
                    updated_at, status, work_status, text_words)
                SELECT gen_random_uuid(), t.id, CASE n % 3 WHEN 0 THEN 'civic' ELSE 'other' END,
                    CASE n % 4001 WHEN 0 THEN 'A heron nesting in the pond' ELSE 'Pothole number ' || n || ' on the road' END,
                    jsonb_build_object('entity', jsonb_build_object('category', CASE n % 1999 WHEN 0 THEN 'rare' ELSE 'pothole' END),
                        'temporal', jsonb_build_object('urgency', CASE n % 2003 WHEN 0 THEN 'critical' ELSE 'low' END)),
                    ST_SetSRID(ST_MakePoint(10 + (n % 200) * 0.01, 50 + (n / 200) * 0.01), 4326)::geography, t.id,
                    '2026-01-01Z'::timestamptz + n * interval '1 minute', '2026-01-01Z'::timestamptz + n * interval '1 minute',
                    CASE n % 1997 WHEN 0 THEN 'failed' ELSE 'completed' END, CASE n % 1993 WHEN 0 THEN 'in_progress' ELSE 'pending' END,
                    CASE n % 5 WHEN 0 THEN to_tsvector('german', CASE n % 4005 WHEN 0 THEN 'Reiher am Teich' ELSE 'Schlagloch ' || n END) END
                FROM tenants t, generate_series(1, 20000) n;
                ANALYZE incidents;
                """);
        }
    }
}
