using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;

namespace DomainFlow.Aws.Tables;

/// <summary>JSON as DynamoDB's attributes and back. Numbers go as their text: nothing passes through a double.</summary>
internal static class AttributeJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Bytes(JsonNode node) => Bytes(writer => node.WriteTo(writer));

    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return buffer.WrittenMemory;
    }

    public static Dictionary<string, AttributeValue> Write(JsonElement item) =>
        item.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value));

    public static JsonObject Read(IReadOnlyDictionary<string, AttributeValue> item) =>
        JsonNode.Parse(Bytes(writer => Write(writer, item)).Span)!.AsObject();

    private static AttributeValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new AttributeValue { S = value.GetString() },
        JsonValueKind.Number => new AttributeValue { N = value.GetRawText() },
        JsonValueKind.True or JsonValueKind.False => new AttributeValue { BOOL = value.GetBoolean() },
        JsonValueKind.Array => new AttributeValue { L = [.. value.EnumerateArray().Select(Value)] },
        JsonValueKind.Object => new AttributeValue { M = Write(value) },
        _ => new AttributeValue { NULL = true },
    };

    private static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value)
        {
            case { S: { } text }:
                writer.WriteStringValue(text);
                break;
            case { N: { } number }:
                writer.WriteRawValue(number);
                break;
            case { BOOL: { } flag }:
                writer.WriteBooleanValue(flag);
                break;
            case { M: { } members }:
                Write(writer, members);
                break;
            case { L: { } list }:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case { NULL: true }:
                writer.WriteNullValue();
                break;
            default:
                throw new InvalidOperationException("An attribute is of a type that this store never writes: a set or binary.");
        }
    }
}
