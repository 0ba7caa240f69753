using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context of one invocation.</summary>
internal sealed class LambdaContext(NextInvocation invocation, LambdaEnvironment environment, ConsoleLog log) : ILambdaContext
{
    private IClientContext _clientContext;
    private ICognitoIdentity _identity;

    public string AwsRequestId => invocation.RequestId;

    public IClientContext ClientContext => _clientContext ??= MobileClient.ContextFrom(invocation.ClientContextJson);

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public ICognitoIdentity Identity => _identity ??= MobileClient.IdentityFrom(invocation.CognitoIdentityJson);

    public string InvokedFunctionArn => invocation.InvokedFunctionArn;

    public ILambdaLogger Logger { get; } = new LambdaConsoleLogger(log);

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB { get; } = int.TryParse(environment.FunctionMemorySize, CultureInfo.InvariantCulture, out var size) ? size : 0;

    public TimeSpan RemainingTime => invocation.Deadline - TimeProvider.System.GetUtcNow();

    public string TenantId => invocation.TenantId;

    public string TraceId => invocation.TraceId;
}
