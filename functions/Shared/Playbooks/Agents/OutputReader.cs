using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Agents;

/// <summary>Reads a model's answer: JSON that matches the agent's schema, with the sources of its values beside it.</summary>
internal static class OutputReader
{
    /// <summary>Where a model may say what a value came from; no part of the output itself.</summary>
    public const string SourcesKey = "_sources";

    /// <summary>The agent's schema with room for sources where there is a text to point into.</summary>
    public static JsonObject AskedSchema(JsonObject schema, bool withSources)
    {
        var asked = (JsonObject)schema.DeepClone();
        if (!withSources || asked["properties"] is not JsonObject properties)
            return asked;
        properties[SourcesKey] = JsonNode.Parse(
            """
            {"type":"array","description":"Where values came from: the exact words of the text block, or the number of the photo.",
             "items":{"type":"object","properties":{"key":{"type":"string"},"text":{"type":["string","null"]},
             "start":{"type":["integer","null"]},"photo":{"type":["integer","null"]}},"required":["key"]}}
            """);
        return asked;
    }

    /// <returns>The output and no problems, or the problems in words that a model can act on.</returns>
    public static (JsonObject? Output, JsonArray? Sources, IReadOnlyList<string> Problems) Read(string answer, AgentDefinition agent)
    {
        JsonNode? parsed;
        try
        {
            parsed = JsonNode.Parse(Unfenced(answer));
        }
        catch (JsonException error)
        {
            return (null, null, [$"output: not JSON: {error.Message}"]);
        }

        if (parsed is not JsonObject output)
            return (null, null, ["output: a JSON object is needed."]);
        var sources = output[SourcesKey] as JsonArray;
        output.Remove(SourcesKey);
        var problems = JsonSchemaCheck.Problems(output, agent.OutputSchema).ToList();
        if (output.Count > AgentDefinition.MaxOutputKeys)
            problems.Add($"output: {output.Count} keys, at most {AgentDefinition.MaxOutputKeys} are allowed.");
        if (JsonText.Number(output["confidence"]) is < 0 or > 1)
            problems.Add("output.confidence: must be between 0 and 1.");
        return problems.Count == 0 ? (output, sources, []) : (null, null, problems);
    }

    /// <summary>Keeps what the text bears out: a span must hold the words that it claims, and the value where that stands in the text itself.</summary>
    public static IReadOnlyList<ValueSource> Sources(JsonArray? given, JsonObject output, string? text, int photos)
    {
        var kept = new List<ValueSource>();
        foreach (var item in (given ?? []).OfType<JsonObject>())
        {
            if (JsonText.String(item["key"]) is not { } key || output[key] is null)
                continue;
            if (JsonText.Number(item["photo"]) is { } photo && photo >= 1 && photo <= photos)
                kept.Add(new ValueSource(key, null, null, (int)photo));
            else if (text is not null && JsonText.String(item["text"]) is { Length: > 0 } words && Find(item, words, output[key]!, text) is { } start)
                kept.Add(new ValueSource(key, start, words.Length, null));
        }

        return kept;
    }

    private static int? Find(JsonObject item, string words, JsonNode value, string text)
    {
        var start = JsonText.Number(item["start"]) is { } given ? (int)given : text.IndexOf(words, StringComparison.Ordinal);
        if (start < 0 || start + words.Length > text.Length || string.CompareOrdinal(text, start, words, 0, words.Length) != 0)
            return null;
        // A value that the text holds word for word must stand in its own span; a derived one (a time, a category) need not.
        return JsonText.String(value) is { } literal
            && text.Contains(literal, StringComparison.OrdinalIgnoreCase) && !words.Contains(literal, StringComparison.OrdinalIgnoreCase)
            ? null
            : start;
    }

    private static string Unfenced(string answer)
    {
        var trimmed = answer.Trim();
        if (!trimmed.StartsWith("```", StringComparison.Ordinal))
            return trimmed;
        var start = trimmed.IndexOf('\n');
        var end = trimmed.LastIndexOf("```", StringComparison.Ordinal);
        return start > 0 && end > start ? trimmed[(start + 1)..end] : trimmed;
    }
}
