namespace DomainFlow.Domain.Search;

/// <summary>Reciprocal rank fusion: rankings whose scores cannot be compared are merged by place alone.</summary>
public static class ReciprocalRank
{
    /// <summary>The constant of the method: the larger, the less the first places outweigh the next.</summary>
    public const int K = 60;

    /// <summary>
    /// Best first, ties by id. The score is the sum of 1 / (K + place) over the rankings, places from 1, divided by its highest
    /// possible value: 1 for what every ranking has first.
    /// </summary>
    /// <param name="rankings">Ids, best first. An id that comes twice in one ranking counts at its better place.</param>
    public static IReadOnlyList<(Guid Id, double Score)> Fuse(params IReadOnlyList<Guid>[] rankings)
    {
        var best = rankings.Length / (K + 1.0);
        return
        [
            .. rankings
                .SelectMany(ranking => ranking.Distinct().Select((id, place) => (Id: id, Part: 1 / (K + place + 1.0))))
                .GroupBy(vote => vote.Id, vote => vote.Part)
                .Select(votes => (Id: votes.Key, Score: votes.Sum() / best))
                .OrderByDescending(fused => fused.Score)
                .ThenBy(fused => fused.Id),
        ];
    }
}
