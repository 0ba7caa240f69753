using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DomainFlow.Local.Gateway;

/// <summary>A function's answer to a proxy event, checked as API Gateway checks it.</summary>
internal sealed record ProxyResponse(int StatusCode, IReadOnlyList<KeyValuePair<string, string[]>> Headers, byte[] Body)
{
    /// <summary>Headers that belong to the connection: the gateway writes its own.</summary>
    private static readonly string[] OwnHeaders =
        ["Connection", "Content-Length", "Transfer-Encoding", "Keep-Alive", "Upgrade", "TE", "Trailer", "Date", "Server"];

    /// <summary>Null for an answer that API Gateway calls malformed.</summary>
    public static ProxyResponse? Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || StatusOf(root) is not { } status) return null;
            var headers = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, values) in Members(root, "headers").Select(p => (p.Name, (string[])[Text(p.Value)]))) headers[name] = values;
            foreach (var (name, values) in Members(root, "multiValueHeaders").Select(p => (p.Name, p.Value.EnumerateArray().Select(Text).ToArray())))
                headers[name] = values;
            return new ProxyResponse(status, [.. headers.Where(h => !OwnHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase))], BodyOf(root));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int? StatusOf(JsonElement root)
    {
        if (!root.TryGetProperty("statusCode", out var value)) return null;
        var read = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt32(out var number),
            JsonValueKind.String => int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ => false,
        };
        if (!read) return null;
        var status = int.Parse(value.ToString(), CultureInfo.InvariantCulture);
        return status is >= 200 and < 600 ? status : null;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? [.. value.EnumerateObject()] : [];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new FormatException("A header's value is no text"),
    };

    private static byte[] BodyOf(JsonElement root)
    {
        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null) return [];
        if (body.ValueKind != JsonValueKind.String) throw new FormatException("The body is no text");
        var encoded = root.TryGetProperty("isBase64Encoded", out var flag) && flag.GetBoolean();
        return encoded ? Convert.FromBase64String(body.GetString()!) : Encoding.UTF8.GetBytes(body.GetString()!);
    }
}
