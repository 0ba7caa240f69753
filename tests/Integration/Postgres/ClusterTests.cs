using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

public sealed class ClusterTests(ClusterTests.Points database) : IClassFixture<ClusterTests.Points>
{
    private const int Count = 3000;
    private static readonly Guid Tenant = SeededDatabase.First;
    private static readonly Bounds World = new(-180, -90, 180, 90);

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(22)]
    public async Task Every_point_counts_in_one_cluster_and_there_are_not_too_many(int zoom)
    {
        var clusters = await ReadAsync(World, zoom);
        Assert.Equal(Count, clusters.Sum(cluster => cluster.Count));
        Assert.InRange(clusters.Count, 1, 1000);
        Assert.All(clusters, c => Assert.InRange(c.Longitude, c.Bounds.West - 1e-6, c.Bounds.East + 1e-6));
        Assert.All(clusters, c => Assert.InRange(c.Latitude, c.Bounds.South - 1e-6, c.Bounds.North + 1e-6));
        Assert.All(clusters, c => Assert.True(c.Categories.Sum(category => category.Value) <= c.Count && c.Categories.Count <= 3));
        Assert.All(clusters, c => Assert.Equal(c.Count == 1, c.Single is not null));
    }

    [SkippableFact]
    public async Task A_larger_zoom_gives_smaller_clusters()
    {
        var coarse = await ReadAsync(World, 0);
        var fine = await ReadAsync(World, 2);
        Assert.True(fine.Count > coarse.Count, $"{fine.Count} clusters at zoom 2, {coarse.Count} at zoom 0");
    }

    [SkippableFact]
    public async Task A_box_over_the_180th_meridian_counts_both_sides_and_nothing_between()
    {
        var box = new Bounds(170, -90, -170, 90);
        var clusters = await ReadAsync(box, 5);
        var owner = await database.OwnerSourceAsync();
        var there = await database.LinesAsync(owner,
            $"SELECT count(*) FROM incidents WHERE tenant_id = '{Tenant}' AND abs(ST_X(location::geometry)) >= 170");
        Assert.Equal(there.Single(), clusters.Sum(cluster => cluster.Count).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(clusters, cluster => Assert.InRange(Math.Abs(cluster.Longitude), 170, 180));
    }

    [SkippableFact]
    public async Task A_cluster_names_its_most_frequent_categories()
    {
        var all = await ReadAsync(World, 0);
        var named = all.SelectMany(cluster => cluster.Categories).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        Assert.Equal(["common", "often"], named.OrderByDescending(n => n.Value).Take(2).Select(n => n.Key));
    }

    [Theory]
    [InlineData(-180, -90, 180, 90, 22, 16)]
    [InlineData(-73, 41.2, -72.8, 41.4, 4, 64)]
    [InlineData(179.9, -17, -179.9, -16.8, 1, 8)]
    public void A_grid_is_as_fine_as_the_box_allows_and_no_finer_than_the_zoom(double w, double s, double e, double n, int zoom, long columns) =>
        Assert.Equal(columns, MapGrid.For(new(w, s, e, n), zoom, 1000).Columns);

    [Fact]
    public void A_grid_never_lays_more_cells_over_a_box_than_it_may()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var south = (random.NextDouble() * 180) - 90;
            var size = Math.Pow(10, (random.NextDouble() * 7) - 5);
            var west = (random.NextDouble() * 360) - 180;
            var bounds = new Bounds(west, south, Math.Min(180, west + size), Math.Min(90, south + size));
            var grid = MapGrid.For(bounds, 22, 1000);
            var width = Math.Floor((bounds.East + 180) / 360 * grid.Columns) - Math.Floor((bounds.West + 180) / 360 * grid.Columns) + 1;
            Assert.InRange(width, 1, 1000);
        }
    }

    private async Task<IReadOnlyList<IncidentCluster>> ReadAsync(Bounds bounds, int zoom) =>
        await new IncidentClusters(await database.LaidAsync()).ReadAsync(
            new(Tenant, Bounds: bounds), MapGrid.For(bounds, zoom, 1000), CancellationToken.None);

    /// <summary>Points all over the world, the poles too.</summary>
    public sealed class Points : TestDatabase
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            if (Settings is null) return;
            await LaidAsync();
            await ExecuteAsync(await OwnerSourceAsync(), $$"""
                INSERT INTO tenants (id, tenant_name) VALUES ('{{Tenant}}', 'T');
                INSERT INTO users (id, tenant_id, username) VALUES ('{{Tenant}}', '{{Tenant}}', 'ann');
                INSERT INTO incidents (id, tenant_id, domain_id, raw_text, structured_data, location, created_by)
                SELECT gen_random_uuid(), '{{Tenant}}', 'civic', 'Point ' || n,
                    CASE WHEN n % 7 = 0 THEN '{}' ELSE jsonb_build_object('entity', jsonb_build_object('category',
                        CASE WHEN n % 2 = 0 THEN 'common' WHEN n % 3 = 0 THEN 'often' ELSE 'rare' || n % 5 END)) END,
                    ST_SetSRID(ST_MakePoint(((n * 7919) % 36001) / 100.0 - 180, ((n * 104729) % 18001) / 100.0 - 90), 4326)::geography, '{{Tenant}}'
                FROM generate_series(1, {{Count}}) n;
                """);
        }
    }
}
