using System.Globalization;
using DomainFlow.Domain.Caching;

namespace DomainFlow.Hosting.Http;

/// <summary>Requests that are taken in a minute; a null is no limit.</summary>
public sealed record RequestLimits(int? PerUser, int? PerTenant)
{
    public const string UserVariable = "REQUESTS_PER_MINUTE_USER";
    public const string TenantVariable = "REQUESTS_PER_MINUTE_TENANT";

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
/// Holds the callers of a route to so many requests a minute, counted in a window that begins with the first. Where the cache is away each
/// process counts for itself: more may pass, none is refused that would not have been.
/// </summary>
public sealed class RateLimit(ICache cache, RequestLimits limits)
{
    /// <summary>The same handler, asked only within the limits.</summary>
    public Func<ApiRequest, Task<ApiResult>> Around(Func<ApiRequest, Task<ApiResult>> handler) => async request =>
    {
        await CountAsync(request);
        return await handler(request);
    };

    /// <summary>Counts the request: for its user and, within the user's limit, for the tenant.</summary>
    /// <exception cref="ProblemException">429 with Retry-After: one too many.</exception>
    private async Task CountAsync(ApiRequest request)
    {
        var caller = request.Caller;
        if (limits.PerUser is { } perUser)
            await CountAsync(CacheKey.Rate(caller.Tenant, caller.User), perUser, "A user", request.Deadline);
        if (limits.PerTenant is { } perTenant)
            await CountAsync(CacheKey.Rate(caller.Tenant), perTenant, "A tenant", request.Deadline);
    }

    private async Task CountAsync(CacheKey key, int limit, string whose, CancellationToken deadline)
    {
        var counted = await cache.IncrementAsync(key, deadline);
        if (counted.Count <= limit)
            return;
        var seconds = Math.Max(1, (int)Math.Ceiling(counted.Left.TotalSeconds));
        throw new ProblemException(Problem.TooMany($"{whose} may send {limit} such requests a minute; the next in {seconds} seconds", seconds));
    }
}
