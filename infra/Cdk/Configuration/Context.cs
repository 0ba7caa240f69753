using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DomainFlow.Cdk.Configuration;

/// <summary>Context values between the CDK's form (dictionaries and arrays of objects) and JSON.</summary>
public static class Context
{
    public static JsonNode? ToJson(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value);

    public static object FromJson(JsonNode node) => node switch
    {
        JsonObject pairs => pairs.ToDictionary(pair => pair.Key, pair => FromJson(pair.Value!)),
        JsonArray items => items.Select(item => FromJson(item!)).ToArray(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
            _ => node.GetValue<bool>(),
        },
    };
}
