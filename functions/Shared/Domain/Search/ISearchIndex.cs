namespace DomainFlow.Domain.Search;

/// <summary>Search by text and by meaning. The tenant is never optional; scores lie between 0 and 1; ties are broken by id.</summary>
public interface ISearchIndex
{
    /// <summary>Stores a document unless the index holds this version of it or a later one.</summary>
    Task UpsertAsync(SearchDocument document, CancellationToken cancellationToken);

    /// <summary>Takes a document out; an upsert of this version or an older one cannot bring it back.</summary>
    Task DeleteAsync(string index, Guid tenant, Guid id, long version, CancellationToken cancellationToken);

    /// <summary>Best first. With text and vector given, both rankings are fused by reciprocal rank.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(SearchRequest request, CancellationToken cancellationToken);
}

public static class SearchIndexes
{
    public const string Incidents = "incident_embeddings";

    /// <summary>Length of every embedding.</summary>
    public const int Dimensions = 1536;
}

/// <param name="Embedding">Unit vector of <see cref="SearchIndexes.Dimensions"/> floats.</param>
/// <param name="Language">ISO 639-1 code that chooses stemming.</param>
public sealed record SearchDocument(
    string Index,
    Guid Tenant,
    Guid Id,
    string DomainId,
    string Text,
    ReadOnlyMemory<float> Embedding,
    DateTimeOffset CreatedAt,
    long Version,
    string Language = "en");

/// <param name="Ids">Only among these, where given.</param>
/// <param name="Limit">At most this many hits, 1 to 100.</param>
public sealed record SearchRequest(
    string Index,
    Guid Tenant,
    string? DomainId,
    string? Text,
    ReadOnlyMemory<float>? Vector,
    int Limit,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    IReadOnlyCollection<Guid>? Ids = null,
    string Language = "en");

/// <param name="Score">0 to 1, comparable within one answer.</param>
/// <param name="TextScore">Score by text alone, where the text matched.</param>
/// <param name="VectorScore">(1 + cosine) / 2, where a vector was asked for.</param>
public sealed record SearchHit(Guid Id, double Score, double? TextScore, double? VectorScore, string Text, DateTimeOffset CreatedAt);
