using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One message on its way to the log.</summary>
internal sealed record LogEntry(
    DateTimeOffset Time,
    LogLevel? Level,
    NextInvocation Invocation,
    Exception Exception,
    string Template,
    object[] Arguments)
{
    public string Timestamp => Time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Puts a message into the form of the log.</summary>
internal interface ILogFormat
{
    string Format(LogEntry entry);
}
