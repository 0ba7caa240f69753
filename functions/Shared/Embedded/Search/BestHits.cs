namespace DomainFlow.Embedded.Search;

/// <summary>Keeps the best of what it is offered, at most so many: higher scores, then lower ids.</summary>
internal sealed class BestHits(int limit)
{
    private static readonly Comparer<(double Score, Guid Id)> WorstFirst =
        Comparer<(double Score, Guid Id)>.Create((a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.Id.CompareTo(a.Id));

    private readonly PriorityQueue<Guid, (double Score, Guid Id)> kept = new(limit + 1, WorstFirst);

    public void Offer(Guid id, double score)
    {
        if (kept.Count < limit)
            kept.Enqueue(id, (score, id));
        else
            kept.EnqueueDequeue(id, (score, id));
    }

    public IReadOnlyList<(Guid Id, double Score)> BestFirst() =>
        [.. kept.UnorderedItems.Select(item => item.Priority).OrderByDescending(hit => hit, WorstFirst).Select(hit => (hit.Id, hit.Score))];
}
