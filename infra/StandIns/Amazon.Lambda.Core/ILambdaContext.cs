namespace Amazon.Lambda.Core;

/// <summary>What Lambda tells a handler about its invocation.</summary>
public interface ILambdaContext
{
    /// <summary>The invocation's id; a retried event keeps it.</summary>
    string AwsRequestId { get; }

    /// <summary>The calling mobile application and device; empty when the caller sent none.</summary>
    IClientContext ClientContext { get; }

    /// <summary>The function's name.</summary>
    string FunctionName { get; }

    /// <summary>The version that runs, "$LATEST" or a number.</summary>
    string FunctionVersion { get; }

    /// <summary>The Cognito identity that signed the call; empty when there was none.</summary>
    ICognitoIdentity Identity { get; }

    /// <summary>The ARN that was called: of the function, a version or an alias.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Writes to the function's log.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>The log group of the function.</summary>
    string LogGroupName { get; }

    /// <summary>The log stream of this execution environment.</summary>
    string LogStreamName { get; }

    /// <summary>The memory configured for the function, in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>The time left until Lambda ends the invocation; negative once the deadline is past.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The tenant of a tenant-isolated invocation, else empty.</summary>
    string TenantId => string.Empty;

    /// <summary>The X-Ray trace header of the invocation.</summary>
    string TraceId => string.Empty;

    /// <summary>The serializer of the function, where one is known.</summary>
    ILambdaSerializer Serializer => null;
}

/// <summary>The Cognito identity of a call.</summary>
public interface ICognitoIdentity
{
    /// <summary>The identity's id.</summary>
    string IdentityId { get; }

    /// <summary>The identity pool's id.</summary>
    string IdentityPoolId { get; }
}

/// <summary>The application and device that called through the mobile SDK.</summary>
public interface IClientContext
{
    /// <summary>Facts about the device.</summary>
    IDictionary<string, string> Environment { get; }

    /// <summary>The application.</summary>
    IClientApplication Client { get; }

    /// <summary>Values that the application set itself.</summary>
    IDictionary<string, string> Custom { get; }
}

/// <summary>The mobile application that called.</summary>
public interface IClientApplication
{
    /// <summary>The package's name.</summary>
    string AppPackageName { get; }

    /// <summary>The title.</summary>
    string AppTitle { get; }

    /// <summary>The version's code.</summary>
    string AppVersionCode { get; }

    /// <summary>The version's name.</summary>
    string AppVersionName { get; }

    /// <summary>The installation's id.</summary>
    string InstallationId { get; }
}
