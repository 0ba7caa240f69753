using DomainFlow.Benchmarks.Stores;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;

namespace DomainFlow.Benchmarks.Backends;

/// <summary>The same documents for every back end: vectors in clusters and generated texts, of a tenant with 1 %, one with 10 % and many with the rest.</summary>
internal sealed class SearchedTenants
{
    public const int K = 10;

    private const int OfEachOther = 100;
    private static readonly DateTimeOffset CreatedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, Guid> tenants;
    private readonly ClusteredVectors vectors;

    public SearchedTenants(int count, Corpus corpus)
    {
        vectors = new ClusteredVectors(count, Shares.Select(share => (share.Name, share.Of)), seed: 21);
        tenants = Shares.ToDictionary(share => share.Name, _ => Guid.NewGuid());
        var others = Enumerable.Range(0, (count / OfEachOther) + 1).Select(_ => Guid.NewGuid()).ToArray();
        Documents =
        [
            .. vectors.Items.Select((item, place) => new SearchDocument(
                SearchIndexes.Incidents, tenants.GetValueOrDefault(item.Group, others[place / OfEachOther]), item.Id, "bench", corpus.Text(), item.Unit, CreatedAt, 1)),
        ];
    }

    /// <summary>What part of all documents a tenant has.</summary>
    public static IReadOnlyList<(string Name, double Of)> Shares { get; } = [("1 %", 0.01), ("10 %", 0.1)];

    public IReadOnlyList<SearchDocument> Documents { get; }

    public Guid Tenant(string share) => tenants[share];

    public float[] Question(Random random) => vectors.Near(random);

    public double Recall(IReadOnlyList<SearchHit> found, float[] asked, string share) => vectors.Recall(found.Select(hit => hit.Id), asked, share, K);
}
