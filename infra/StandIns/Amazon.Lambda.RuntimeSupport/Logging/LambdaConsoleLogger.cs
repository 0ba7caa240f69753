using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The logger of a context: every line with time, request id and level.</summary>
internal sealed class LambdaConsoleLogger(ConsoleLog log) : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => log.Write(LogLevel.Information, null, message);

    public void Log(string level, string message) => log.Write(level, null, message);

    public void Log(string level, string message, params object[] args) => log.Write(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) => log.Write(level, exception, message, args);
}
