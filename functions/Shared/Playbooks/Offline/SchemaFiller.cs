using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Playbooks.Offline;

/// <summary>Fills a schema by what its keys are called and of what type, format and values they are.</summary>
internal sealed class SchemaFiller
{
    private readonly CancellationToken deadline;
    private readonly PlaceExtraction places;
    private readonly TimeExtraction times;
    private readonly SubjectExtraction subject;
    private readonly ValueExtraction values;

    /// <param name="deadline">Observed between keys: what one key costs is bounded.</param>
    public SchemaFiller(ReportData data, CancellationToken deadline)
    {
        this.deadline = deadline;
        var mentions = data.Times(deadline);
        places = new PlaceExtraction(data);
        times = new TimeExtraction(data, mentions);
        subject = new SubjectExtraction(data, mentions);
        values = new ValueExtraction(data);
    }

    public JsonObject Fill(JsonObject schema)
    {
        var properties = (schema["properties"] as JsonObject ?? [])
            .Where(property => property.Key is not "confidence" and not OutputReader.SourcesKey && property.Value is JsonObject)
            .Select(property => (property.Key, Schema: (JsonObject)property.Value!))
            .ToList();
        var found = properties.ToDictionary(property => property.Key, property => Find(property.Key, property.Schema));
        var output = new JsonObject();
        foreach (var (key, inner) in properties)
            output[key] = found[key].Value?.DeepClone() ?? Absent(inner);
        if (schema["properties"]?["confidence"] is not null)
            output["confidence"] = Math.Round(found.Values.Select(value => value.Confidence).OfType<double>().DefaultIfEmpty(0.1).Average(), 2);
        if (schema["properties"]?[OutputReader.SourcesKey] is not null)
            output[OutputReader.SourcesKey] = new JsonArray([.. found.Where(value => value.Value.Value is not null).Select(Source).OfType<JsonNode>()]);
        return output;
    }

    private Extracted Find(string key, JsonObject schema)
    {
        deadline.ThrowIfCancellationRequested();
        var name = key.ToLowerInvariant();
        if (schema["enum"] is JsonArray allowed)
            return name is "urgency" or "priority" or "severity" ? subject.Urgency(allowed)
                : name == "sentiment" ? subject.Sentiment(allowed)
                : values.Enum(key, allowed);
        if (JsonText.String(schema["format"]) == "date-time")
            return times.Timestamp();
        if (IsPoint(schema))
            return places.Position();
        return SchemaTypes.Of(schema) switch
        {
            "array" => schema["items"]?["type"] is { } items && JsonText.String(items) == "object" ? subject.Entities() : subject.KeyPhrases(schema),
            "number" or "integer" when name == "radius_m" => places.Radius(),
            "number" or "integer" => values.Number(key, schema),
            "boolean" => values.Flag(key, schema),
            "string" => Within(Text(name, schema), schema),
            _ => Extracted.Nothing,
        };
    }

    private Extracted Text(string name, JsonObject schema) => name switch
    {
        "category" => subject.Category(),
        "address" => places.Address(),
        _ when name.Contains("email") || name.Contains("e_mail") => values.Email(),
        _ when name.Contains("phone") => values.Phone(),
        _ when name.Contains("location") || name.Contains("place") => places.Words(),
        _ when name.Contains("time") || name.Contains("when") || name.Contains("date") => times.Reference(),
        _ => values.Sentence(name, schema),
    };

    /// <summary>The value, or as many of its whole words as the schema's maxLength takes.</summary>
    private static Extracted Within(Extracted found, JsonObject schema)
    {
        if (JsonText.Number(schema["maxLength"]) is not { } most || JsonText.String(found.Value) is not { } text || text.Length <= most)
            return found;
        var end = text.LastIndexOf(' ', (int)most);
        return end > 0 ? found with { Value = text[..end] } : Extracted.Nothing;
    }

    private static bool IsPoint(JsonObject schema) =>
        schema["properties"]?["coordinates"] is not null && schema["properties"]?["type"]?["enum"] is JsonArray { Count: 1 } type
        && JsonText.String(type[0]) == "Point";

    /// <summary>What says "nothing" in the schema's own terms.</summary>
    private static JsonNode? Absent(JsonObject schema) => SchemaTypes.AllowsNull(schema) ? null : SchemaTypes.Of(schema) switch
    {
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        "number" or "integer" => 0,
        "boolean" => false,
        _ => "",
    };

    private static JsonObject? Source(KeyValuePair<string, Extracted> found)
    {
        var value = found.Value;
        if (value.Photo is { } photo)
            return new JsonObject { ["key"] = found.Key, ["photo"] = photo };
        return value.Words is null ? null : new JsonObject { ["key"] = found.Key, ["text"] = value.Words, ["start"] = value.Start };
    }
}

internal static class SchemaTypes
{
    /// <summary>The type that is not null.</summary>
    public static string? Of(JsonObject schema) => schema["type"] is JsonArray several
        ? several.Select(JsonText.String).FirstOrDefault(type => type != "null")
        : JsonText.String(schema["type"]);

    public static bool AllowsNull(JsonObject schema) => schema["type"] is JsonArray several && several.Any(type => JsonText.String(type) == "null");
}
