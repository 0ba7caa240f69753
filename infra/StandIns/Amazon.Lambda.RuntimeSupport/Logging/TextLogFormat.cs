using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>time, request id, level and message, with tabs between; an exception on the lines below.</summary>
internal sealed class TextLogFormat(bool withPrefix) : ILogFormat
{
    public string Format(LogEntry entry)
    {
        var line = new StringBuilder();
        if (withPrefix)
        {
            line.Append(entry.Timestamp).Append('\t').Append(entry.Invocation?.RequestId).Append('\t');
            if (Label(entry.Level) is { } label) line.Append(label).Append('\t');
        }

        var message = MessageTemplate.Parse(entry.Template, entry.Arguments).Text;
        line.Append(message);
        if (entry.Exception is null) return line.ToString();
        if (message.Length > 0) line.Append('\n');
        return line.Append(entry.Exception).ToString();
    }

    private static string Label(LogLevel? level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => null,
    };
}
