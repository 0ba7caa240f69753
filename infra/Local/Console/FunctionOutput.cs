using System.Text.Json;

namespace DomainFlow.Local.Console;

/// <summary>Reads a line of a function's output: Lambda's text format, a JSON log record, or plain text.</summary>
internal static class FunctionOutput
{
    /// <summary>Level and message; null for a metrics record (EMF).</summary>
    public static (LogLevel Level, string Message)? Parse(string line)
    {
        if (line.StartsWith('{'))
        {
            try
            {
                using var record = JsonDocument.Parse(line);
                return FromJson(record.RootElement, line);
            }
            catch (JsonException)
            {
                return (LogLevel.Info, line);
            }
        }

        return line.Split('\t', 4) is [_, _, var level, var message] ? (Level(level), message) : (LogLevel.Info, line);
    }

    private static (LogLevel Level, string Message)? FromJson(JsonElement record, string line)
    {
        if (record.TryGetProperty("_aws", out _)) return null;
        string? level = null, message = null, exception = null;
        foreach (var property in record.EnumerateObject())
        {
            if (property.NameEquals("level") || property.NameEquals("Level")) level = property.Value.ToString();
            else if (property.NameEquals("message") || property.NameEquals("Message")) message = property.Value.ToString();
            else if (property.NameEquals("errorMessage") || property.NameEquals("exception")) exception = property.Value.ToString();
        }

        if (message is null) return (Level(level ?? ""), line);
        return (Level(level ?? ""), exception is null ? message : $"{message} ({exception})");
    }

    private static LogLevel Level(string word) => word.ToLowerInvariant() switch
    {
        "trce" or "trace" or "dbug" or "debug" => LogLevel.Debug,
        "warn" or "warning" => LogLevel.Warning,
        "fail" or "error" or "crit" or "critical" or "fatal" => LogLevel.Error,
        _ => LogLevel.Info,
    };
}
