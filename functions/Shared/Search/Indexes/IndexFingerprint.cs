using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Search;

namespace DomainFlow.Search.Indexes;

/// <summary>
/// A mark in an index's mapping of what it was made as: analyzers, fields and the words that documents are sent with. Compared, it tells an index of another release, whatever that
/// release had otherwise and however a node writes defaults out.
/// </summary>
internal static class IndexFingerprint
{
    private const string Mark = "domainflow_definition";

    /// <summary>Puts the mark of <paramref name="definition"/> into it.</summary>
    public static void Put(JsonObject definition) =>
        definition["mappings"]!["_meta"] = new JsonObject { [Mark] = Of(definition) };

    /// <summary>The mark of an index as GET answers it; null where it was made without one.</summary>
    public static string? Find(JsonObject found) => found["mappings"]?["_meta"]?[Mark]?.ToString();

    /// <summary>SHA-256 over analyzers, fields and the release of the words. Shards, replicas and the limit of exact search are left out: any of them serves.</summary>
    public static string Of(JsonObject definition)
    {
        var text = new StringBuilder($"words {SearchWords.Release} ");
        Write(text, definition["settings"]!["analysis"]);
        Write(text, definition["mappings"]!["dynamic"]);
        Write(text, definition["mappings"]!["properties"]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Keys in order: where a line stands in the source says nothing.</summary>
    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject pairs:
                foreach (var (key, value) in pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append('{').Append(key).Append(':');
                    Write(text, value);
                    text.Append('}');
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    text.Append('[');
                    Write(text, item);
                    text.Append(']');
                }

                break;
            default:
                text.Append(node?.ToJsonString());
                break;
        }
    }
}
