using System.Globalization;
using DomainFlow.Domain.Caching;

namespace DomainFlow.Hosting.Http;

/// <summary>Requests that are taken in a minute; a null is no limit.</summary>
public sealed record RequestLimits(int? PerUser, int? PerTenant)
{
    private const string UserVariable = "REQUESTS_PER_MINUTE_USER";
    private const string TenantVariable = "REQUESTS_PER_MINUTE_TENANT";

    /// <exception cref="ConfigurationException">A variable is set and is no whole number of 1 or more.</exception>
    public static RequestLimits Read(Func<string, string?> variable) => new(Read(variable, UserVariable), Read(variable, TenantVariable));

    private static int? Read(Func<string, string?> variable, string name) => variable(name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 => limit,
        var text => throw new ConfigurationException($"{name} is '{text}': must be a whole number of 1 or more, or not set"),
    };
}

/// <summary>
/// Holds callers to so many requests a minute, counted in a window that begins with the first. Where the cache is away each process
/// counts for itself: more may pass, none is refused that would not have been.
/// </summary>
public sealed class RateLimit
{
    private readonly ICache _cache;
    private readonly RequestLimits _limits;

    private RateLimit(ICache cache, RequestLimits limits) => (_cache, _limits) = (cache, limits);

    /// <returns>Null where nothing is limited.</returns>
    public static RateLimit? Of(ICache cache, RequestLimits limits) => limits is { PerUser: null, PerTenant: null } ? null : new(cache, limits);

    /// <summary>Counts the request, once the caller is known: for its user and, within the user's limit, for the tenant.</summary>
    /// <exception cref="ProblemException">429 with Retry-After: one too many. 403: nobody is known to call.</exception>
    public async Task CountAsync(ApiRequest request)
    {
        var caller = request.Caller;
        if (_limits.PerUser is { } perUser)
            await CountAsync(CacheKey.Rate(caller.Tenant, caller.User), perUser, "A user", request.Deadline);
        if (_limits.PerTenant is { } perTenant)
            await CountAsync(CacheKey.Rate(caller.Tenant), perTenant, "A tenant", request.Deadline);
    }

    private async Task CountAsync(CacheKey key, int limit, string whose, CancellationToken deadline)
    {
        var counted = await _cache.IncrementAsync(key, deadline);
        if (counted.Count <= limit)
            return;
        var seconds = Math.Max(1, (int)Math.Ceiling(counted.Left.TotalSeconds));
        throw new ProblemException(Problem.TooMany($"{whose} may send {limit} requests a minute; the next in {seconds} seconds", seconds));
    }
}
