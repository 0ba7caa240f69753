using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DomainFlow.Playbooks.Agents;

/// <summary>
/// Checks JSON against the part of JSON Schema that agents use: type (one or several), properties, required, additionalProperties false,
/// enum, format date-time, minimum, maximum, items, minItems, maxItems, maxLength.
/// </summary>
public static class JsonSchemaCheck
{
    /// <summary>What is wrong, each with its path; empty when the value matches.</summary>
    public static IReadOnlyList<string> Problems(JsonNode? value, JsonObject schema)
    {
        var problems = new List<string>();
        Check(value, schema, "output", problems);
        return problems;
    }

    private static void Check(JsonNode? value, JsonObject schema, string path, List<string> problems)
    {
        var types = Types(schema);
        if (types.Count > 0 && !types.Exists(type => Is(value, type)))
        {
            problems.Add($"{path}: {Kind(value)} given, {string.Join(" or ", types)} needed.");
            return;
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(item => JsonNode.DeepEquals(item, value)))
            problems.Add($"{path}: must be one of {JsonText.Write(allowed)}.");
        switch (value)
        {
            case JsonObject item:
                CheckObject(item, schema, path, problems);
                break;
            case JsonArray items:
                CheckArray(items, schema, path, problems);
                break;
            case JsonValue scalar:
                CheckScalar(scalar, schema, path, problems);
                break;
        }
    }

    private static void CheckObject(JsonObject value, JsonObject schema, string path, List<string> problems)
    {
        var properties = schema["properties"] as JsonObject;
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(JsonText.String).OfType<string>().Where(name => !value.ContainsKey(name)))
            problems.Add($"{path}.{name}: missing.");
        foreach (var (name, item) in value)
        {
            if (properties?[name] is JsonObject inner)
                Check(item, inner, $"{path}.{name}", problems);
            else if (schema["additionalProperties"] is JsonValue more && more.GetValueKind() == JsonValueKind.False)
                problems.Add($"{path}.{name}: not in the schema.");
        }
    }

    private static void CheckArray(JsonArray value, JsonObject schema, string path, List<string> problems)
    {
        if (JsonText.Number(schema["minItems"]) is { } least && value.Count < least)
            problems.Add($"{path}: {value.Count} items, at least {least} needed.");
        if (JsonText.Number(schema["maxItems"]) is { } most && value.Count > most)
            problems.Add($"{path}: {value.Count} items, at most {most} allowed.");
        if (schema["items"] is not JsonObject inner)
            return;
        for (var i = 0; i < value.Count; i++)
            Check(value[i], inner, $"{path}[{i}]", problems);
    }

    private static void CheckScalar(JsonValue value, JsonObject schema, string path, List<string> problems)
    {
        if (JsonText.Number(value) is { } number)
        {
            if (JsonText.Number(schema["minimum"]) is { } least && number < least)
                problems.Add($"{path}: {number.ToString(CultureInfo.InvariantCulture)} is below {least.ToString(CultureInfo.InvariantCulture)}.");
            if (JsonText.Number(schema["maximum"]) is { } most && number > most)
                problems.Add($"{path}: {number.ToString(CultureInfo.InvariantCulture)} is above {most.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (JsonText.String(value) is not { } text)
            return;
        if (JsonText.Number(schema["maxLength"]) is { } longest && new StringInfo(text).LengthInTextElements > longest)
            problems.Add($"{path}: longer than {longest} characters.");
        if (JsonText.String(schema["format"]) == "date-time" && !IsDateTime(text))
            problems.Add($"{path}: '{text}' is not an ISO 8601 time with Z or an offset.");
    }

    private static bool IsDateTime(string text) =>
        text.Length >= 17 && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    private static List<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(JsonText.String).OfType<string>()],
        { } one => [JsonText.String(one)!],
        null => [],
    };

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "integer" => JsonText.Number(value) is { } number && number == Math.Floor(number),
        _ => Kind(value) == type,
    };

    private static string Kind(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
