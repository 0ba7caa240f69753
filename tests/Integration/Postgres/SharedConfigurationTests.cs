using System.IO.Compression;
using DomainFlow.Cache;
using DomainFlow.Domain.Caching;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>What processes share of a configuration makes a new process quicker; whatever stands there, the answer is PostgreSQL's.</summary>
public sealed class SharedConfigurationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Domain = "streets";
    private const string Playbook = """{"agent_execution_graph":{"nodes":["geo"],"edges":[]}}""";

    private readonly InProcessCache cache = new(TimeProvider.System);

    [SkippableFact]
    public async Task A_new_process_takes_what_another_has_read()
    {
        var tenant = await TenantAsync();
        var read = await FindAsync(tenant);
        var shared = await cache.GetAsync(Key(tenant), default);
        // Changed in the cache alone, to tell it from PostgreSQL's.
        await cache.SetAsync(Key(tenant), Stored(tenant, await StampAsync(tenant), "as shared").Pack(), default);
        var found = await FindAsync(tenant);
        Assert.Equal("as shared", found.Name);
        Assert.Equal("as shared", (await (await ReaderAsync()).FindSetupAsync(tenant, Domain, default))!.Configuration.Name);
        await cache.SetAsync(Key(tenant), shared, default);
        Assert.Equal(Described(read), Described(await FindAsync(tenant)));
    }

    [SkippableFact]
    public async Task A_change_shows_at_once_whatever_is_shared()
    {
        var tenant = await TenantAsync();
        var reader = await ReaderAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i == 0 ? "Streets" : $"changed {i}", (await reader.FindAsync(tenant, Domain, default))!.Name);
            await database.ExecuteAsync(await database.OwnerSourceAsync(),
                $"UPDATE domain_configurations SET domain_name = 'changed {i + 1}', version = version + 1 WHERE tenant_id = '{tenant}'");
            Assert.Equal($"changed {i + 1}", (await FindAsync(tenant)).Name);
        }
    }

    [SkippableFact]
    public async Task A_domain_that_was_deleted_is_not_found_though_it_is_shared()
    {
        var tenant = await TenantAsync();
        await FindAsync(tenant);
        await database.ExecuteAsync(await database.OwnerSourceAsync(), $"DELETE FROM domain_configurations WHERE tenant_id = '{tenant}'");
        Assert.NotNull(await cache.GetAsync(Key(tenant), default));
        Assert.Null(await (await ReaderAsync()).FindAsync(tenant, Domain, default));
    }

    [SkippableFact]
    public async Task What_is_anothers_is_not_taken()
    {
        var tenant = await TenantAsync();
        var stamp = await StampAsync(tenant);
        StoredDomain[] wrong =
        [
            Stored(Guid.NewGuid(), stamp, "another tenant's"),
            Stored(tenant, stamp + "0", "another version"),
            Stored(tenant, stamp, "another domain", domain: "gardens"),
        ];
        foreach (var stored in wrong)
        {
            Assert.Equal(stored.Values[1], stored.ToConfiguration().Name);
            await cache.SetAsync(Key(tenant), stored.Pack(), default);
            Assert.Equal("Streets", (await FindAsync(tenant)).Name);
        }
    }

    [SkippableFact]
    public async Task What_cannot_be_read_costs_speed_only()
    {
        var tenant = await TenantAsync();
        await FindAsync(tenant);
        var whole = (await cache.GetAsync(Key(tenant), default))!;
        var random = new Random(7);
        var flipped = Enumerable.Range(0, 30).Select(_ => whole.Select(b => random.Next(50) == 0 ? (byte)random.Next(256) : b).ToArray());
        var stamp = await StampAsync(tenant);
        var broken = Stored(tenant, stamp, "no playbook");
        broken = broken with { Values = [.. broken.Values.Select(v => v == Playbook ? "{}" : v)] };
        foreach (var value in flipped.Concat([[], [0], broken.Pack(), .. Enumerable.Range(0, 20).Select(i => whole[..(i * whole.Length / 20)])]))
        {
            await cache.SetAsync(Key(tenant), value, default);
            Assert.Equal("Streets", (await FindAsync(tenant)).Name);
            Assert.Equal(whole, await cache.GetAsync(Key(tenant), default));
        }
    }

    [Fact]
    public void What_grows_without_end_when_it_is_unpacked_is_left()
    {
        var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest)) compressed.Write(new byte[256 * 1024 * 1024]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(StoredDomain.Unpack(packed.ToArray(), Guid.NewGuid(), Domain, "1/1"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }

    private static CacheKey Key(Guid tenant) => CacheKey.Configuration(tenant, Domain);

    private static string Described(DomainConfiguration c) => string.Join(
        '\n',
        [
            $"{c.Tenant} {c.DomainId} {c.Name} {c.Description} {c.TimeZone} {c.Language} {c.Version}",
            .. c.Ingestion.Nodes, .. c.Query.Nodes, .. c.Management.Nodes,
            .. c.Categories.Select(k => $"{k.Id} {k.Name} {string.Join(',', k.Words)} {k.DefaultUrgency}"),
            .. c.Places.Select(p => $"{p.Name} {p.Longitude} {p.Latitude} {p.RadiusMetres} {string.Join(',', p.Houses ?? [])}"),
            .. c.StatusTransitions.Select(t => $"{t.Key} {string.Join(',', t.Value)}"),
            .. c.Learned!.Features, .. c.Learned.Weights.Select(weight => $"{weight}"),
        ]);

    private static StoredDomain Stored(Guid tenant, string stamp, string name, string domain = Domain) =>
        new(tenant, stamp, [domain, name, "", Playbook, Playbook, Playbook, "[]", "[]", "{}", "{}", "1", ""]);

    private async Task<string> StampAsync(Guid tenant) => Assert.Single(await database.LinesAsync(
        await database.OwnerSourceAsync(), $"SELECT id || '/' || version FROM domain_configurations WHERE tenant_id = '{tenant}'"));

    private async Task<Guid> TenantAsync()
    {
        database.Needed();
        await database.LaidAsync();
        var tenant = Guid.NewGuid();
        var made = await DbInitDriver.InvokeAsync(database, $$$"""
            {"tenant":{"id":"{{{tenant}}}","name":"x","domains":[{"domain_id":"streets","template":"civic-complaints","name":"Streets","language":"de",
             "categories":[{"id":"lamp","name":"Lamp","words":["dunkel"]},{"id":"hole","name":"Hole","words":[]}],
             "learned":{"categories":["lamp","hole"],"bias":[0.5,-0.5],"scale":0.1,"features":["dark"],"weights":"CvY="},
             "places":[{"name":"Elm Street","kind":"street","location":[-72.9,41.3],"radius_m":300,"houses":[[12,-72.91,41.3],[4,-72.92,41.3]]}]}]}}
            """);
        Assert.Null(made["errors"]);
        return tenant;
    }

    private async Task<ConfigurationReader> ReaderAsync() => new(await database.LaidAsync(), cache);

    /// <summary>As a process that has just started finds it.</summary>
    private async Task<DomainConfiguration> FindAsync(Guid tenant) => (await (await ReaderAsync()).FindAsync(tenant, Domain, default))!;
}
