namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>Options of a <see cref="LambdaBootstrap"/>.</summary>
public class LambdaBootstrapOptions
{
    /// <summary>Where the Runtime API listens, "host:port" with an optional path; null takes AWS_LAMBDA_RUNTIME_API.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
