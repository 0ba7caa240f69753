using System.Globalization;

namespace DomainFlow.Domain.Caching;

/// <summary>A key and how long what stands under it is kept. Every key begins with its tenant: there is no way to one without.</summary>
public readonly record struct CacheKey
{
    private CacheKey(Guid tenant, string name, TimeSpan lifetime) =>
        (Text, Lifetime) = (string.Create(CultureInfo.InvariantCulture, $"{tenant:D}:{name}"), lifetime);

    /// <summary>As it stands in the cache: <c>{tenant}:{kind}:...</c>.</summary>
    public string Text { get; }

    /// <summary>Time to live of a value, window of a count, expiry of a lock.</summary>
    public TimeSpan Lifetime { get; private init; }

    public static CacheKey Session(Guid tenant, Guid user) => new(tenant, $"session:{user:D}", TimeSpan.FromHours(24));

    /// <summary>A district metered area of a water network.</summary>
    public static CacheKey Dma(Guid tenant, string id) => new(tenant, $"cache:dma:{id}", TimeSpan.FromMinutes(5));

    /// <summary>A day's readings of a district metered area.</summary>
    public static CacheKey Reading(Guid tenant, string dma, DateOnly date) =>
        new(tenant, string.Create(CultureInfo.InvariantCulture, $"cache:reading:{dma}:{date:yyyy-MM-dd}"), TimeSpan.FromHours(1));

    /// <summary>That a user has an account.</summary>
    public static CacheKey User(Guid tenant, Guid user) => new(tenant, $"user:{user:D}", TimeSpan.FromMinutes(5));

    /// <summary>What a domain was configured as. Whoever reads it compares its version, so that it may stay for long.</summary>
    public static CacheKey Configuration(Guid tenant, string domain) => new(tenant, $"cache:configuration:{domain}", TimeSpan.FromHours(24));

    /// <summary>A user's requests.</summary>
    public static CacheKey Rate(Guid tenant, Guid user) => new(tenant, $"rate:{user:D}", TimeSpan.FromMinutes(1));

    /// <summary>All of a tenant's requests.</summary>
    public static CacheKey Rate(Guid tenant) => new(tenant, "rate:*", TimeSpan.FromMinutes(1));

    public static CacheKey Lock(Guid tenant, string resource) => new(tenant, $"lock:{resource}", TimeSpan.FromSeconds(30));

    /// <summary>The same key, kept for another time.</summary>
    public CacheKey For(TimeSpan lifetime) =>
        lifetime >= TimeSpan.FromMilliseconds(1) ? this with { Lifetime = lifetime } : throw new ArgumentOutOfRangeException(nameof(lifetime));

    public override string ToString() => Text;
}
