using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Search;
using DomainFlow.Postgres;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded;

/// <summary>
/// Search on PostgreSQL: text by a GIN index, vectors exactly, compared one by one in memory. Text scores are the part of the asked words'
/// weight that a document holds; vector scores (1 + cosine) / 2; with both, reciprocal ranks are fused over the first 200 of each.
/// </summary>
/// <param name="cacheBytes">Memory for vectors (6 KB each); a tenant with more is read from the store at each search.</param>
public sealed class EmbeddedSearch(NpgsqlDataSource dataSource, long cacheBytes = EmbeddedSearch.DefaultCacheBytes) : ISearchIndex
{
    public const long DefaultCacheBytes = 256L * 1024 * 1024;

    private const int MaxLimit = 100;
    private const int FusedDepth = 200;

    private const string Hits = $"""
        SELECT d.id, d.text_content, d.created_at, CASE WHEN $7 THEN d.embedding END FROM embedded.search_documents d
        WHERE {SearchFilter.Sql} AND d.id = ANY ($8)
        """;

    private readonly DocumentWriter writer = new(dataSource);
    private readonly DocumentReader documents = new(dataSource);
    private readonly TextRanking byText = new(dataSource);
    private readonly VectorRanking byVector = new(dataSource, cacheBytes);

    /// <exception cref="ArgumentException">The embedding has another dimension, or is zero.</exception>
    public Task UpsertAsync(SearchDocument document, CancellationToken cancellationToken) =>
        LostConnection.OnceMoreAsync(dataSource, () => writer.UpsertAsync(document, cancellationToken));

    public Task DeleteAsync(string index, Guid tenant, Guid id, long version, CancellationToken cancellationToken) =>
        LostConnection.OnceMoreAsync(dataSource, () => writer.BuryAsync(index, tenant, id, version, cancellationToken));

    public Task<IReadOnlyList<StoredDocument>> ReadAsync(string index, Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        LostConnection.OnceMoreAsync(dataSource, () => documents.ByIdsAsync(index, tenant, ids, cancellationToken));

    public Task<IReadOnlyList<StoredDocument>> ListAsync(string index, Guid tenant, Guid? after, int limit, CancellationToken cancellationToken) =>
        LostConnection.OnceMoreAsync(dataSource, () => documents.PageAsync(index, tenant, after, limit, cancellationToken));

    public Task<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        LostConnection.OnceMoreAsync(dataSource, () => writer.ForgetAsync(before, limit, cancellationToken));

    /// <exception cref="ArgumentException">Neither text nor vector is given, the vector cannot be compared, or the limit is not 1 to 100.</exception>
    public Task<IReadOnlyList<SearchHit>> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        LostConnection.OnceMoreAsync(dataSource, () => SearchOnceAsync(request, cancellationToken));

    private async Task<IReadOnlyList<SearchHit>> SearchOnceAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > MaxLimit)
            throw new ArgumentException($"A search gives 1 to {MaxLimit} hits, not {request.Limit}.", nameof(request));
        var text = string.IsNullOrWhiteSpace(request.Text) ? null : request.Text.Replace('\0', ' ');
        var asked = request.Vector is { } vector ? UnitVector.Of(vector.Span) : null;
        if (text is null && asked is null)
            throw new ArgumentException("A search needs a text or a vector.", nameof(request));
        var filter = new SearchFilter(request);
        var depth = text is not null && asked is not null ? FusedDepth : request.Limit;
        var texts = text is null ? null : await byText.RankAsync(filter, text, request.Language, depth, cancellationToken);
        var vectors = asked is null ? null : await byVector.RankAsync(request, filter, asked, depth, cancellationToken);
        var ranked = texts is null ? vectors! : vectors is null ? texts : Fuse(texts, vectors, request.Limit);
        return ranked.Count == 0 ? [] : await ReadAsync(ranked, texts, filter, asked, cancellationToken);
    }

    private static IReadOnlyList<(Guid Id, double Score)> Fuse(
        IReadOnlyList<(Guid Id, double Score)> texts, IReadOnlyList<(Guid Id, double Score)> vectors, int limit) =>
        [.. ReciprocalRank.Fuse([.. texts.Select(hit => hit.Id)], [.. vectors.Select(hit => hit.Id)]).Take(limit)];

    /// <summary>The documents behind the ranking as they are now; one deleted in between is left out.</summary>
    private async Task<IReadOnlyList<SearchHit>> ReadAsync(
        IReadOnlyList<(Guid Id, double Score)> ranked,
        IReadOnlyList<(Guid Id, double Score)>? texts,
        SearchFilter filter,
        float[]? asked,
        CancellationToken cancellationToken)
    {
        var scores = ranked.ToDictionary(hit => hit.Id, hit => hit.Score);
        var textScores = texts?.ToDictionary(hit => hit.Id, hit => hit.Score) ?? [];
        await using var command = dataSource.CreateCommand(Hits);
        command.Bind([.. filter.Parameters, Flag(asked is not null), Ids(scores.Keys)]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var hits = new List<SearchHit>(scores.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            double? textScore = textScores.TryGetValue(id, out var score) ? score : null;
            double? vectorScore = asked is null ? null : Embeddings.Score(asked, Embeddings.FromBytes(reader.GetFieldValue<byte[]>(3)));
            hits.Add(new SearchHit(id, scores[id], textScore, vectorScore, reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id)];
    }
}
