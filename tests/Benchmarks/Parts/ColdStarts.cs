using System.Diagnostics;
using System.Text.Json.Nodes;
using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Benchmarks.Stores;
using DomainFlow.Local;
using DomainFlow.Topology;

namespace DomainFlow.Benchmarks.Parts;

/// <summary>From the start of a function's process to its first answer, over a real PostgreSQL with TLS.</summary>
internal sealed class ColdStarts(Workbench bench)
{
    private const int Starts = 9;

    public async Task<Table> RunAsync(CancellationToken stop)
    {
        var store = await Store.MakeAsync(bench, "bench_cold", stop);
        var table = new Table("Cold start: process start to first answer", "function", "first event", "median ms", "slowest ms")
        {
            Note = $"{Starts} starts each, in turns, DomainFlow {bench.FunctionsLabel}; files in the page cache; clients and the connection are made while the process initialises.",
        };
        var cases = Cases(store).ToList();
        var samples = cases.Select(_ => new Samples()).ToList();
        for (var start = 0; start < Starts; start++)
        {
            for (var i = 0; i < cases.Count; i++) samples[i].Add(await StartAsync(store, cases[i], stop));
        }

        for (var i = 0; i < cases.Count; i++)
            table.Add(cases[i].Name, cases[i].What, Table.Milliseconds(samples[i].Median), Table.Milliseconds(samples[i].At(1)));
        if (bench.Python.Executable is null) table.Add(PythonFunction.Label, bench.Python.About, "-", "-");
        await bench.Cluster.DropAsync(store.Database, stop);
        return table;
    }

    private IEnumerable<Case> Cases(Store store)
    {
        string Published(string function) => BuiltFunctions.Executable(bench.Functions, function);
        byte[] Post() => Events.Post(store, Posts.Body(new Corpus(bench.Streets, Random.Shared.Next()), photos: 1));
        byte[] Missing() => Events.Get(store, "/reports/{id}", Guid.NewGuid());
        yield return new(SystemMap.Ingest, "POST /reports", SystemMap.Ingest, Published(SystemMap.Ingest), Post, 202);
        if (bench.Python.Executable is { } python) yield return new(PythonFunction.Label, "POST /reports", SystemMap.Ingest, python, Post, 202);
        yield return new(SystemMap.Ingest, "GET /reports/{id}, one query", SystemMap.Ingest, Published(SystemMap.Ingest), Missing, 404);
        if (bench.Python.Executable is { } again) yield return new(PythonFunction.Label, "GET /reports/{id}, one query", SystemMap.Ingest, again, Missing, 404);
        yield return new(SystemMap.Synthesis, "a message, one query", SystemMap.Synthesis, Published(SystemMap.Synthesis), () => Events.ReportChanged(Guid.NewGuid()), null);
        yield return new(SystemMap.Query, "GET /search by words", SystemMap.Query, Published(SystemMap.Query),
            () => Events.Get(store, "/search", null, ("text", Corpus.RareWord), ("mode", "text")), 200);
        yield return new(SystemMap.DbInit, "{}, all scripts ran before", SystemMap.DbInit, Published(SystemMap.DbInit), () => new JsonObject().ToUtf8(), null);
    }

    private static async Task<TimeSpan> StartAsync(Store store, Case one, CancellationToken stop)
    {
        var (payload, started) = (one.Event(), Stopwatch.GetTimestamp());
        await using var function = await store.StartAsync(one.Function, one.Executable, stop);
        var (answer, _) = await function.InvokeAsync(payload, stop);
        var taken = Stopwatch.GetElapsedTime(started);
        if (one.Status is { } status) Events.Expect(answer, status);
        return taken;
    }

    /// <param name="Status">What a route must answer; null for what is no route.</param>
    private sealed record Case(string Name, string What, string Function, string Executable, Func<byte[]> Event, int? Status);
}
