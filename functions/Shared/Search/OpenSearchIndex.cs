using DomainFlow.Domain.Search;
using DomainFlow.Search.Indexes;
using DomainFlow.Search.Reading;
using DomainFlow.Search.Wire;
using DomainFlow.Search.Writing;

namespace DomainFlow.Search;

/// <summary>
/// Search on OpenSearch: BM25 beside k-NN that is filtered inside the graph, fused by reciprocal rank. A tenant's documents lie in the shard
/// of its id, and every search names the tenant besides. An index is made when it is first needed; making this does no I/O.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="SearchUnavailableException"/> (tried again within <see cref="OpenSearchOptions.Patience"/>),
/// <see cref="SearchIndexMismatchException"/> (the index there was made for other vectors) and <see cref="InvalidOperationException"/> (the
/// service refuses the request itself: its policy, or a bug).
/// </remarks>
public sealed class OpenSearchIndex : ISearchIndex, IDisposable
{
    private readonly PreparedIndexes indexes;
    private readonly BulkWriter writer;
    private readonly StoredDocuments documents;
    private readonly Searcher searcher;
    private readonly OpenSearchCalls calls;
    private readonly TimeProvider clock;
    private readonly int dimensions;

    /// <exception cref="ArgumentException">The options contradict each other, or name a service that cannot serve.</exception>
    public OpenSearchIndex(OpenSearchOptions options)
    {
        var known = options.Checked();
        (clock, dimensions) = (known.Clock, known.Dimensions);
        calls = new OpenSearchCalls(known);
        indexes = new PreparedIndexes(calls, known);
        writer = new BulkWriter(calls, known);
        documents = new StoredDocuments(calls, known);
        searcher = new Searcher(calls, known);
    }

    /// <summary>Makes the index, or checks the one that is there.</summary>
    public Task PrepareAsync(string index, CancellationToken cancellationToken) => indexes.EnsureAsync(index, cancellationToken);

    /// <exception cref="ArgumentException">The embedding has another dimension, or is zero.</exception>
    /// <exception cref="SearchRefusedException">OpenSearch will never take the document.</exception>
    public async Task UpsertAsync(SearchDocument document, CancellationToken cancellationToken)
    {
        var write = DocumentWrite.Of(document, UnitVector.Of(document.Embedding.Span, dimensions));
        await WriteAsync(document.Index, write, cancellationToken);
    }

    /// <summary>Stores documents of one index, many in a request. What becomes of one says nothing about the others.</summary>
    /// <returns>An outcome for each document, in their order.</returns>
    public async Task<IReadOnlyList<WriteOutcome>> UpsertManyAsync(
        string index, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        await indexes.EnsureAsync(index, cancellationToken);
        return await writer.WriteAsync(index, [.. documents.Select(document => DocumentWrite.OfAny(document, index, dimensions))], cancellationToken);
    }

    public Task DeleteAsync(string index, Guid tenant, Guid id, long version, CancellationToken cancellationToken) =>
        WriteAsync(index, DocumentWrite.Tombstone(tenant, id, version, clock.GetUtcNow()), cancellationToken);

    public async Task<IReadOnlyList<StoredDocument>> ReadAsync(
        string index, Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await indexes.EnsureAsync(index, cancellationToken);
        return await documents.ByIdsAsync(index, tenant, ids, cancellationToken);
    }

    public async Task<IReadOnlyList<StoredDocument>> ListAsync(string index, Guid tenant, Guid? after, int limit, CancellationToken cancellationToken)
    {
        await indexes.EnsureAsync(index, cancellationToken);
        return await documents.PageAsync(index, tenant, after, limit, cancellationToken);
    }

    public async Task<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await indexes.EnsureAsync(SearchIndexes.Incidents, cancellationToken);
        return await new Forgetting(documents, writer).RunAsync(SearchIndexes.Incidents, before, limit, cancellationToken);
    }

    /// <exception cref="ArgumentException">Neither text nor vector is given, the vector cannot be compared, or the limit is not 1 to 100.</exception>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var asked = AskedSearch.Of(request, dimensions);
        await indexes.EnsureAsync(request.Index, cancellationToken);
        return asked.CanMatch ? await searcher.RunAsync(asked, cancellationToken) : [];
    }

    public void Dispose() => calls.Dispose();

    private async Task WriteAsync(string index, DocumentWrite write, CancellationToken cancellationToken)
    {
        await indexes.EnsureAsync(index, cancellationToken);
        switch ((await writer.WriteAsync(index, [write], cancellationToken))[0])
        {
            case WriteOutcome.Refused refused:
                throw new SearchRefusedException(refused.Id, refused.Reason);
            case WriteOutcome.Unavailable unavailable:
                throw new SearchUnavailableException(unavailable.Reason);
        }
    }
}
