using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DomainFlow.Cache;
using DomainFlow.Cache.Redis;
using DomainFlow.Domain.Caching;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>A Redis that dies, hangs or comes back costs speed only.</summary>
public sealed class RedisFaultTests
{
    // Generous: a slow machine is no dead Redis.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>As in the functions; for a Redis that hangs.</summary>
    private static readonly TimeSpan ShortLimit = TimeSpan.FromMilliseconds(50);

    private static readonly CacheKey Key = CacheKey.Dma(Guid.NewGuid(), "7");
    private static readonly CacheKey Counter = CacheKey.Rate(Guid.NewGuid());

    private readonly ManualClock clock = new();

    [SkippableFact]
    public async Task After_it_was_killed_the_process_helps_itself_and_says_so()
    {
        await using var server = await RedisServer.StartAsync();
        using var cache = new RedisCache(server.Settings, Limit, clock);
        await SharedAgainAsync(cache);
        await server.KillAsync();
        await cache.SetAsync(Key, "own"u8.ToArray(), default);
        Assert.Equal("own"u8.ToArray(), await cache.GetAsync(Key, default));
        Assert.Equal((1, false), await cache.IncrementAsync(Counter, default) is var first ? (first.Count, first.IsShared) : default);
        Assert.Equal(2, (await cache.IncrementAsync(Counter, default)).Count);
        Assert.IsType<LockOutcome.Unknown>(await cache.LockAsync(CacheKey.Lock(Guid.NewGuid(), "x"), default));
        Assert.False(await cache.UnlockAsync(new(CacheKey.Lock(Guid.NewGuid(), "x"), "me"), default));

        await server.StartAgainAsync();
        await SharedAgainAsync(cache);
        Assert.Null(await cache.GetAsync(Key, default));
        Assert.IsType<LockOutcome.Held>(await cache.LockAsync(CacheKey.Lock(Guid.NewGuid(), "x"), default));

        // What it kept for itself is older than what others may have stored since.
        await server.KillAsync();
        Assert.Null(await cache.GetAsync(Key, default));
    }

    [SkippableFact]
    public async Task That_it_is_left_alone_and_that_it_is_back_is_said_once_each()
    {
        await using var server = await RedisServer.StartAsync();
        var said = new List<string>();
        using var cache = new RedisCache(server.Settings, Limit, clock, said.Add);
        await SharedAgainAsync(cache);
        await server.KillAsync();
        for (var i = 0; i < 10; i++)
        {
            await cache.IncrementAsync(Counter, default);
            clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Contains("is left alone", Assert.Single(said));
        await server.StartAgainAsync();
        await SharedAgainAsync(cache);
        await cache.IncrementAsync(Counter, default);
        Assert.Equal(2, said.Count);
        Assert.EndsWith("answers again.", said[1]);
    }

    [SkippableFact]
    public async Task After_it_became_a_replica_the_next_call_looks_for_the_primary_anew()
    {
        await using var server = await RedisServer.StartAsync();
        using var cache = new RedisCache(server.Settings, Limit, clock);
        using var administrator = new RedisClient(server.Settings, TimeSpan.FromSeconds(10), clock);
        Task<RespReply> CallAsync(string command) =>
            administrator.CallAsync(default, [.. command.Split(' ').Select(RedisClient.Bytes)]);
        async Task<int> ConnectionsAsync() =>
            Assert.IsType<RespReply.Bulk>(await CallAsync("CLIENT LIST TYPE normal")).Bytes!.Count(b => b == '\n');
        await SharedAgainAsync(cache);
        Assert.Equal(2, await ConnectionsAsync());
        await CallAsync("REPLICAOF 127.0.0.1 1");
        Assert.False((await cache.IncrementAsync(Counter, default)).IsShared);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await ConnectionsAsync() > 1) await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        await CallAsync("REPLICAOF NO ONE");
        Assert.True((await cache.IncrementAsync(Counter, default)).IsShared);
    }

    [SkippableFact]
    public async Task While_it_hangs_it_is_not_asked_for_long()
    {
        await using var server = await RedisServer.StartAsync();
        using var cache = new RedisCache(server.Settings, ShortLimit, clock);
        await SharedAgainAsync(cache);
        var before = await CommandsAsync(server);
        await server.StopAsync();
        for (var i = 0; i < 300; i++)
        {
            await cache.SetAsync(Key, "own"u8.ToArray(), default);
            Assert.Equal("own"u8.ToArray(), await cache.GetAsync(Key, default));
        }

        var counts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => cache.IncrementAsync(Counter, default)));
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), counts.Select(count => count.Count).Order());
        await server.ContinueAsync();
        // Three waited for their time-out and were too late; of the others it never heard.
        Assert.InRange(await CommandsAsync(server) - before, 0, 3);
        await SharedAgainAsync(cache);
    }

    [SkippableFact]
    public async Task What_was_removed_or_changed_while_it_hung_is_not_seen_again()
    {
        await using var server = await RedisServer.StartAsync();
        using var cache = new RedisCache(server.Settings, ShortLimit, clock);
        var other = CacheKey.Dma(Guid.NewGuid(), "8");
        await SharedAgainAsync(cache);
        await cache.SetAsync(Key, "old"u8.ToArray(), default);
        await cache.SetAsync(other, "old"u8.ToArray(), default);
        await server.StopAsync();
        for (var i = 0; i < 3; i++) await cache.GetAsync(CacheKey.Dma(Guid.NewGuid(), "9"), default);
        // It is left alone by now: what comes is not even on its way to it.
        await cache.RemoveAsync(Key, default);
        await cache.SetAsync(other, "new"u8.ToArray(), default);
        await server.ContinueAsync();
        await SharedAgainAsync(cache);
        Assert.Null(await cache.GetAsync(Key, default));
        Assert.NotEqual("old"u8.ToArray(), await cache.GetAsync(other, default));
    }

    [SkippableFact]
    public async Task What_the_process_kept_for_itself_is_gone_once_it_is_changed_elsewhere()
    {
        await using var server = await RedisServer.StartAsync();
        using var cache = new RedisCache(server.Settings, Limit, clock);
        await server.KillAsync();
        await cache.SetAsync(Key, "of the first outage"u8.ToArray(), default);
        await server.StartAgainAsync();
        await SharedAgainAsync(cache);
        await cache.SetAsync(Key, "newer"u8.ToArray(), default);
        Assert.Equal("newer"u8.ToArray(), await cache.GetAsync(Key, default));
        await server.KillAsync();
        Assert.Null(await cache.GetAsync(Key, default));
    }

    [SkippableFact]
    public async Task The_callers_own_end_is_heard()
    {
        await using var server = await RedisServer.StartAsync();
        using var cache = new RedisCache(server.Settings, TimeSpan.FromMinutes(1), clock);
        await SharedAgainAsync(cache);
        await server.StopAsync();
        using var ended = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.GetAsync(Key, ended.Token));
        await server.ContinueAsync();
        await SharedAgainAsync(cache);
    }

    /// <summary>How many reads, writes and counts it has done.</summary>
    private async Task<int> CommandsAsync(RedisServer server)
    {
        using var redis = new RedisClient(server.Settings, Limit, clock);
        var reply = await redis.CallAsync(default, RedisClient.Bytes("INFO"), RedisClient.Bytes("commandstats"));
        var lines = Encoding.UTF8.GetString(Assert.IsType<RespReply.Bulk>(reply).Bytes!);
        return Regex.Matches(lines, "cmdstat_(get|set|del|eval):calls=([0-9]+)").Sum(line => int.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Redis is asked again after the pause; a slow machine may need more than one try.</summary>
    private async Task SharedAgainAsync(ICache cache)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var key = CacheKey.Rate(Guid.NewGuid());
        while (!(await cache.IncrementAsync(key, default)).IsShared)
        {
            clock.Now += TimeSpan.FromSeconds(3);
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }
}
