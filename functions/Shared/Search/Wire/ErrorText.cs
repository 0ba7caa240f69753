using System.Text.Json;

namespace DomainFlow.Search.Wire;

internal static class ErrorText
{
    private const int Longest = 500;

    /// <summary>Type, reason and the reason behind it of an <c>error</c>, in one line.</summary>
    public static string Of(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return Cut(error.ToString());
        var text = $"{Text(error, "type")}: {Text(error, "reason")}";
        return Cut(error.TryGetProperty("caused_by", out var cause) && cause.ValueKind == JsonValueKind.Object ? $"{text} ({Text(cause, "reason")})" : text);
    }

    private static string? Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
