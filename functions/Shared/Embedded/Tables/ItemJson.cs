using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DomainFlow.Embedded.Tables;

/// <summary>Items as JSON text. Numbers keep their digits: nothing passes through a double.</summary>
internal static class ItemJson
{
    /// <summary>DynamoDB's limit. Counted over the JSON, which is a little longer than what DynamoDB counts.</summary>
    public const int MaxBytes = 400 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ArgumentException">The item is larger than <see cref="MaxBytes"/>.</exception>
    public static string Write(JsonObject item, string table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            item.WriteTo(writer);
        if (buffer.WrittenCount > MaxBytes)
            throw new ArgumentException($"An item of {table} takes {buffer.WrittenCount} bytes; at most {MaxBytes} are allowed.", nameof(item));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static JsonObject Read(string json) => JsonNode.Parse(json)!.AsObject();
}
