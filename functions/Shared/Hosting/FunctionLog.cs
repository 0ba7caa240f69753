using Amazon.Lambda.Core;

namespace DomainFlow.Hosting;

/// <summary>The function's log. Templates have positions ({0}); no text that people wrote goes in.</summary>
public static class FunctionLog
{
    public static void Information(string template, params object[] values) => LambdaLogger.Log(LogLevel.Information, template, values);

    public static void Warning(string template, params object[] values) => LambdaLogger.Log(LogLevel.Warning, template, values);

    public static void Error(string template, params object[] values) => LambdaLogger.Log(LogLevel.Error, template, values);

    public static void Error(Exception failure, string template, params object[] values) => LambdaLogger.Log(LogLevel.Error, failure, template, values);

    /// <summary>An agent threw, which is a bug: its stack trace is for the log only.</summary>
    public static void AgentFailed(string agentId, Exception fault) => Error(fault, "agent {0} threw", agentId);
}
