using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Puts an exception into the JSON that Lambda hands to the caller, and into the one that X-Ray shows.</summary>
internal static class ErrorReport
{
    // Lambda refuses a report over 6 MB; a longer message than this helps nobody.
    private const int LongestMessage = 64 * 1024;
    private const int DeepestCause = 16;

    /// <summary>errorType, errorMessage, stackTrace; cause for an inner exception, causes for those of an aggregate.</summary>
    public static byte[] Json(Exception exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        WriteError(writer, exception, 0);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One line of ASCII, fit for a header.</summary>
    public static string XRayCause(Exception exception)
    {
        var frames = new StackTrace(exception, true).GetFrames();
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("working_directory", Environment.CurrentDirectory);
        writer.WriteStartArray("exceptions");
        writer.WriteStartObject();
        writer.WriteString("type", exception.GetType().Name);
        writer.WriteString("message", Message(exception));
        writer.WriteStartArray("stack");
        foreach (var frame in frames) WriteFrame(writer, frame);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("paths");
        foreach (var path in frames.Select(frame => frame.GetFileName()).OfType<string>().Distinct()) writer.WriteStringValue(path);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    private static void WriteError(Utf8JsonWriter writer, Exception exception, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", exception.GetType().Name);
        writer.WriteString("errorMessage", Message(exception));
        writer.WriteStartArray("stackTrace");
        foreach (var line in exception.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            writer.WriteStringValue(line);
        writer.WriteEndArray();

        if (exception.InnerException is { } inner && depth < DeepestCause)
        {
            writer.WritePropertyName("cause");
            WriteError(writer, inner, depth + 1);
        }

        if (exception is AggregateException aggregate && depth < DeepestCause)
        {
            writer.WriteStartArray("causes");
            foreach (var cause in aggregate.InnerExceptions) WriteError(writer, cause, depth + 1);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteFrame(Utf8JsonWriter writer, StackFrame frame)
    {
        writer.WriteStartObject();
        if (frame.GetFileName() is { } path)
        {
            writer.WriteString("path", path);
            writer.WriteNumber("line", frame.GetFileLineNumber());
        }

        if (DiagnosticMethodInfo.Create(frame) is { } method) writer.WriteString("label", $"{method.DeclaringTypeName}.{method.Name}");
        writer.WriteEndObject();
    }

    private static string Message(Exception exception) =>
        exception.Message.Length <= LongestMessage ? exception.Message : exception.Message[..LongestMessage];
}
