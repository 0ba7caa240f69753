namespace Amazon.Lambda.Core;

/// <summary>Writes to the function's log from anywhere. Outside a Lambda process it writes plain lines to the console.</summary>
public static class LambdaLogger
{
    // RuntimeSupport puts its formatting writers here when it starts.
    internal static Action<string> PlainWriter { get; set; } = Console.WriteLine;

    internal static Action<string, string, object[]> LevelWriter { get; set; } = (_, message, args) => Console.WriteLine(WithArguments(message, args));

    internal static Action<string, Exception, string, object[]> ExceptionWriter { get; set; } = (_, exception, message, args) =>
    {
        Console.WriteLine(WithArguments(message, args));
        Console.WriteLine(exception);
    };

    /// <summary>Writes a message as it is.</summary>
    public static void Log(string message) => PlainWriter(message);

    /// <summary>Writes a message template with its arguments at a level.</summary>
    public static void Log(string level, string message, params object[] args) => LevelWriter(level, message, args);

    /// <summary>Writes a message template with its arguments at a level.</summary>
    public static void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    /// <summary>Writes an exception and a message template with its arguments at a level.</summary>
    public static void Log(string level, Exception exception, string message, params object[] args) => ExceptionWriter(level, exception, message, args);

    /// <summary>Writes an exception and a message template with its arguments at a level.</summary>
    public static void Log(LogLevel level, Exception exception, string message, params object[] args) => Log(level.ToString(), exception, message, args);

    private static string WithArguments(string message, object[] args) => args is { Length: > 0 } ? $"{message} {string.Join(' ', args)}" : message;
}
