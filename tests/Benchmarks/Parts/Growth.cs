using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Benchmarks.Stores;
using DomainFlow.Topology;

namespace DomainFlow.Benchmarks.Parts;

/// <summary>
/// The proof that cost grows as it should: p99 at 100,000 reports of a tenant against 1,000, and among 5,000 tenants against one.
/// The stores take turns call by call, so that whatever else the machine does meets all of them.
/// </summary>
/// <param name="size">How many windows of how many calls, at which sizes.</param>
internal sealed class Growth(Workbench bench, GrowthSize size)
{
    private const int Small = 1_000;
    private const double MostBySize = 2;
    private const double MostByTenants = 1.5;

    /// <returns>The table, the worst ratios in a line, and whether all are within their bounds.</returns>
    public async Task<(Table Table, string Worst, bool Holds)> RunAsync(CancellationToken stop)
    {
        await using var small = await OpenAsync("growth_small", Small, others: 0, stop);
        await using var large = await OpenAsync("growth_large", size.Reports, others: 0, stop);
        await using var many = await OpenAsync("growth_many", Small, others: size.Tenants - 1, stop);
        var table = new Table(
            "Cost as the store grows: median over windows of p99, in ms",
            "call", $"{Small:#,0} reports", $"{size.Reports:#,0} reports", $"ratio (<= {MostBySize} x)", $"{Small:#,0} among {size.Tenants:#,0} tenants", $"ratio (<= {MostByTenants} x)")
        {
            Note = $"{size.Windows} windows of {size.Calls} calls each on each store, in turns; functions {bench.FunctionsLabel}.",
        };
        var (worstBySize, worstByTenants) = (0.0, 0.0);
        foreach (var call in GrowthCall.All)
        {
            var p99 = await CompareAsync(call, [small, large, many], stop);
            var (bySize, byTenants) = (p99[1] / p99[0], p99[2] / p99[0]);
            table.Add(call.Name, Table.Milliseconds(p99[0]), Table.Milliseconds(p99[1]), Table.Ratio(bySize), Table.Milliseconds(p99[2]), Table.Ratio(byTenants));
            (worstBySize, worstByTenants) = (Math.Max(worstBySize, bySize), Math.Max(worstByTenants, byTenants));
        }

        var worst = $"worst: {Table.Ratio(worstBySize)} by size (at most {MostBySize}), {Table.Ratio(worstByTenants)} by tenants (at most {MostByTenants})";
        return (table, worst, worstBySize <= MostBySize && worstByTenants <= MostByTenants);
    }

    private async Task<GrowthStore> OpenAsync(string database, int reports, int others, CancellationToken stop)
    {
        Progress.Say($"filling {database}");
        var store = await Store.MakeAsync(bench, database, stop);
        var filler = new StoreFiller(store, bench.Streets);
        await filler.FillAsync(reports, others, reportsOfEach: size.Reports / size.Tenants, stop);
        return new(store, new Corpus(bench.Streets, seed: 9), await filler.IdsAsync(Small, stop),
            await store.StartAsync(SystemMap.Ingest, stop), await store.StartAsync(SystemMap.Query, stop));
    }

    private async Task<double[]> CompareAsync(GrowthCall call, GrowthStore[] stores, CancellationToken stop)
    {
        Progress.Say(call.Name);
        var perWindow = stores.Select(_ => new List<double>()).ToArray();
        for (var window = -1; window < size.Windows; window++)
        {
            var samples = stores.Select(_ => new Samples()).ToArray();
            for (var n = 0; n < size.Calls; n++)
            {
                for (var s = 0; s < stores.Length; s++)
                {
                    // Who comes first changes, so that none always follows the same one.
                    var turn = (s + n) % stores.Length;
                    samples[turn].Add(await call.RunAsync(stores[turn], n, stop));
                }
            }

            // The first window only warms up.
            for (var s = 0; s < stores.Length && window >= 0; s++) perWindow[s].Add(samples[s].P99);
        }

        return [.. perWindow.Select(p99s => p99s.Order().ElementAt(p99s.Count / 2))];
    }
}

/// <param name="Reports">Of the large tenant, and of all others together.</param>
internal sealed record GrowthSize(int Windows, int Calls, int Reports, int Tenants);

/// <summary>A filled store and the functions that answer from it.</summary>
internal sealed record GrowthStore(Store Store, Corpus Corpus, IReadOnlyList<Guid> Ids, MeasuredFunction Ingest, MeasuredFunction Query) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Ingest.DisposeAsync();
        await Query.DisposeAsync();
        await Store.Cluster.DropAsync(Store.Database, CancellationToken.None);
    }
}
