using System.Diagnostics;
using System.Text.Json.Nodes;
using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Benchmarks.Stores;
using DomainFlow.Topology;

namespace DomainFlow.Benchmarks.Parts;

/// <summary>POST /reports, one process and one call after the other behind the same Runtime API: what the function's own code costs.</summary>
internal sealed class Posts(Workbench bench)
{
    private const int WarmUp = 400;
    private const int Rounds = 20;
    private const int CallsInRound = 100;

    public async Task<Table> RunAsync(CancellationToken stop)
    {
        var table = new Table("POST /reports, one process", "function", "per second", "p50 ms", "p99 ms", "its CPU ms", "PostgreSQL's CPU ms", "Python / this, p50")
        {
            Note = $"{Rounds * CallsInRound:#,0} calls each, in turns of {CallsInRound}, after {WarmUp} to warm up; one invocation at a time through the same fake Runtime API; "
                + "the same body, checks, rows and transaction on the same PostgreSQL over TLS.",
        };
        foreach (var photos in new[] { 0, 1 }) await CompareAsync(photos, table, stop);
        return table;
    }

    private async Task CompareAsync(int photos, Table table, CancellationToken stop)
    {
        var contestants = new List<Contestant>();
        try
        {
            foreach (var (name, executable) in Executables(bench))
            {
                Progress.Say($"{name}, {photos} photos");
                var store = await Store.MakeAsync(bench, $"bench_posts_{contestants.Count}", stop);
                contestants.Add(new(name, store, await store.StartAsync(SystemMap.Ingest, executable, stop), new(), []));
                await contestants[^1].RunAsync(Bodies(store, photos, WarmUp), keep: false, stop);
            }

            for (var round = 0; round < Rounds; round++)
            {
                foreach (var contestant in contestants) await contestant.RunAsync(Bodies(contestant.Store, photos, CallsInRound), keep: true, stop);
            }
        }
        finally
        {
            foreach (var contestant in contestants)
            {
                await contestant.Function.DisposeAsync();
                await bench.Cluster.DropAsync(contestant.Store.Database, CancellationToken.None);
            }
        }

        var python = contestants.FirstOrDefault(c => c.Name == PythonFunction.Label)?.Latency.Median;
        foreach (var c in contestants)
        {
            table.Add(
                c.Name + (photos == 0 ? ", no photo" : ", one photo announced"),
                Table.Whole(CallsInRound / c.Rounds.Order().ElementAt(c.Rounds.Count / 2).TotalSeconds),
                Table.Milliseconds(c.Latency.Median),
                Table.Milliseconds(c.Latency.P99),
                Table.Milliseconds(c.ProcessorTime.TotalMilliseconds / c.Latency.Count),
                Table.Milliseconds(c.BackendTime.TotalMilliseconds / c.Latency.Count),
                python is { } p ? Table.Ratio(p / c.Latency.Median) : bench.Python.About);
        }
    }

    /// <summary>The functions that take POST /reports, by what the tables call them.</summary>
    public static IEnumerable<(string Name, string Executable)> Executables(Workbench bench)
    {
        yield return ("DomainFlow as built", Local.BuiltFunctions.Executable(bench.Built, SystemMap.Ingest));
        if (bench.Published is { } published) yield return ("DomainFlow as published", Local.BuiltFunctions.Executable(published, SystemMap.Ingest));
        if (bench.Python.Executable is { } python) yield return (PythonFunction.Label, python);
    }

    public static JsonObject Body(Corpus corpus, int photos) => new()
    {
        ["domain_id"] = Store.Domain,
        ["text"] = corpus.Text(),
        ["images"] = new JsonArray([.. Enumerable.Range(1, photos).Select(n => new JsonObject
        {
            ["file_name"] = $"photo-{n}.jpg",
            ["content_type"] = "image/jpeg",
            ["size"] = 250_000,
        })]),
    };

    private byte[][] Bodies(Store store, int photos, int count)
    {
        var corpus = new Corpus(bench.Streets, seed: 4);
        return [.. Enumerable.Range(0, count).Select(_ => Events.Post(store, Body(corpus, photos)))];
    }

    /// <param name="Rounds">How long each round took, with the way back into the loop.</param>
    private sealed record Contestant(string Name, Store Store, MeasuredFunction Function, Samples Latency, List<TimeSpan> Rounds)
    {
        public TimeSpan ProcessorTime { get; private set; }

        public TimeSpan BackendTime { get; private set; }

        public async Task RunAsync(byte[][] events, bool keep, CancellationToken stop)
        {
            var answers = new List<byte[]>(events.Length);
            var backends = await Measuring.BackendTime.OfAsync(Store.Superuser, stop);
            var (started, used) = (Stopwatch.GetTimestamp(), Function.ProcessorTime);
            foreach (var one in events)
            {
                var (answer, latency) = await Function.InvokeAsync(one, stop);
                answers.Add(answer);
                if (keep) Latency.Add(latency);
            }

            if (keep)
            {
                Rounds.Add(Stopwatch.GetElapsedTime(started));
                ProcessorTime += Function.ProcessorTime - used;
                BackendTime += await Measuring.BackendTime.OfAsync(Store.Superuser, stop) - backends;
            }

            foreach (var answer in answers) Events.Expect(answer, 202);
        }
    }
}
