using Amazon.CDK;

namespace DomainFlow.Cdk.Configuration;

/// <summary>
/// Physical names, and ARNs composed from them. Composed, because a bucket that notifies a function whose role names the bucket
/// would be a cycle if each referred to the other.
/// </summary>
public sealed class PhysicalNames(EnvironmentConfiguration configuration)
{
    /// <summary>The name of anything but a bucket: prefix and logical name in lower case.</summary>
    public string Of(string logicalName) => $"{configuration.Prefix}-{logicalName.ToLowerInvariant()}";

    public string Bucket(string logicalName) =>
        Of(logicalName) + configuration.BucketSuffix.Replace("{account}", Aws.ACCOUNT_ID).Replace("{region}", Aws.REGION);

    public string BucketArn(string logicalName) => $"arn:{Aws.PARTITION}:s3:::{Bucket(logicalName)}";

    public string TableArn(string logicalName) => Arn("dynamodb", $"table/{Of(logicalName)}");

    public string QueueArn(string logicalName) => Arn("sqs", Of(logicalName));

    public string FunctionArn(string logicalName) => Arn("lambda", $"function:{Of(logicalName)}");

    public string LogGroup(string function) => $"/aws/lambda/{Of(function)}";

    public string LogGroupArn(string function) => Arn("logs", $"log-group:{LogGroup(function)}");

    private static string Arn(string service, string resource) => $"arn:{Aws.PARTITION}:{service}:{Aws.REGION}:{Aws.ACCOUNT_ID}:{resource}";
}
