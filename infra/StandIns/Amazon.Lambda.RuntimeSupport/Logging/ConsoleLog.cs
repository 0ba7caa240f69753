using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The log of the process: one line of text or one JSON object a message, on standard output.
/// AWS_LAMBDA_LOG_LEVEL gives the least level that is written, AWS_LAMBDA_LOG_FORMAT=JSON the form.
/// </summary>
internal sealed class ConsoleLog
{
    private static readonly Lazy<ConsoleLog> Process = new(StartProcessLog);

    private readonly TextWriter _output;
    private readonly ILogFormat _format;
    private readonly LogLevel _leastLevel;
    private readonly Lock _turn = new();

    private ConsoleLog(TextWriter output)
    {
        _output = output;
        _format = Setting("AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_HANDLER_LOG_FORMAT")?.ToUpperInvariant() switch
        {
            "JSON" => new JsonLogFormat(),
            "UNFORMATTED" => new TextLogFormat(withPrefix: false),
            _ => new TextLogFormat(withPrefix: true),
        };
        _leastLevel = ParseLevel(Setting("AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_HANDLER_LOG_LEVEL")) ?? LogLevel.Information;
    }

    /// <summary>The invocation that runs; null during initialisation.</summary>
    public NextInvocation Invocation { get; set; }

    /// <summary>The one log of this process. From its first use on, lines written to the console go through it too.</summary>
    public static ConsoleLog ForProcess() => Process.Value;

    /// <summary>Writes a message template with its arguments; a level of an unknown name is never held back.</summary>
    public void Write(string level, Exception exception, string template, params object[] args) => Write(ParseLevel(level), exception, template, args);

    /// <summary>Writes a message template with its arguments.</summary>
    public void Write(LogLevel? level, Exception exception, string template, params object[] args) =>
        WriteTo(_output, new LogEntry(TimeProvider.System.GetUtcNow(), level, Invocation, exception, template, args ?? []));

    /// <summary>Writes a line that the program wrote to the console itself.</summary>
    public void WriteConsoleLine(TextWriter output, LogLevel level, string line) =>
        WriteTo(output, new LogEntry(TimeProvider.System.GetUtcNow(), level, Invocation, null, line, []));

    private void WriteTo(TextWriter output, LogEntry entry)
    {
        if (entry.Level < _leastLevel) return;
        var line = _format.Format(entry);
        lock (_turn) output.WriteLine(line);
    }

    private static ConsoleLog StartProcessLog()
    {
        var output = Console.Out;
        var log = new ConsoleLog(output);
        Console.SetOut(new LogTextWriter(output, log, LogLevel.Information));
        Console.SetError(new LogTextWriter(Console.Error, log, LogLevel.Error));
        LambdaLogger.PlainWriter = message => log.Write((LogLevel?)null, null, message);
        LambdaLogger.LevelWriter = (level, message, args) => log.Write(level, null, message, args);
        LambdaLogger.ExceptionWriter = log.Write;
        return log;
    }

    private static string Setting(string name, string olderName) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : Environment.GetEnvironmentVariable(olderName);

    private static LogLevel? ParseLevel(string name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" or "INFORMATION" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" or "CRITICAL" => LogLevel.Critical,
        _ => null,
    };
}
