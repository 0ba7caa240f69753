using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Stores.Tests.Cache;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>Tenants never meet: whatever one calls, it is shown nothing of another's, and no store mixes them.</summary>
public sealed class TenantFuzzTests : IAsyncLifetime
{
    private const int Connections = 8;

    /// <summary>Never reached: it is the counts that are looked at.</summary>
    private const string Plenty = "1000000";

    private readonly Lazy<RunningSystem> _system = new(() => new RunningSystem());
    private RedisServer? _redis;

    private RunningSystem System => _system.Value;

    public async Task InitializeAsync()
    {
        if (RedisServer.Program is null) return;
        _redis = await RedisServer.StartAsync();
        await System.With("CACHE_URL", _redis.Url).With("REQUESTS_PER_MINUTE_USER", Plenty).With("REQUESTS_PER_MINUTE_TENANT", Plenty).InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_redis is null) return;
        await System.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [SkippableFact]
    public async Task No_call_shows_a_tenant_anything_of_another()
    {
        RedisServer.SkipWithout();
        Skip.If(System.Missing is not null, System.Missing);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DOMAINFLOW_CHAOS_SEED"), out var given) ? given : 7;
        var count = ProofSize.Of(small: 400, full: 100_000);
        var tenants = await TenantsAsync(ProofSize.Full ? 50 : 8);
        var listener = new Listener(System, tenants);
        using var forged = new ForgedTokens(System);
        var (own, foreign) = (new OwnCalls(listener), new ForeignCalls(forged));
        for (var step = 0; step < OwnCalls.FirstSteps; step++)
            await EachAsync(tenants.Count, (number, random, stop) => listener.SendAsync(own.First(tenants[number], step, random), stop), seed + step);
        await EachAsync(count, (_, random, stop) => listener.SendAsync(Next(own, foreign, tenants, random), stop), seed + OwnCalls.FirstSteps);

        Assert.True(listener.Complaints.Count == 0, $"seed {seed}, {listener.Complaints.Count} complaints:\n{string.Join('\n', listener.Complaints.Take(12))}");
        // A machine that is busy with other tests has no process free now and then; most calls must say something all the same.
        Assert.True(listener.Unavailable <= count / 2, $"{listener.Unavailable} of {count} calls were told to come again\n{System.Log}");
        Assert.True(listener.Marked > count / 5, $"only {listener.Marked} answers held anything of their own tenant's");
        await SettledAsync(tenants);
        var stored = await StoredAsync(listener, tenants);
        await Found.SayAsync($"{count} calls over {tenants.Count} tenants (seed {seed}), {listener.ForOthers} of them for another's: "
            + $"nothing foreign in an answer, nor in {stored.Seen.Values.Sum(store => store.Rows)} rows, objects and cached values");
    }

    private async Task<IReadOnlyList<FuzzedTenant>> TenantsAsync(int count)
    {
        var everybody = Guid.NewGuid();
        var tenants = Enumerable.Range(0, count).Select(number => new FuzzedTenant(System, number, everybody)).ToList();
        foreach (var tenant in tenants) Assert.Null((await System.InvokeAsync("DbInit", tenant.Payload()))["errors"]);
        return tenants;
    }

    private static Call Next(OwnCalls own, ForeignCalls foreign, IReadOnlyList<FuzzedTenant> tenants, Random random)
    {
        var caller = random.Next(tenants.Count);
        var victim = (caller + 1 + random.Next(tenants.Count - 1)) % tenants.Count;
        return (random.Next(2) == 0 ? foreign.Any(tenants[caller], tenants[victim], random) : null) ?? own.Any(tenants[caller], random);
    }

    private static Task EachAsync(int count, Func<int, Random, CancellationToken, Task> send, int seed) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = Connections },
        async (number, stop) => await send(number, new Random(HashCode.Combine(seed, number)), stop));

    /// <summary>Until no report and no question is on its way any more.</summary>
    private async Task SettledAsync(IReadOnlyList<FuzzedTenant> tenants)
    {
        long unfinished = 0;
        await Eventually.HoldsAsync(
            async () => (unfinished = await UnfinishedAsync(tenants)) == 0,
            TimeSpan.FromMinutes(ProofSize.Full ? 20 : 2),
            () => $"{unfinished} reports and questions are not finished\n{System.Log}");
    }

    private Task<long> UnfinishedAsync(IReadOnlyList<FuzzedTenant> tenants) => RunningSystem.OnAws
        ? System.QueryAsync<long>(
            "SELECT count(*) FROM incidents WHERE status = 'received' AND tenant_id = ANY (@tenants)",
            ("tenants", tenants.Select(tenant => tenant.Id).ToArray()))
        : System.QueryAsync<long>("SELECT count(*) FROM embedded.index_entries WHERE index_name = 'unfinished-index'");

    private async Task<StoredThings> StoredAsync(Listener listener, IReadOnlyList<FuzzedTenant> tenants)
    {
        var stored = new StoredThings(System, _redis!.Settings, listener, tenants);
        await stored.LookAsync();
        Assert.True(stored.Foreign.Count == 0, $"{stored.Foreign.Count} foreign things:\n{string.Join('\n', stored.Foreign.Take(12))}");
        Assert.All(StoredThings.Filled, store => Assert.True(
            stored.Seen.GetValueOrDefault(store).Marked > tenants.Count / 2, $"{store} was not looked at: {string.Join(", ", stored.Seen)}"));
        return stored;
    }
}
