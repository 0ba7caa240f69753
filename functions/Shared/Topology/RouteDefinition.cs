namespace DomainFlow.Topology;

/// <summary>A route of the REST API, relative to <see cref="SystemMap.ApiBase"/>.</summary>
/// <param name="Path">API Gateway's template, for example /reports/{id}.</param>
/// <param name="Groups">The user groups that may use it; a route that names none admits nobody, unless it is public.</param>
public sealed record RouteDefinition(string Method, string Path, string Function, string Summary, params IReadOnlyList<string> Groups)
{
    /// <summary>No token is needed.</summary>
    public bool Public { get; init; }

    /// <summary>Any user of the tenant may use it for a domain that allows self-reporting; its handler checks that.</summary>
    public bool OpensToSelfReporting { get; init; }

    /// <summary>The path of the gateway's resource: what a function sees as <c>resource</c>.</summary>
    public string Resource => SystemMap.VersionBase + Path;

    /// <summary>What it answers to: HEAD wherever GET is.</summary>
    public IReadOnlyList<string> Methods => Method == "GET" ? ["GET", "HEAD"] : [Method];

    /// <param name="groups">The caller's known groups.</param>
    public bool IsAllowedTo(IEnumerable<string> groups) => Public || groups.Any(Groups.Contains);
}

/// <summary>A resource of the gateway: a path with all routes that share it.</summary>
/// <param name="Path">As in <see cref="RouteDefinition"/>.</param>
public sealed record ResourceDefinition(string Path, IReadOnlyList<RouteDefinition> Routes)
{
    public const string PreflightMethod = "OPTIONS";

    /// <summary>The value of <c>Allow</c> and <c>Access-Control-Allow-Methods</c>.</summary>
    public string Allow { get; } = string.Join(", ", [.. Routes.SelectMany(route => route.Methods), PreflightMethod]);

    public static IReadOnlyList<ResourceDefinition> Of(IEnumerable<RouteDefinition> routes) =>
        [.. routes.GroupBy(route => route.Path).Select(group => new ResourceDefinition(group.Key, [.. group]))];
}
