using DomainFlow.Search.Reading;

namespace DomainFlow.Search.Writing;

/// <summary>Takes old tombstones out for good: searched and deleted by id, because Serverless cannot delete by a query.</summary>
internal sealed class Forgetting(StoredDocuments documents, BulkWriter writer)
{
    private const int PageSize = 1000;

    public async Task<int> RunAsync(string index, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var (forgotten, looked) = (0, 0);
        IReadOnlyList<Tombstone> page;
        Tombstone? last = null;
        do
        {
            page = await documents.TombstonesAsync(index, before, last, Math.Min(PageSize, limit - looked), cancellationToken);
            var outcomes = await writer.WriteAsync(index, [.. page.Select(t => DocumentWrite.Removal(t.Tenant, t.Id, t.Version))], cancellationToken);
            forgotten += outcomes.OfType<WriteOutcome.Stored>().Count();
            (looked, last) = (looked + page.Count, page.Count > 0 ? page[^1] : last);
        }
        while (page.Count == PageSize && looked < limit);
        return forgotten;
    }
}
