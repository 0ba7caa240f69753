namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The variables that Lambda sets for a process.</summary>
internal sealed class LambdaEnvironment
{
    internal const string TraceIdVariable = "_X_AMZN_TRACE_ID";

    public string FunctionMemorySize { get; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");

    public string FunctionName { get; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion { get; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName { get; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName { get; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public string RuntimeServerHostAndPort { get; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");

    public bool IsSnapStart { get; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start";
}
