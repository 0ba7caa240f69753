using System.Diagnostics;
using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Benchmarks.Stores;
using DomainFlow.Topology;

namespace DomainFlow.Benchmarks.Parts;

/// <summary>The whole system over HTTP: POST /reports with several clients, the time from 202 to completed, and what the processes took.</summary>
internal sealed class WholeSystem(Workbench bench)
{
    private const string Database = "bench_http";
    private const int WarmUp = 600;
    private const int Quiet = 100;
    private const int Rate = 20;
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RatedRun = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);
    private static readonly int[] Clients = [1, 4, 16];

    private readonly Table posts = new(
        "POST /reports over HTTP, the whole system at work", "functions", "clients", "per second", "p50 ms", "p99 ms")
    {
        Note = $"{Run.TotalSeconds:0} s each; {SystemMap.Function(SystemMap.Ingest).LocalConcurrency} processes take reports, frozen between invocations, while Synthesis follows on the same cores.",
    };

    private readonly Table completions = new(
        "From 202 to completed", "load", "reports", "completed p50 ms", "p99 ms", "in every store p50 ms", "p99 ms");

    private readonly Table memory = new("Peak memory of one process after this load (VmHWM)", "functions", "process", "MiB");

    public async Task<IReadOnlyList<Table>> RunAsync(CancellationToken stop)
    {
        await MeasureAsync("DomainFlow as built", bench.Built, completes: bench.Published is null, stop);
        if (bench.Published is { } published) await MeasureAsync("DomainFlow as published", published, completes: true, stop);
        if (bench.Python.Executable is { } python) await MeasureAsync(PythonFunction.Label, PythonFolder(python), completes: false, stop);
        else posts.Add(PythonFunction.Label, "-", bench.Python.About, "-", "-");
        return [posts, completions, memory];
    }

    private async Task MeasureAsync(string name, string functions, bool completes, CancellationToken stop)
    {
        Progress.Say(name);
        await bench.Cluster.MakeAsync(Database, stop);
        await using (var host = await LocalHostProcess.StartAsync(bench, functions, Database, stop))
        {
            var (tenant, user) = (Guid.NewGuid(), Guid.NewGuid());
            await host.MakeTenantAsync(bench.TenantPayload(tenant), stop);
            var token = host.Token(tenant, user);
            await PostAsync(host, token, clients: 4, () => false, WarmUp / 4, stop);
            foreach (var clients in Clients) await PostAsync(name, host, token, clients, stop);
            if (completes) await CompleteAsync(host, token, stop);
            foreach (var (function, peak) in ProcessMemory.OfFunctions(host.ProcessId)) memory.Add(name, function, Table.Whole(peak));
            memory.Add(name, "local host", Table.Whole(ProcessMemory.PeakMiB(host.ProcessId)));
        }

        await bench.Cluster.DropAsync(Database, stop);
    }

    private async Task PostAsync(string name, LocalHostProcess host, string token, int clients, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var samples = await PostAsync(host, token, clients, () => Stopwatch.GetElapsedTime(started) >= Run, int.MaxValue, stop);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        posts.Add(name, clients.ToString(), Table.Whole(samples.Count / seconds), Table.Milliseconds(samples.Median), Table.Milliseconds(samples.P99));
        await DropBacklogAsync(stop);
    }

    private async Task<Samples> PostAsync(
        LocalHostProcess host, string token, int clients, Func<bool> isOver, int most, CancellationToken stop)
    {
        async Task<Samples> ClientAsync(int seed)
        {
            var (corpus, samples) = (new Corpus(bench.Streets, seed), new Samples());
            while (!isOver() && samples.Count < most)
            {
                var body = Posts.Body(corpus, photos: 1);
                var started = Stopwatch.GetTimestamp();
                await host.PostAsync(token, body, stop);
                samples.Add(Stopwatch.GetElapsedTime(started));
            }

            return samples;
        }

        var all = new Samples();
        foreach (var samples in await Task.WhenAll(Enumerable.Range(0, clients).Select(ClientAsync))) all.Add(samples);
        return all;
    }

    /// <summary>What Synthesis has not come to is left out, so that each run begins with an idle system.</summary>
    private async Task DropBacklogAsync(CancellationToken stop)
    {
        await bench.Cluster.ExecuteAsync(Database, "DELETE FROM embedded.changes; DELETE FROM host.messages WHERE receipt IS NULL", stop);
        await Task.Delay(TimeSpan.FromSeconds(2), stop);
    }

    private async Task CompleteAsync(LocalHostProcess host, string token, CancellationToken stop)
    {
        var corpus = new Corpus(bench.Streets, seed: 6);
        await using (var quiet = await CompletionWatch.StartAsync(bench.Cluster.Superuser(Database), stop))
        {
            for (var i = 0; i < Quiet; i++)
            {
                quiet.Add(await host.PostAsync(token, Posts.Body(corpus, photos: 0), stop));
                await quiet.AllShownAsync(Bound, stop);
            }

            Show($"one report at a time", quiet);
        }

        await using var rated = await CompletionWatch.StartAsync(bench.Cluster.Superuser(Database), stop);
        await AtRateAsync(async () => rated.Add(await host.PostAsync(token, Posts.Body(corpus, photos: 0), stop)), stop);
        await rated.AllShownAsync(Bound, stop);
        Show($"{Rate} reports a second", rated);
    }

    private void Show(string load, CompletionWatch watch) => completions.Add(
        $"{load}, {bench.FunctionsLabel}", watch.Shown.Count.ToString(), Table.Milliseconds(watch.Completed.Median), Table.Milliseconds(watch.Completed.P99),
        Table.Milliseconds(watch.Shown.Median), Table.Milliseconds(watch.Shown.P99));

    /// <summary>By the clock, whether the system keeps up or not.</summary>
    private static async Task AtRateAsync(Func<Task> send, CancellationToken stop)
    {
        var sent = new List<Task>();
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / Rate));
        while (sent.Count < Rate * RatedRun.TotalSeconds && await ticks.WaitForNextTickAsync(stop)) sent.Add(send());
        await Task.WhenAll(sent);
    }

    /// <summary>A folder of functions in which Ingest is the Python one.</summary>
    private string PythonFolder(string executable)
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(executable))!;
        foreach (var name in SystemMap.Functions.Select(f => f.Name).Where(name => name != SystemMap.Ingest))
        {
            var link = Path.Combine(folder, name);
            if (!Directory.Exists(link)) Directory.CreateSymbolicLink(link, Path.Combine(bench.Functions, name));
        }

        return folder;
    }
}
