using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Unicode;

/// <summary>JSON that people sent, with its texts in the form in which they are stored and compared.</summary>
public static class ComposedJson
{
    /// <summary>A copy whose texts are in normalisation form C; names of members stay as they are.</summary>
    public static JsonObject Of(JsonObject json) => (JsonObject)Copy(json)!;

    private static JsonNode? Copy(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Copy(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Copy)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Nfc.Of(text)),
        _ => node?.DeepClone(),
    };
}
