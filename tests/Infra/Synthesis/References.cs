using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>Which resource needs which.</summary>
internal static partial class References
{
    /// <summary>A logical id that needs itself by way of others, or null.</summary>
    public static string? Cycle(Template template)
    {
        var needs = template.All.ToDictionary(resource => resource.LogicalId, resource => Of(resource.Json).Concat(resource.DependsOn).ToHashSet());
        return needs.Keys.FirstOrDefault(start => Reaches(needs, start, start, []));
    }

    private static bool Reaches(Dictionary<string, HashSet<string>> needs, string from, string target, HashSet<string> seen) =>
        needs.GetValueOrDefault(from, []).Any(next => next == target || (seen.Add(next) && Reaches(needs, next, target, seen)));

    private static IEnumerable<string> Of(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } call when call.ContainsKey("Ref") => [call["Ref"]!.ToString()],
        JsonObject { Count: 1 } call when call.ContainsKey("Fn::GetAtt") => [call["Fn::GetAtt"]![0]!.ToString()],
        JsonObject { Count: 1 } call when call.ContainsKey("Fn::Sub") => Placeholder().Matches(call.ToJsonString()).Select(match => match.Groups[1].Value),
        JsonObject pairs => pairs.SelectMany(pair => Of(pair.Value)),
        JsonArray items => items.SelectMany(Of),
        _ => [],
    };

    [GeneratedRegex(@"\$\{([A-Za-z0-9]+)")]
    private static partial Regex Placeholder();
}
