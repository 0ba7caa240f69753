using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One JSON object a message, with the template's named arguments as properties of their own.</summary>
internal sealed class JsonLogFormat : ILogFormat
{
    public string Format(LogEntry entry)
    {
        var template = MessageTemplate.Parse(entry.Template, entry.Arguments);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("timestamp", entry.Timestamp);
        writer.WriteString("level", (entry.Level ?? LogLevel.Information).ToString());
        WriteIfSet(writer, "requestId", entry.Invocation?.RequestId);
        WriteIfSet(writer, "tenantId", entry.Invocation?.TenantId);
        WriteIfSet(writer, "traceId", entry.Invocation?.TraceId);
        writer.WriteString("message", template.Text);
        foreach (var property in template.Properties.Where(property => property.Value is not null))
        {
            writer.WritePropertyName(property.Name);
            WriteValue(writer, property.Value, property.Format);
        }

        if (entry.Exception is { } exception) WriteException(writer, exception);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string value)
    {
        if (!string.IsNullOrEmpty(value)) writer.WriteString(name, value);
    }

    private static void WriteException(Utf8JsonWriter writer, Exception exception)
    {
        writer.WriteString("errorType", exception.GetType().FullName);
        writer.WriteString("errorMessage", exception.Message);
        writer.WriteStartArray("stackTrace");
        foreach (var line in exception.ToString().Split('\n', StringSplitOptions.TrimEntries)) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, object value, string format)
    {
        switch (value)
        {
            case IDictionary entries:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in entries)
                {
                    writer.WritePropertyName(entry.Key.ToString() ?? string.Empty);
                    WriteSingle(writer, entry.Value, format);
                }

                writer.WriteEndObject();
                break;
            case IList and not IList<byte>:
                writer.WriteStartArray();
                foreach (var item in (IList)value) WriteSingle(writer, item, format);
                writer.WriteEndArray();
                break;
            default:
                WriteSingle(writer, value, format);
                break;
        }
    }

    private static void WriteSingle(Utf8JsonWriter writer, object value, string format)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case not null when !string.IsNullOrEmpty(format): writer.WriteStringValue(MessageTemplate.Show(value, format)); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case byte or sbyte or short or ushort or int or long: writer.WriteNumberValue(Convert.ToInt64(value, null)); break;
            case uint number: writer.WriteNumberValue(number); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue(MessageTemplate.Show(value, null)); break;
        }
    }
}
