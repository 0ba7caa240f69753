using DomainFlow.Domain.Search;

namespace DomainFlow.Embedded.Tests.Search;

public sealed class ReciprocalRankTests
{
    private static readonly Guid A = new("aaaaaaaa-0000-0000-0000-000000000000");
    private static readonly Guid B = new("bbbbbbbb-0000-0000-0000-000000000000");
    private static readonly Guid C = new("cccccccc-0000-0000-0000-000000000000");

    [Fact]
    public void What_is_first_everywhere_scores_one() => Assert.Equal([(A, 1.0)], ReciprocalRank.Fuse([A], [A]));

    [Fact]
    public void Two_middling_places_beat_one_first_place()
    {
        var fused = ReciprocalRank.Fuse([A, C], [B, C]);
        Assert.Equal([C, A, B], fused.Select(hit => hit.Id));
        Assert.Equal(2 / 62.0 / (2 / 61.0), fused[0].Score, 12);
        Assert.Equal(0.5, fused[1].Score, 12);
    }

    [Fact]
    public void Equal_scores_are_ordered_by_id() => Assert.Equal([A, B], ReciprocalRank.Fuse([B, A], [A, B]).Select(hit => hit.Id));

    [Fact]
    public void An_id_that_comes_twice_in_a_ranking_counts_once_at_its_better_place()
    {
        Assert.Equal(ReciprocalRank.Fuse([A, B, C]), ReciprocalRank.Fuse([A, B, A, C, B]));
    }

    [Fact]
    public void Empty_rankings_fuse_to_nothing() => Assert.Empty(ReciprocalRank.Fuse([], []));
}
