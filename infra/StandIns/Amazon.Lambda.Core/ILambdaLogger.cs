namespace Amazon.Lambda.Core;

/// <summary>How much a log line matters.</summary>
public enum LogLevel
{
    /// <summary>Every step.</summary>
    Trace = 0,

    /// <summary>For finding a fault.</summary>
    Debug = 1,

    /// <summary>The normal course.</summary>
    Information = 2,

    /// <summary>Odd, but handled.</summary>
    Warning = 3,

    /// <summary>The invocation failed in part or whole.</summary>
    Error = 4,

    /// <summary>The function cannot go on.</summary>
    Critical = 5,
}

/// <summary>Writes to the function's log. A logger must implement the first two members; the others build on them.</summary>
public interface ILambdaLogger
{
    /// <summary>Writes a message as it is.</summary>
    void Log(string message);

    /// <summary>Writes a message as a line.</summary>
    void LogLine(string message);

    /// <summary>Writes a message at a level.</summary>
    void Log(string level, string message) => LogLine(message);

    /// <summary>Writes a message at a level.</summary>
    void Log(LogLevel level, string message) => Log(level.ToString(), message);

    /// <summary>Writes a message template with its arguments at a level.</summary>
    void Log(string level, string message, params object[] args) => Log(level, message);

    /// <summary>Writes an exception and a message template with its arguments at a level.</summary>
    void Log(string level, Exception exception, string message, params object[] args)
    {
        Log(level, message, args);
        Log(level, exception.ToString(), args);
    }

    /// <summary>Writes a message template with its arguments at a level.</summary>
    void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at a level.</summary>
    void Log(LogLevel level, Exception exception, string message, params object[] args) => Log(level.ToString(), exception, message, args);

    /// <summary>Writes a message at level Trace.</summary>
    void LogTrace(string message) => Log(LogLevel.Trace.ToString(), message);

    /// <summary>Writes a message template with its arguments at level Trace.</summary>
    void LogTrace(string message, params object[] args) => Log(LogLevel.Trace.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at level Trace.</summary>
    void LogTrace(Exception exception, string message, params object[] args) => Log(LogLevel.Trace.ToString(), exception, message, args);

    /// <summary>Writes a message at level Debug.</summary>
    void LogDebug(string message) => Log(LogLevel.Debug.ToString(), message);

    /// <summary>Writes a message template with its arguments at level Debug.</summary>
    void LogDebug(string message, params object[] args) => Log(LogLevel.Debug.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at level Debug.</summary>
    void LogDebug(Exception exception, string message, params object[] args) => Log(LogLevel.Debug.ToString(), exception, message, args);

    /// <summary>Writes a message at level Information.</summary>
    void LogInformation(string message) => Log(LogLevel.Information.ToString(), message);

    /// <summary>Writes a message template with its arguments at level Information.</summary>
    void LogInformation(string message, params object[] args) => Log(LogLevel.Information.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at level Information.</summary>
    void LogInformation(Exception exception, string message, params object[] args) => Log(LogLevel.Information.ToString(), exception, message, args);

    /// <summary>Writes a message at level Warning.</summary>
    void LogWarning(string message) => Log(LogLevel.Warning.ToString(), message);

    /// <summary>Writes a message template with its arguments at level Warning.</summary>
    void LogWarning(string message, params object[] args) => Log(LogLevel.Warning.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at level Warning.</summary>
    void LogWarning(Exception exception, string message, params object[] args) => Log(LogLevel.Warning.ToString(), exception, message, args);

    /// <summary>Writes a message at level Error.</summary>
    void LogError(string message) => Log(LogLevel.Error.ToString(), message);

    /// <summary>Writes a message template with its arguments at level Error.</summary>
    void LogError(string message, params object[] args) => Log(LogLevel.Error.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at level Error.</summary>
    void LogError(Exception exception, string message, params object[] args) => Log(LogLevel.Error.ToString(), exception, message, args);

    /// <summary>Writes a message at level Critical.</summary>
    void LogCritical(string message) => Log(LogLevel.Critical.ToString(), message);

    /// <summary>Writes a message template with its arguments at level Critical.</summary>
    void LogCritical(string message, params object[] args) => Log(LogLevel.Critical.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at level Critical.</summary>
    void LogCritical(Exception exception, string message, params object[] args) => Log(LogLevel.Critical.ToString(), exception, message, args);
}
