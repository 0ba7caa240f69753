using DomainFlow.Cache;
using DomainFlow.Domain.Caching;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Stores.Tests.Cache;

public sealed class InProcessCacheTests : CacheContract
{
    private readonly ManualClock clock = new();
    private InProcessCache? cache;

    protected override ICache Cache => cache ??= new InProcessCache(clock);

    [Fact]
    public async Task What_was_used_longest_ago_goes_first()
    {
        var small = new InProcessCache(clock, maxEntries: 3);
        CacheKey[] keys = [.. Enumerable.Range(0, 4).Select(i => CacheKey.Dma(Guid.Empty, $"{i}"))];
        foreach (var key in keys[..3]) await small.SetAsync(key, new byte[1], default);
        await small.GetAsync(keys[0], default);
        await small.SetAsync(keys[3], new byte[1], default);
        var kept = await Task.WhenAll(keys.Select(async key => await small.GetAsync(key, default) is not null));
        Assert.Equal([true, false, true, true], kept);
    }

    [Fact]
    public async Task Its_bytes_are_bounded()
    {
        var small = new InProcessCache(clock, maxEntries: 1000, maxBytes: 10_000);
        for (var i = 0; i < 100; i++) await small.SetAsync(CacheKey.Dma(Guid.Empty, $"{i % 50}"), new byte[1000], default);
        Assert.Equal(10, small.Count);
    }

    [Fact]
    public async Task What_was_given_away_may_be_changed_without_harm()
    {
        var value = new byte[] { 1 };
        var key = CacheKey.Dma(Guid.Empty, "1");
        await Cache.SetAsync(key, value, default);
        value[0] = 2;
        (await Cache.GetAsync(key, default))![0] = 3;
        var kept = await Cache.GetAsync(key, default);
        Assert.Equal([1], kept!);
    }

    [Fact]
    public async Task A_minute_is_a_minute()
    {
        var key = CacheKey.Rate(Guid.Empty, Guid.Empty);
        await Cache.IncrementAsync(key, default);
        clock.Now += TimeSpan.FromSeconds(59);
        Assert.Equal((2, TimeSpan.FromSeconds(1)), await Cache.IncrementAsync(key, default) is var counted ? (counted.Count, counted.Left) : default);
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(1, (await Cache.IncrementAsync(key, default)).Count);
    }

    protected override Task PassAsync(TimeSpan time)
    {
        clock.Now += time;
        return Task.CompletedTask;
    }
}
