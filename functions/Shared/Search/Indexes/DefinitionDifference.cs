using System.Text.Json.Nodes;

namespace DomainFlow.Search.Indexes;

/// <summary>Compares what an index was to be with what the node says of it. The node adds defaults and writes every setting as text.</summary>
internal static class DefinitionDifference
{
    private const int Shown = 60;

    /// <returns>The first thing wanted that is not so, by its path; null where there is none.</returns>
    public static string? Find(JsonObject wanted, JsonObject found) =>
        Compare("settings.analysis", wanted["settings"]!["analysis"], found["settings"]?["index"]?["analysis"])
        ?? Compare("mappings.dynamic", wanted["mappings"]!["dynamic"], found["mappings"]?["dynamic"])
        ?? Compare("mappings.properties", wanted["mappings"]!["properties"], found["mappings"]?["properties"]);

    private static string? Compare(string path, JsonNode? wanted, JsonNode? found)
    {
        if (wanted is JsonObject pairs)
        {
            return pairs.Select(pair => Compare($"{path}.{pair.Key}", pair.Value, (found as JsonObject)?[pair.Key]))
                .FirstOrDefault(difference => difference is not null);
        }

        return Texts(wanted).SequenceEqual(Texts(found), StringComparer.Ordinal) ? null : $"{path} is {Show(found)}, not {Show(wanted)}";
    }

    /// <summary>One value and a list of it alone are the same to the node.</summary>
    private static IEnumerable<string> Texts(JsonNode? node) => node is JsonArray items ? items.Select(Text) : node is null ? [] : [Text(node)];

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static string Show(JsonNode? node) => node switch
    {
        null => "not said",
        JsonArray { Count: > 3 } items => $"a list of {items.Count} ({items[0]}, {items[1]}, ...)",
        _ => Text(node) is { Length: > Shown } text ? text[..Shown] + "..." : node.ToJsonString(),
    };
}
