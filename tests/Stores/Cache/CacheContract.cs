using System.Text;
using DomainFlow.Domain.Caching;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>What every cache does.</summary>
public abstract class CacheContract
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private readonly Guid tenant = Guid.NewGuid();
    private readonly Guid user = Guid.NewGuid();

    protected abstract ICache Cache { get; }

    private CacheKey Key => CacheKey.Configuration(tenant, "civic-complaints");

    [SkippableFact]
    public async Task What_is_set_is_got_until_it_is_removed()
    {
        Assert.Null(await Cache.GetAsync(Key, default));
        await SetAsync(Key, "first");
        await SetAsync(Key, "second\r\n\0ä");
        Assert.Equal("second\r\n\0ä", await TextAsync(Key));
        await Cache.RemoveAsync(Key, default);
        await Cache.RemoveAsync(Key, default);
        Assert.Null(await Cache.GetAsync(Key, default));
    }

    [SkippableFact]
    public async Task A_value_is_gone_after_its_lifetime()
    {
        await SetAsync(Key, "kept");
        await SetAsync(CacheKey.Session(tenant, user).For(Short), "short");
        await PassAsync(Short);
        await UntilAsync(async () => await Cache.GetAsync(CacheKey.Session(tenant, user), default) is null);
        Assert.Equal("kept", await TextAsync(Key));
    }

    [SkippableFact]
    public async Task An_empty_value_is_a_value()
    {
        await SetAsync(Key, "");
        Assert.Equal("", await TextAsync(Key));
    }

    [SkippableFact]
    public async Task A_value_that_is_too_large_is_not_kept_nor_is_what_it_replaces()
    {
        await SetAsync(Key, "before");
        await Cache.SetAsync(Key, new byte[ICache.MaxValueBytes + 1], default);
        Assert.Null(await Cache.GetAsync(Key, default));
        await Cache.SetAsync(Key, new byte[ICache.MaxValueBytes], default);
        Assert.Equal(ICache.MaxValueBytes, (await Cache.GetAsync(Key, default))!.Length);
    }

    [SkippableFact]
    public async Task Nothing_of_a_tenant_is_seen_by_another()
    {
        var other = Guid.NewGuid();
        await SetAsync(CacheKey.Dma(tenant, "7"), "mine");
        await Cache.IncrementAsync(CacheKey.Rate(tenant, user), default);
        await Cache.LockAsync(CacheKey.Lock(tenant, "sweep"), default);
        Assert.Null(await Cache.GetAsync(CacheKey.Dma(other, "7"), default));
        Assert.Equal(1, (await Cache.IncrementAsync(CacheKey.Rate(other, user), default)).Count);
        Assert.IsType<LockOutcome.Held>(await Cache.LockAsync(CacheKey.Lock(other, "sweep"), default));
    }

    [SkippableFact]
    public async Task A_count_begins_anew_with_each_window()
    {
        for (var i = 1; i <= 5; i++)
        {
            var counted = await Cache.IncrementAsync(CacheKey.Rate(tenant, user), default);
            Assert.Equal(i, counted.Count);
            Assert.InRange(counted.Left, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        }

        var brief = CacheKey.Rate(tenant).For(TimeSpan.FromSeconds(1));
        await Cache.IncrementAsync(brief, default);
        await PassAsync(TimeSpan.FromSeconds(1));
        await UntilAsync(async () => (await Cache.IncrementAsync(brief, default)).Count == 1);
    }

    [SkippableFact]
    public async Task Counting_at_once_misses_none()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Cache.IncrementAsync(CacheKey.Rate(tenant), default)));
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), counts.Select(c => c.Count).Order());
    }

    [SkippableFact]
    public async Task A_lock_has_one_holder_who_alone_gives_it_back()
    {
        var key = CacheKey.Lock(tenant, "import");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Cache.LockAsync(key, default)));
        var held = Assert.Single(outcomes.OfType<LockOutcome.Held>()).Lock;
        Assert.Equal(19, outcomes.OfType<LockOutcome.Taken>().Count());
        Assert.False(await Cache.UnlockAsync(held with { Owner = "somebody else" }, default));
        Assert.IsType<LockOutcome.Taken>(await Cache.LockAsync(key, default));
        Assert.True(await Cache.UnlockAsync(held, default));
        Assert.False(await Cache.UnlockAsync(held, default));
        Assert.IsType<LockOutcome.Held>(await Cache.LockAsync(key, default));
    }

    [SkippableFact]
    public async Task A_lock_that_expired_is_taken_by_another_and_not_given_back_by_the_first()
    {
        var key = CacheKey.Lock(tenant, "import").For(Short);
        var first = Assert.IsType<LockOutcome.Held>(await Cache.LockAsync(key, default)).Lock;
        await PassAsync(Short);
        LockOutcome second = new LockOutcome.Unknown();
        await UntilAsync(async () => (second = await Cache.LockAsync(CacheKey.Lock(tenant, "import"), default)) is LockOutcome.Held);
        Assert.False(await Cache.UnlockAsync(first, default));
        Assert.True(await Cache.UnlockAsync(((LockOutcome.Held)second).Lock, default));
    }

    /// <summary>Lets time pass where a test can.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await holds()) await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    private Task SetAsync(CacheKey key, string value) => Cache.SetAsync(key, Encoding.UTF8.GetBytes(value), default);

    private async Task<string?> TextAsync(CacheKey key) => await Cache.GetAsync(key, default) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
