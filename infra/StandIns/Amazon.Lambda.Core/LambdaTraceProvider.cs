namespace Amazon.Lambda.Core;

/// <summary>The X-Ray trace header of the invocation that runs now.</summary>
public class LambdaTraceProvider
{
    /// <summary>The trace header, or null when the invocation carries none.</summary>
    public static string CurrentTraceId => Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
}
