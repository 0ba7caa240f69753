using System.Diagnostics;
using DomainFlow.Chaos.Tests.Kill;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;
using Npgsql;
using Xunit.Abstractions;

namespace DomainFlow.Chaos.Tests.Storm;

/// <summary>An import on a bad day ends as one on a quiet day.</summary>
[Collection(SystemCollection.Name)]
public sealed class StormTests(RunningSystem system, ITestOutputHelper output)
{
    /// <summary>Twice as many reports, each of three writes, are as many records as a test server's stream may take.</summary>
    private const int RowsOnAws = 400;

    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(180);

    [SkippableFact]
    public Task An_import_through_kills_and_a_restart_ends_as_a_quiet_one() =>
        CompareAsync(Path.Combine(RunningSystem.Root, "samples", "import-sample.csv"), 40, (Fault.SynthesisKilled, 2), (Fault.DatabaseRestarted, 1));

    [SkippableFact]
    public Task A_citys_import_through_kills_of_everything_ends_as_a_quiet_one()
    {
        Skip.IfNot(ProofSize.Full, "takes a quarter of an hour: ./verify storm runs it");
        var file = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_CSV");
        Skip.If(file is null, "DOMAINFLOW_TEST_CSV is not set: no CSV of a city");
        return CompareAsync(
            file!,
            RunningSystem.OnAws ? RowsOnAws : null,
            (Fault.SynthesisKilled, ProofSize.Of(small: 6, full: 20)), (Fault.HostKilled, ProofSize.Of(small: 2, full: 5)), (Fault.DatabaseRestarted, 1), (Fault.DatabaseKilled, 1));
    }

    private async Task CompareAsync(string file, int? limit, params (Fault, int)[] faults)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var quiet = Guid.NewGuid();
        await system.MakeTenantAsync(quiet);
        await ImportAsync(file, limit, quiet);
        var expected = await SettledAsync(quiet, await ImportedAsync(quiet));

        var seed = int.TryParse(Environment.GetEnvironmentVariable("DOMAINFLOW_CHAOS_SEED"), out var given) ? given : 2014;
        var schedule = StormSchedule.Make(seed, expected.Count, faults);
        output.WriteLine($"seed {seed}: {string.Join(", ", schedule.Select(s => $"{s.Fault} after {s.AfterReports}"))}");
        var stormy = Guid.NewGuid();
        await system.MakeTenantAsync(stormy);
        var importing = ImportAsync(file, limit, stormy);
        foreach (var (after, fault) in schedule)
        {
            await ReachedAsync(stormy, after, importing);
            await StrikeAsync(fault, new Random(seed + after));
        }

        await importing;
        var shown = await SettledAsync(stormy, expected.Count);
        Assert.Equal(expected.Select(row => row.Row), shown.Select(row => row.Row));
        Assert.All(expected.Zip(shown), pair => Assert.Equal(pair.First.Shown, pair.Second.Shown));
        await system.MirrorAsync();
        await using var superuser = NpgsqlDataSource.Create(system.Superuser);
        Assert.Empty(await StoreComparison.DifferencesAsync(superuser, stormy));
        Assert.Empty(await system.ReconcileAsync(stormy));
        Assert.Equal(0, await system.QueryAsync<long>("SELECT count(*) FROM host.dead_letters"));
        await Found.SayAsync($"{shown.Count} rows through {schedule.Count} faults (seed {seed}): as the quiet import, 0 lost, 0 doubled, 0 dead letters, 0 differences");
    }

    private Task StrikeAsync(Fault fault, Random random)
    {
        switch (fault)
        {
            case Fault.SynthesisKilled:
                var processes = system.FunctionProcesses(SystemMap.Synthesis);
                return processes.Count == 0 ? Task.CompletedTask : RunningSystem.KillAsync(processes[random.Next(processes.Count)]);
            case Fault.HostKilled:
                return system.KillHostAsync();
            default:
                return system.RestartDatabaseAsync(fault == Fault.DatabaseKilled ? "immediate" : "fast");
        }
    }

    private Task<long> ImportedAsync(Guid tenant) =>
        system.QueryAsync<long>("SELECT count(*) FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant", ("tenant", tenant));

    /// <param name="importing">Ends the wait where it fails.</param>
    private async Task ReachedAsync(Guid tenant, long reports, Task importing)
    {
        var (last, since) = (-1L, Stopwatch.StartNew());
        await Eventually.HoldsAsync(
            async () =>
            {
                if (importing.IsFaulted) await importing;
                var finished = await ImportOutcome.FinishedAsync(system, tenant) ?? last;
                if (finished != last) (last, since) = (finished, Stopwatch.StartNew());
                Assert.True(since.Elapsed < LongestStandstill, $"{last} of {reports} reports are finished, and nothing has moved for {LongestStandstill}:\n{system.Log}");
                return finished >= reports;
            },
            TimeSpan.FromHours(1),
            () => $"{last} of {reports} reports are finished");
    }

    private async Task<IReadOnlyList<(string Row, string Shown)>> SettledAsync(Guid tenant, long reports)
    {
        await ReachedAsync(tenant, reports, Task.CompletedTask);
        // What the last marks themselves sent is still on its way.
        await Eventually.HoldsAsync(
            async () => await system.QueryAsync<long>("SELECT count(*) FROM host.messages") == 0,
            TimeSpan.FromMinutes(ProofSize.Of(small: 1, full: 60)),
            () => "the queues are not empty");
        return await ImportOutcome.RowsAsync(system, tenant);
    }

    private async Task ImportAsync(string file, int? limit, Guid tenant)
    {
        string[] limited = limit is null ? [] : ["--limit", $"{limit}"];
        var start = new ProcessStartInfo(
            Path.Combine(RunningSystem.Root, "artifacts", "bin", "Local", "release", "DomainFlow.Local"),
            ["import", file, "--state", system.State, "--url", system.Url, "--tenant", tenant.ToString(), .. limited])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said + system.Log);
    }
}
