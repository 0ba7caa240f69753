using DomainFlow.Hosting.Http;
using DomainFlow.Topology;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /me: who calls, as the token says, and what the caller's groups allow.</summary>
public static class DescribeCaller
{
    /// <param name="Routes">The routes that the groups may use, as "METHOD /path".</param>
    public sealed record CallerView(
        Guid UserId, Guid TenantId, string Username, string? Email, IReadOnlyList<string> Groups, IReadOnlyList<string> Routes);

    public static Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        var caller = request.Caller;
        var view = new CallerView(
            caller.User,
            caller.Tenant,
            caller.Username,
            caller.Email,
            [.. caller.Groups.Order(StringComparer.Ordinal)],
            [.. SystemMap.Routes.Where(route => route.IsAllowedTo(caller.Groups)).Select(route => $"{route.Method} {route.Path}")]);
        return Task.FromResult(ApiResult.Json(200, view, QueryJson.Default.CallerView));
    }
}
