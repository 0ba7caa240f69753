using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

public sealed class IncidentReaderTests : IAsyncLifetime
{
    private static readonly Guid Tenant = SeededDatabase.First;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SeededDatabase _database = new();
    private NpgsqlDataSource _source = null!;
    private IncidentReader _reader = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.Settings is null) return;
        _source = await _database.LaidAsync();
        _reader = new IncidentReader(_source);
        await _database.ExecuteAsync(await _database.OwnerSourceAsync(), "DELETE FROM incidents");
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Pages_show_every_report_once_while_others_arrive()
    {
        _database.Needed();
        // Three to a time: ties are broken by id.
        for (var i = 0; i < 30; i++) await StoreAsync(reportedAt: Start.AddMinutes(i / 3));
        var seen = new List<IncidentRow>();
        IncidentPosition? after = null;
        for (var page = 0; page < 20; page++)
        {
            var rows = await _reader.ListAsync(new IncidentFilter(Tenant), after, 7, CancellationToken.None);
            if (rows.Count == 0) break;
            seen.AddRange(rows);
            after = new IncidentPosition(rows[^1].ReportedAt, rows[^1].Id);
            await StoreAsync(reportedAt: Start.AddDays(1));
        }

        Assert.Equal(30, seen.Count);
        Assert.Equal(30, seen.Select(row => row.Id).Distinct().Count());
        Assert.Equal(seen.Select(row => row.ReportedAt).OrderDescending(), seen.Select(row => row.ReportedAt));
    }

    [SkippableFact]
    public async Task Pages_show_what_stays_once_while_others_are_changed_and_deleted()
    {
        _database.Needed();
        var stays = new List<Guid>();
        var changes = new List<Guid>();
        var goes = new List<Guid>();
        for (var i = 0; i < 30; i++) (i % 3 == 0 ? stays : i % 3 == 1 ? changes : goes).Add(await StoreAsync(reportedAt: Start.AddMinutes(i / 2)));
        var projection = new IncidentProjection(_source);
        var seen = new List<Guid>();
        IncidentPosition? after = null;
        for (var page = 0; page < 10; page++)
        {
            var rows = await _reader.ListAsync(new IncidentFilter(Tenant), after, 4, CancellationToken.None);
            if (rows.Count == 0) break;
            seen.AddRange(rows.Select(row => row.Id));
            after = new IncidentPosition(rows[^1].ReportedAt, rows[^1].Id);
            // The row that the cursor stands on goes too.
            await projection.RemoveAsync(Tenant, goes.Contains(after.Id) ? after.Id : goes[page], CancellationToken.None);
            var changed = IncidentProjectionTests.Incident(Tenant) with
            {
                Id = changes[page],
                Version = 100,
                ReportedAt = Start.AddMinutes(((page * 3) + 1) / 2),
                UpdatedAt = Start.AddDays(1),
                Status = "failed",
            };
            await projection.ProjectAsync(changed, CancellationToken.None);
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(stays.Concat(changes).Except(seen));
    }

    [SkippableFact]
    public async Task Each_filter_finds_its_own()
    {
        _database.Needed();
        var wanted = await StoreAsync(i => i with
        {
            DomainId = "parks",
            RawText = "Fallen branches block the riverside path",
            Status = "failed",
            WorkStatus = "resolved",
            StructuredData = """{"entity":{"category":"tree"},"temporal":{"urgency":"critical"}}""",
            Longitude = 10.5,
            Latitude = 50.5,
            ReportedAt = Start.AddDays(10),
            UpdatedAt = Start.AddDays(20),
        });
        await StoreAsync(reportedAt: Start);

        IncidentFilter[] filters =
        [
            new(Tenant, DomainId: "parks"), new(Tenant, Status: "failed"), new(Tenant, WorkStatus: "resolved"), new(Tenant, Category: "tree"),
            new(Tenant, Urgency: "critical"), new(Tenant, From: Start.AddDays(10)), new(Tenant, UpdatedSince: Start.AddDays(20)),
            new(Tenant, Bounds: new(10, 50, 11, 51)), new(Tenant, Near: new(10.5, 50.501, 200)), new(Tenant, Text: "blocked path"),
            new(Tenant, Text: "\"riverside path\" -pothole"), new(Tenant, PlaceText: "riverside path"),
        ];
        foreach (var filter in filters)
        {
            Assert.Equal([wanted], (await _reader.ListAsync(filter, null, 10, CancellationToken.None)).Select(row => row.Id));
            Assert.Equal([wanted], await _reader.IdsAsync(filter, 10, CancellationToken.None));
            Assert.Empty(await _reader.ListAsync(filter with { Tenant = SeededDatabase.Second }, null, 10, CancellationToken.None));
        }

        Assert.DoesNotContain(wanted, await _reader.IdsAsync(new(Tenant, To: Start.AddDays(10)), 10, CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_box_has_straight_edges_and_may_cross_the_date_line()
    {
        _database.Needed();
        var southEdge = await StoreAsync(i => i with { Longitude = 30, Latitude = 50.01 });
        var east = await StoreAsync(i => i with { Longitude = 179.5, Latitude = -17 });
        var west = await StoreAsync(i => i with { Longitude = -179.5, Latitude = -17 });
        await StoreAsync(i => i with { Longitude = null, Latitude = null });

        Assert.Equal([southEdge], (await _reader.WithinAsync(new(Tenant, Bounds: new(0, 50, 60, 55)), 10, CancellationToken.None)).Select(row => row.Id));
        var fiji = await _reader.WithinAsync(new(Tenant, Bounds: new(179, -20, -179, -15)), 10, CancellationToken.None);
        Assert.Equal(new[] { east, west }.Order(), fiji.Select(row => row.Id).Order());
    }

    [SkippableFact]
    public async Task Another_tenants_reports_are_in_no_answer()
    {
        _database.Needed();
        var foreign = await StoreAsync(i => i with { Tenant = SeededDatabase.Second });
        Assert.Empty(await _reader.ListAsync(new(Tenant), null, 100, CancellationToken.None));
        Assert.Empty(await _reader.WithinAsync(new(Tenant, Bounds: new(-180, -90, 180, 90)), 100, CancellationToken.None));
        Assert.Empty(await _reader.ByIdsAsync(Tenant, [foreign], CancellationToken.None));
        Assert.Empty(await new IncidentClusters(_source).ReadAsync(new(Tenant), new MapGrid(4), CancellationToken.None));
        Assert.Empty(await _reader.CountAsync(new(Tenant), [["status"]], null, "UTC", 10, CancellationToken.None));
        Assert.Single(await _reader.ListAsync(new(SeededDatabase.Second), null, 100, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Counts_are_grouped_by_values_and_local_days()
    {
        _database.Needed();
        // 03:00 and 05:00 UTC lie on two days in New York.
        await StoreAsync(reportedAt: new(2026, 1, 10, 3, 0, 0, TimeSpan.Zero));
        await StoreAsync(reportedAt: new(2026, 1, 10, 5, 0, 0, TimeSpan.Zero));
        await StoreAsync(i => i with { ReportedAt = new(2026, 1, 10, 6, 0, 0, TimeSpan.Zero), StructuredData = "{}" });

        var counts = await _reader.CountAsync(
            new(Tenant), [["entity", "category"], ["status"]], CountInterval.Day, "America/New_York", 10, CancellationToken.None);
        Assert.Equal(
            ["2026-01-09T05:00 pothole completed 1", "2026-01-10T05:00  completed 1", "2026-01-10T05:00 pothole completed 1"],
            counts.Select(c => $"{c.Period:yyyy-MM-ddTHH:mm} {c.Keys[0]} {c.Keys[1]} {c.Count}").Order(StringComparer.Ordinal));
    }

    private Task<Guid> StoreAsync(DateTimeOffset reportedAt) => StoreAsync(incident => incident with { ReportedAt = reportedAt });

    private async Task<Guid> StoreAsync(Func<ProjectedIncident, ProjectedIncident> change)
    {
        var incident = change(IncidentProjectionTests.Incident(Tenant) with { ReportedAt = Start, UpdatedAt = Start });
        Assert.IsType<ProjectionResult.Written>(await new IncidentProjection(_source).ProjectAsync(incident, CancellationToken.None));
        return incident.Id;
    }
}
