using DomainFlow.Cache;
using DomainFlow.Domain.Caching;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>What every cache does, by Redis.</summary>
public sealed class RedisCacheTests : CacheContract, IAsyncLifetime
{
    // Generous: a slow machine is no dead Redis.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private RedisServer? server;
    private RedisCache? cache;

    protected override ICache Cache
    {
        get
        {
            RedisServer.SkipWithout();
            return cache!;
        }
    }

    public async Task InitializeAsync()
    {
        if (RedisServer.Program is null) return;
        server = await RedisServer.StartAsync();
        cache = new RedisCache(server.Settings, Limit, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        cache?.Dispose();
        if (server is not null) await server.DisposeAsync();
    }

    protected override Task PassAsync(TimeSpan time) => Task.CompletedTask;
}
