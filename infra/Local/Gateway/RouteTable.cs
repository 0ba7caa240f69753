using DomainFlow.Topology;

namespace DomainFlow.Local.Gateway;

/// <summary>
/// Finds the resource of a request, as API Gateway does: a literal segment goes before a parameter, and the resource is chosen before the
/// method, so that a method which the more literal one lacks is not looked for in another.
/// </summary>
internal sealed class RouteTable(IEnumerable<RouteDefinition> routes)
{
    private readonly (ResourceDefinition Resource, string[] Segments)[] table =
    [
        .. ResourceDefinition.Of(routes).Select(resource => (resource, Segments(resource.Path)))
            .OrderBy(entry => string.Concat(entry.Item2.Select(s => IsParameter(s) ? '1' : '0')), StringComparer.Ordinal),
    ];

    /// <param name="path">The path below the API's base, still percent-encoded.</param>
    public ResourceMatch? Find(string path)
    {
        var actual = Segments(path);
        foreach (var (resource, segments) in table)
        {
            if (segments.Length == actual.Length && Match(segments, actual) is { } parameters) return new ResourceMatch(resource, parameters);
        }

        return null;
    }

    private static Dictionary<string, string>? Match(string[] template, string[] actual)
    {
        var parameters = new Dictionary<string, string>();
        for (var i = 0; i < template.Length; i++)
        {
            if (IsParameter(template[i])) parameters[template[i][1..^1]] = actual[i];
            else if (template[i] != actual[i]) return null;
        }

        return parameters;
    }

    private static string[] Segments(string path) => path.Trim('/').Split('/');

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}

/// <param name="Parameters">Values as they stand in the path, still percent-encoded.</param>
internal sealed record ResourceMatch(ResourceDefinition Resource, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The route of the resource that answers to the method.</summary>
    public RouteMatch? Route(string method) =>
        Resource.Routes.FirstOrDefault(route => route.Methods.Contains(method)) is { } route ? new RouteMatch(route, Parameters) : null;
}

/// <param name="Parameters">As in <see cref="ResourceMatch"/>.</param>
internal sealed record RouteMatch(RouteDefinition Route, IReadOnlyDictionary<string, string> Parameters);
