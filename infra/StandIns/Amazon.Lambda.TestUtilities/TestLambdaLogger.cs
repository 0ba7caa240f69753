using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>A logger for tests: everything goes to <see cref="Buffer"/> and to the console.</summary>
public class TestLambdaLogger : ILambdaLogger
{
    /// <summary>All that was logged.</summary>
    public StringBuilder Buffer { get; } = new();

    /// <inheritdoc/>
    public void Log(string message)
    {
        Buffer.Append(message);
        Console.Write(message);
    }

    /// <inheritdoc/>
    public void LogLine(string message)
    {
        Buffer.AppendLine(message);
        Console.WriteLine(message);
    }

    /// <inheritdoc/>
    public void Log(string level, string message) => LogLine($"{level}: {message}");

    /// <summary>Writes the template as it is, and each argument on a line of its own behind a tab; with arguments an empty line follows.</summary>
    public void Log(string level, string message, params object[] args) =>
        LogLine(WithArguments($"{level}: {message}", args) + (args is { Length: > 0 } ? Environment.NewLine : ""));

    /// <summary>Writes the template as it is, each argument on a line of its own behind a tab, and the exception.</summary>
    public void Log(string level, Exception exception, string message, params object[] args) =>
        LogLine($"{WithArguments($"{level}: {message}", args)}{Environment.NewLine}{exception}");

    private static string WithArguments(string message, object[] args)
    {
        var text = new StringBuilder(message);
        foreach (var argument in args ?? []) text.Append(Environment.NewLine).Append('\t').Append(argument);
        return text.ToString();
    }
}
