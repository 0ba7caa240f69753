using System.Diagnostics;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;
using Xunit.Abstractions;

namespace DomainFlow.Chaos.Tests.Upgrade;

/// <summary>The next release's schema is laid while this release serves.</summary>
[Collection(LockWatch.Collection)]
public sealed class HostUnderUpgradeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);

    private readonly Lazy<RunningSystem> _running = new(() => new RunningSystem());

    private RunningSystem System => _running.Value;

    public Task InitializeAsync() => ProofSize.Full ? System.InitializeAsync() : Task.CompletedTask;

    public Task DisposeAsync() => _running.IsValueCreated ? System.DisposeAsync() : Task.CompletedTask;

    [SkippableFact]
    public async Task Twenty_at_once_lay_the_next_schema_and_every_request_is_answered()
    {
        Skip.IfNot(ProofSize.Full, "takes half a minute: ./verify upgrade runs it");
        Skip.If(System.Missing is not null, System.Missing);
        await using (var owner = NpgsqlDataSource.Create(System.Database))
        {
            await PreviousRelease.FillAsync(owner, System.Tenant, reports: 100_000);
        }

        var traffic = new CityTraffic(System, System.Tenant);
        var (longest, took) = await UpgradeUnderAsync(traffic);

        Assert.Empty(traffic.Wrong);
        Assert.True(traffic.ServedMost, $"only {traffic.Served} served of {traffic.Answers.Values.Sum()}");
        Assert.True(longest < TimeSpan.FromSeconds(1), $"somebody waited {longest} for a lock");
        foreach (var report in traffic.Accepted) await IsCompletedAsync(report);
        Assert.Equal(0L, await System.QueryAsync<long>("SELECT count(*) FROM host.dead_letters"));
        var line = $"next schema laid by 20 DbInit in {took.TotalSeconds:0.0} s under {traffic.Served} requests over HTTP "
            + $"({string.Join(", ", traffic.Answers.OrderBy(a => a.Key).Select(a => $"{a.Value} x {a.Key}"))}): no 5xx, {traffic.Accepted.Count} reports completed, "
            + $"longest wait for a lock {longest.TotalMilliseconds:0} ms, slowest answer {traffic.Slowest.TotalMilliseconds:0} ms";
        output.WriteLine(line);
        await Found.SayAsync(line);
    }

    private async Task<(TimeSpan Longest, TimeSpan Took)> UpgradeUnderAsync(CityTraffic traffic)
    {
        var owner = new NpgsqlConnectionStringBuilder(System.Database);
        await using var watch = new LockWatch(System.Superuser, owner.Database!, owner.Username!);
        await using var next = new NextRelease(System);
        using var stop = new CancellationTokenSource();
        var sending = traffic.SendAsync(stop.Token);
        IReadOnlyList<string>[] made;
        TimeSpan took;
        try
        {
            await Eventually.HoldsAsync(() => traffic.Served > 50, TimeSpan.FromSeconds(60), () => "the host does not answer\n" + System.Log);
            var laying = Stopwatch.StartNew();
            made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => next.LayAsync()));
            took = laying.Elapsed;
            var served = traffic.Served;
            await Eventually.HoldsAsync(
                () => laying.Elapsed > took + Afterwards && traffic.Served > served + 50, TimeSpan.FromSeconds(60), () => "the host answers no more\n" + System.Log);
        }
        finally
        {
            await stop.CancelAsync();
            await sending;
        }

        // Each script once, whoever came first.
        Assert.Equal(NextRelease.Added.Select(script => script.Name), made.SelectMany(names => names).Where(name => name.StartsWith('9')).Order(StringComparer.Ordinal));
        Assert.True(watch.Looks > 5, "nobody looked");
        return (watch.Longest, took);
    }

    private Task IsCompletedAsync(string report) => Eventually.HoldsAsync(
        async () => await System.QueryAsync<string>("SELECT status FROM incidents WHERE id = @id", ("id", Guid.Parse(report))) == "completed",
        TimeSpan.FromSeconds(120), () => $"report {report} is not completed\n{System.Log}");
}
