using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Benchmarks.Stores;
using DomainFlow.Topology;

namespace DomainFlow.Benchmarks.Parts;

/// <summary>GET /search by words, by vectors and by both, as one tenant's reports or the number of tenants grow.</summary>
internal sealed class Searches(Workbench bench)
{
    private const int Asked = 1_000;
    private const int Calls = 200;
    private static readonly string[] Modes = ["text", "vector", "hybrid"];

    /// <summary>A mode that takes long is asked less often.</summary>
    private static readonly TimeSpan LongestOfMode = TimeSpan.FromSeconds(12);

    public async Task<Table> RunAsync(CancellationToken stop)
    {
        var table = new Table("GET /search: p50 / p99 in ms", ["tenants", "reports of the asked one", "of all", .. Modes, "peak memory of Query, MiB"])
        {
            Note = $"Up to {Calls} questions of a subject and a street for each, through Query {bench.FunctionsLabel}. Vector search compares every vector of the tenant, so it grows "
                + "with its reports by design; past the memory that Query keeps vectors in (256 MiB) it reads them from PostgreSQL each time.",
        };
        await MeasureAsync(table, tenants: 1, Asked, reportsOfOthers: 0, stop);
        await MeasureAsync(table, tenants: 1, 10_000, reportsOfOthers: 0, stop);
        await MeasureAsync(table, tenants: 1, 100_000, reportsOfOthers: 0, stop);
        await MeasureAsync(table, tenants: 100, Asked, reportsOfOthers: Asked, stop);
        await MeasureAsync(table, tenants: 5_000, Asked, reportsOfOthers: 20, stop);
        return table;
    }

    private async Task MeasureAsync(Table table, int tenants, int reports, int reportsOfOthers, CancellationToken stop)
    {
        Progress.Say($"{tenants:#,0} tenants, {reports:#,0} reports");
        var store = await Store.MakeAsync(bench, "bench_search", stop);
        await new StoreFiller(store, bench.Streets).FillAsync(reports, tenants - 1, reportsOfOthers, stop);
        await using var query = await store.StartAsync(SystemMap.Query, stop);
        var cells = new List<string>();
        foreach (var mode in Modes)
        {
            var samples = await AskAsync(store, query, mode, stop);
            cells.Add($"{Table.Milliseconds(samples.Median)} / {Table.Milliseconds(samples.P99)}{(samples.Count < Calls ? $" (n={samples.Count})" : "")}");
        }

        var all = reports + ((tenants - 1) * reportsOfOthers);
        table.Add([$"{tenants:#,0}", $"{reports:#,0}", $"{all:#,0}", .. cells, Table.Whole(ProcessMemory.PeakMiB(query.ProcessId))]);
        await query.DisposeAsync();
        await bench.Cluster.DropAsync(store.Database, stop);
    }

    private async Task<Samples> AskAsync(Store store, MeasuredFunction query, string mode, CancellationToken stop)
    {
        const int WarmUp = 20;
        var (corpus, samples, spent) = (new Corpus(bench.Streets, seed: 8), new Samples(), TimeSpan.Zero);
        for (var n = -WarmUp; n < Calls && spent < LongestOfMode; n++)
        {
            var (answer, latency) = await query.InvokeAsync(
                Events.Get(store, "/search", null, ("domain_id", Store.Domain), ("text", corpus.Question()), ("mode", mode)), stop);
            if (Events.Expect(answer, 200)["items"]!.AsArray().Count == 0) throw new InvalidOperationException($"A search by {mode} found nothing.");
            spent += latency;
            // What takes a second by itself needs no warming up.
            if (n >= 0 || latency > TimeSpan.FromSeconds(0.5)) samples.Add(latency);
        }

        return samples;
    }
}
