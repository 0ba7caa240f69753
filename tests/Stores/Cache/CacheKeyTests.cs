using DomainFlow.Domain.Caching;

namespace DomainFlow.Stores.Tests.Cache;

public sealed class CacheKeyTests
{
    private static readonly Guid Tenant = new("0f0f0f0f-0000-4000-8000-000000000001");
    private static readonly Guid User = new("0f0f0f0f-0000-4000-8000-000000000002");

    public static TheoryData<CacheKey, string, TimeSpan> Keys => new()
    {
        { CacheKey.Session(Tenant, User), $"session:{User}", TimeSpan.FromHours(24) },
        { CacheKey.Dma(Tenant, "D7"), "cache:dma:D7", TimeSpan.FromMinutes(5) },
        { CacheKey.Reading(Tenant, "D7", new(2026, 3, 14)), "cache:reading:D7:2026-03-14", TimeSpan.FromHours(1) },
        { CacheKey.Configuration(Tenant, "civic"), "cache:configuration:civic", TimeSpan.FromHours(24) },
        { CacheKey.Rate(Tenant, User), $"rate:{User}", TimeSpan.FromMinutes(1) },
        { CacheKey.Rate(Tenant), "rate:*", TimeSpan.FromMinutes(1) },
        { CacheKey.Lock(Tenant, "import"), "lock:import", TimeSpan.FromSeconds(30) },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Each_key_stands_behind_its_tenant_and_has_its_time(CacheKey key, string name, TimeSpan lifetime)
    {
        Assert.Equal($"{Tenant}:{name}", key.Text);
        Assert.Equal(lifetime, key.Lifetime);
    }
}
