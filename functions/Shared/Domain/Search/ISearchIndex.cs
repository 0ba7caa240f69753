namespace DomainFlow.Domain.Search;

/// <summary>Search by text and by meaning. The tenant is never optional; scores lie between 0 and 1; ties are broken by id.</summary>
public interface ISearchIndex
{
    /// <summary>Stores a document unless the index holds this version of it or a later one.</summary>
    Task UpsertAsync(SearchDocument document, CancellationToken cancellationToken);

    /// <summary>Takes a document out; an upsert of this version or an older one cannot bring it back.</summary>
    Task DeleteAsync(string index, Guid tenant, Guid id, long version, CancellationToken cancellationToken);

    /// <summary>Documents and tombstones by id, for whoever compares them with their source. What is not there is left out.</summary>
    Task<IReadOnlyList<StoredDocument>> ReadAsync(string index, Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>A page of the tenant's documents in the order of their ids.</summary>
    /// <param name="after">Id of the last document of the page before.</param>
    Task<IReadOnlyList<StoredDocument>> ListAsync(string index, Guid tenant, Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>Drops tombstones of all tenants that were written before that time: nothing older can come late any more.</summary>
    /// <param name="limit">At most so many.</param>
    /// <returns>How many were dropped.</returns>
    Task<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Best first. With text and vector given, both rankings are fused by reciprocal rank.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(SearchRequest request, CancellationToken cancellationToken);
}

public static class SearchIndexes
{
    public const string Incidents = "incident_embeddings";

    /// <summary>Length of every embedding, unless an index is configured for others.</summary>
    public const int Dimensions = 1536;
}

/// <param name="Embedding">As many floats as the index has dimensions, not all zero.</param>
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

/// <param name="From">Created then or later.</param>
/// <param name="To">Created before.</param>
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

/// <summary>A document as the index holds it.</summary>
/// <param name="IsDeleted">A tombstone: its version keeps late writes out.</param>
/// <param name="WordsRelease">By which <see cref="SearchWords.Release"/> its words were made.</param>
public sealed record StoredDocument(
    Guid Id, string DomainId, string Text, long Version, bool IsDeleted = false, short WordsRelease = SearchWords.Release);
