using System.Diagnostics;
using System.Globalization;
using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Benchmarks.Stores;
using DomainFlow.Domain.Search;

namespace DomainFlow.Benchmarks.Backends;

/// <summary>The embedded search and OpenSearch, with and without routing, on the same documents: how near, and how fast.</summary>
internal sealed class BackendComparison(Cluster cluster, Uri openSearch, IReadOnlyList<string> streets, int shards, int questions)
{
    private const int WarmUp = 20;

    public async Task<Table> RunAsync(IReadOnlyList<int> sizes, CancellationToken stop)
    {
        var table = new Table(
            "Search back ends under a tenant filter",
            "back end", "documents", "of the tenant", $"recall@{SearchedTenants.K}", "vectors p50 / p99 ms", "words p50 / p99 ms", "filled in s")
        {
            Note = $"{questions} questions each by vector (1,536 dimensions) and by words, one client. The recall is against an exact computation; the documents of all tenants lie in one index.",
        };
        foreach (var size in sizes)
        {
            Progress.Say($"{size:#,0} documents");
            var tenants = new SearchedTenants(size, new Corpus(streets, seed: 5));
            await MeasureAsync(table, tenants, await SearchBackend.EmbeddedAsync(cluster, stop), stop);
            foreach (var isRouted in new[] { true, false })
                await MeasureAsync(table, tenants, SearchBackend.OpenSearch(openSearch, shards, isRouted), stop);
        }

        return table;
    }

    private async Task MeasureAsync(Table table, SearchedTenants tenants, SearchBackend backend, CancellationToken stop)
    {
        try
        {
            Progress.Say($"{backend.Name}: filling");
            var start = Stopwatch.GetTimestamp();
            await backend.FillAsync(tenants.Documents, stop);
            var filled = Stopwatch.GetElapsedTime(start);
            foreach (var (share, _) in SearchedTenants.Shares)
            {
                Progress.Say($"{backend.Name}: asking the tenant with {share}");
                var (recall, byVector) = await AskByVectorAsync(tenants, backend.Index, share, stop);
                var byWords = await AskByWordsAsync(tenants, backend.Index, share, stop);
                table.Add(
                    backend.Name, $"{tenants.Documents.Count:#,0}", share, recall.ToString("0.000", CultureInfo.InvariantCulture), Shown(byVector), Shown(byWords),
                    Table.Whole(filled.TotalSeconds));
            }
        }
        finally
        {
            await backend.DropAsync();
        }
    }

    private async Task<(double Recall, Samples Samples)> AskByVectorAsync(SearchedTenants tenants, ISearchIndex index, string share, CancellationToken stop)
    {
        var (recall, samples, random) = (0.0, new Samples(), new Random(7));
        for (var n = -WarmUp; n < questions; n++)
        {
            var asked = tenants.Question(random);
            var request = new SearchRequest(SearchIndexes.Incidents, tenants.Tenant(share), null, null, asked, SearchedTenants.K);
            var start = Stopwatch.GetTimestamp();
            var found = await index.SearchAsync(request, stop);
            var took = Stopwatch.GetElapsedTime(start);
            if (n < 0) continue;
            samples.Add(took);
            recall += tenants.Recall(found, asked, share) / questions;
        }

        return (recall, samples);
    }

    private async Task<Samples> AskByWordsAsync(SearchedTenants tenants, ISearchIndex index, string share, CancellationToken stop)
    {
        var (samples, corpus) = (new Samples(), new Corpus(streets, seed: 8));
        for (var n = -WarmUp; n < questions; n++)
        {
            var request = new SearchRequest(SearchIndexes.Incidents, tenants.Tenant(share), null, corpus.Question(), null, SearchedTenants.K);
            var start = Stopwatch.GetTimestamp();
            var found = await index.SearchAsync(request, stop);
            if (n >= 0) samples.Add(Stopwatch.GetElapsedTime(start));
            if (found.Count == 0) throw new InvalidOperationException($"Nothing was found for \"{request.Text}\".");
        }

        return samples;
    }

    private static string Shown(Samples samples) => $"{Table.Milliseconds(samples.Median)} / {Table.Milliseconds(samples.P99)}";
}
