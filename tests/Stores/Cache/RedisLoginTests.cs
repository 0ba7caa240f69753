using System.Security.Cryptography;
using DomainFlow.Cache;
using DomainFlow.Cache.Redis;
using DomainFlow.Domain.Caching;
using DomainFlow.Embedded.Tests.Support;
using DomainFlow.Topology;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>Who the functions are to Redis: the user that a deployment makes, whose password may change and may take its time to be read.</summary>
public sealed class RedisLoginTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly CacheKey Key = CacheKey.Dma(Guid.NewGuid(), "7");

    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    [SkippableFact]
    public async Task The_deployments_user_may_do_all_that_the_cache_does_and_nothing_else()
    {
        await using var server = await RestrictedAsync();
        using var cache = new RedisCache(Settings(server, () => password), Limit, TimeProvider.System);
        Assert.True(await cache.ConnectAsync(default));
        await cache.SetAsync(Key, new byte[] { 1 }, default);
        Assert.Equal([1], await cache.GetAsync(Key, default));
        await cache.RemoveAsync(Key, default);
        Assert.Null(await cache.GetAsync(Key, default));
        Assert.True((await cache.IncrementAsync(CacheKey.Rate(Guid.NewGuid()), default)).IsShared);
        var held = Assert.IsType<LockOutcome.Held>(await cache.LockAsync(CacheKey.Lock(Guid.NewGuid(), "x"), default)).Lock;
        Assert.True(await cache.UnlockAsync(held, default));

        foreach (var command in new[] { "FLUSHALL", "KEYS *", "CONFIG GET *", "ACL LIST", "SCAN 0", "EVAL return(redis.call('KEYS','*')) 0" })
        {
            using var redis = new RedisClient(Settings(server, () => password), Limit, TimeProvider.System);
            var refused = await Assert.ThrowsAsync<RedisException>(() => redis.CallAsync(default, [.. command.Split(' ').Select(RedisClient.Bytes)]));
            Assert.Matches("no permissions|can't run this command", refused.Message);
        }
    }

    [SkippableFact]
    public async Task That_nobody_is_let_in_is_said()
    {
        await using var server = await RestrictedAsync();
        var said = new List<string>();
        using var cache = new RedisCache(server.Settings, Limit, TimeProvider.System, said.Add);
        for (var i = 1; i <= 5; i++) Assert.Equal((i, false), await cache.IncrementAsync(Key, default) is var own ? (own.Count, own.IsShared) : default);
        Assert.Contains("NOAUTH", Assert.Single(said));
    }

    [SkippableFact]
    public async Task A_changed_password_is_used_without_a_restart()
    {
        await using var server = await RestrictedAsync();
        var told = password;
        using var cache = new RedisCache(Settings(server, () => told), Limit, TimeProvider.System);
        Assert.True(await cache.ConnectAsync(default));
        await AsAdministratorAsync(server, "ACL", "SETUSER", SystemMap.CacheUser, "resetpass", ">another");
        await AsAdministratorAsync(server, "CLIENT", "KILL", "USER", SystemMap.CacheUser);
        Assert.False(await cache.ConnectAsync(default));
        told = "another";
        Assert.True(await cache.ConnectAsync(default));
    }

    [SkippableFact]
    public async Task The_password_is_read_again_only_when_it_is_refused()
    {
        await using var server = await RestrictedAsync();
        var (reads, told) = (0, password);
        using var cache = new RedisCache(
            Settings(server, () =>
            {
                reads++;
                return told;
            }),
            Limit,
            TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await cache.ConnectAsync(default));
            await AsAdministratorAsync(server, "CLIENT", "KILL", "USER", SystemMap.CacheUser);
        }

        Assert.Equal(1, reads);
        told = "another";
        await AsAdministratorAsync(server, "ACL", "SETUSER", SystemMap.CacheUser, "resetpass", ">another");
        Assert.True(await cache.ConnectAsync(default));
        Assert.Equal(2, reads);
    }

    [SkippableFact]
    public async Task A_password_that_takes_longer_to_read_than_a_call_may_last_is_waited_for()
    {
        await using var server = await RestrictedAsync();
        var clock = new ManualClock();
        using var cache = new RedisCache(
            server.Settings with
            {
                Login = async token =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(800), token); // as Secrets Manager may, past the time that a connection has
                    return new(SystemMap.CacheUser, password);
                },
            },
            TimeSpan.FromMilliseconds(50),
            clock);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!(await cache.IncrementAsync(CacheKey.Rate(Guid.NewGuid()), limit.Token)).IsShared) clock.Now += TimeSpan.FromSeconds(3);
    }

    /// <summary>A server with the deployment's user, and an administrator of the test's own.</summary>
    private async Task<RedisServer> RestrictedAsync()
    {
        var server = await RedisServer.StartAsync();
        using var redis = new RedisClient(server.Settings, Limit, TimeProvider.System);
        await CallAsync(redis, "ACL", "SETUSER", "administrator", "on", ">administrator", "~*", "+@all");
        await CallAsync(redis, ["ACL", "SETUSER", SystemMap.CacheUser, "reset", $">{password}", .. SystemMap.CacheAccess.Split(' ')]);
        return server;
    }

    private static RedisSettings Settings(RedisServer server, Func<string> password) =>
        server.Settings with { Login = _ => Task.FromResult(new RedisLogin(SystemMap.CacheUser, password())) };

    private static async Task AsAdministratorAsync(RedisServer server, params string[] command)
    {
        using var redis = new RedisClient(server.Settings with { User = "administrator", Password = "administrator" }, Limit, TimeProvider.System);
        await CallAsync(redis, command);
    }

    private static Task<RespReply> CallAsync(RedisClient redis, params string[] command) => redis.CallAsync(default, [.. command.Select(RedisClient.Bytes)]);
}
