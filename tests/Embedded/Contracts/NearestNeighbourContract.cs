using System.Globalization;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Search;
using Xunit.Abstractions;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>Filtered search by vector against an exact computation: as many hits as match, and the nearest of them. A group of vectors is a domain.</summary>
public abstract class NearestNeighbourContract(ITestOutputHelper output)
{
    protected const int K = 10;

    private static readonly (string Group, double Share)[] Shares = [("a", 0.001), ("b", 0.01), ("c", 0.1), ("d", 0.5)];

    /// <summary>The same in every run; made once.</summary>
    private static readonly Lazy<ClusteredVectors> Made = new(() => new(ProofSize.Of(2_000, 20_000), Shares, seed: 11));

    internal static ClusteredVectors Vectors => Made.Value;

    protected Guid Tenant { get; } = Guid.NewGuid();

    protected IReadOnlyList<SearchDocument> Documents =>
        [.. Vectors.Items.Select(item => new SearchDocument(SearchIndexes.Incidents, Tenant, item.Id, item.Group, "", item.Unit, Corpus.Start, 1))];

    /// <summary>Searches of one share at a time, a quarter of all.</summary>
    /// <returns>The worst recall of the shares.</returns>
    protected async Task<double> MeasureAsync(ISearchIndex index, string name)
    {
        var (said, worst, queries) = (new List<string>(), 1.0, ProofSize.Of(20, 250));
        foreach (var (group, share) in Shares)
        {
            var (recall, random) = (0.0, new Random(3));
            var matching = Vectors.Items.Count(item => item.Group == group);
            for (var n = 0; n < queries; n++)
            {
                var asked = Vectors.Near(random);
                var found = await index.SearchAsync(new(SearchIndexes.Incidents, Tenant, group, null, asked, K), default);
                Assert.Equal(Math.Min(K, matching), found.Count);
                recall += Vectors.Recall(found.Select(hit => hit.Id), asked, group, K) / queries;
            }

            worst = Math.Min(worst, recall);
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{share:0.#%} {recall:0.000}"));
        }

        var line = $"recall@{K} of {queries * Shares.Length} searches over {Vectors.Count} vectors, {name}: {string.Join(", ", said)}";
        output.WriteLine(line);
        await Found.SayAsync(line);
        return worst;
    }
}
