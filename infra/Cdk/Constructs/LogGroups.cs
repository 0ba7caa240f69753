using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Cdk.Constructs;

/// <summary>Log groups that end: none keeps its lines for ever.</summary>
internal static class LogGroups
{
    public static LogGroup Make(Construct scope, string id, string name, EnvironmentConfiguration configuration)
    {
        var group = new LogGroup(scope, id, new LogGroupProps { LogGroupName = name, RemovalPolicy = Removal.Of(configuration) });
        ((CfnLogGroup)group.Node.DefaultChild!).RetentionInDays = configuration.LogRetentionDays;
        return group;
    }
}

internal static class Removal
{
    public static RemovalPolicy Of(EnvironmentConfiguration configuration) => configuration.RetainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
