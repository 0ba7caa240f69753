using System.Text.Json;
using System.Text.Json.Nodes;

namespace DomainFlow.Local.Queues;

/// <summary>What a message is about, for people: incident_id=..., query_id=..., an object's key, or the payload's first member.</summary>
internal static class MessageSubject
{
    public static string Of(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject message ? Of(message) : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return "";
        }
    }

    private static string Of(JsonObject message)
    {
        if (message["keys"] is JsonObject keys) return string.Join(' ', keys.Select(key => $"{key.Key}={key.Value}"));
        if (message["Records"]?[0]?["s3"] is JsonObject stored)
            return $"{stored["bucket"]?["name"]}/{Uri.UnescapeDataString(stored["object"]?["key"]?.ToString().Replace('+', ' ') ?? "")}";
        return message.Count == 0 ? "" : message.First().Key;
    }
}
