using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Embedded.Tables;

/// <summary>Items as JSON text. Numbers keep their digits: nothing passes through a double.</summary>
internal static class ItemJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ArgumentException">The item is larger than <see cref="ItemLimits.MaxBytes"/>.</exception>
    public static string Write(JsonObject item, string table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            item.WriteTo(writer);
        if (buffer.WrittenCount > ItemLimits.MaxBytes)
            throw new ArgumentException($"An item of {table} takes {buffer.WrittenCount} bytes; at most {ItemLimits.MaxBytes} are allowed.", nameof(item));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static JsonObject Read(string json) => JsonNode.Parse(json)!.AsObject();
}
