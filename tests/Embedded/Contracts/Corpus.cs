using DomainFlow.Domain.Search;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>Documents and vectors for the search contract, the same in every run.</summary>
public static class Corpus
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A random direction, not of length 1.</summary>
    public static float[] Vector(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, SearchIndexes.Dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    public static SearchDocument Document(Guid tenant, int seed, string text = "", long version = 1, string language = "en") =>
        new(SearchIndexes.Incidents, tenant, Guid.NewGuid(), $"domain-{seed % 3}", text, Vector(seed), Start.AddHours(seed), version, language);

    public static SearchRequest ByVector(Guid tenant, int seed, int limit = 10) => new(SearchIndexes.Incidents, tenant, null, null, Vector(seed), limit);

    public static SearchRequest ByText(Guid tenant, string text, int limit = 10) => new(SearchIndexes.Incidents, tenant, null, text, null, limit);

    /// <summary>The truth, computed slowly: (1 + cosine) / 2 in double precision over what the request lets through.</summary>
    public static IReadOnlyList<(Guid Id, double Score)> Nearest(IEnumerable<SearchDocument> documents, SearchRequest request) =>
    [
        .. documents
            .Where(d => d.Tenant == request.Tenant && (request.DomainId is null || d.DomainId == request.DomainId))
            .Where(d => (request.From is null || d.CreatedAt >= request.From) && (request.To is null || d.CreatedAt < request.To))
            .Where(d => request.Ids is null || request.Ids.Contains(d.Id))
            .Select(d => (d.Id, Score: (1 + Cosine(d.Embedding.ToArray(), request.Vector!.Value.ToArray())) / 2))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).Take(request.Limit),
    ];

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(y => (double)y * y));
}
