using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Local.Aws;
using DomainFlow.Topology;

namespace DomainFlow.Judge.Tests.Judging;

/// <summary>What the things of a run are called in a deployment; ARNs as <see cref="Template"/> writes them.</summary>
internal sealed class DeployedNames(SynthesisedSystem system)
{
    private readonly Dictionary<string, string> variables = system.Functions.OfType("AWS::Lambda::Function")
        .SelectMany(function => function.Properties["Environment"]?["Variables"]?.AsObject().Select(pair => (pair.Key, Value: system.Functions.Text(pair.Value))) ?? [])
        .Where(variable => variable.Key.StartsWith("TABLE_", StringComparison.Ordinal) || variable.Key.StartsWith("BUCKET_", StringComparison.Ordinal))
        .DistinctBy(variable => variable.Key)
        .ToDictionary(variable => variable.Key, variable => variable.Value);

    /// <summary>The domain's ARN; paths follow it.</summary>
    public string Search => $"${{{system.Data.Only("AWS::OpenSearchService::Domain").LogicalId}.Arn}}";

    public string Table(string name) =>
        $"arn:${{AWS::Partition}}:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/{variables[SystemMap.Table(name).Variable]}";

    /// <param name="caller">As a run names it; null where it is no function.</param>
    public string? SourceFunction(string caller) => caller.Split('/') is ["function", var name]
        ? $"arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{system.Names.Of(name)}"
        : null;

    public string BucketName(string name) => variables[SystemMap.Bucket(name).Variable];

    public string Bucket(string name) => "arn:${AWS::Partition}:s3:::" + BucketName(name);

    /// <param name="arn">Of the run's stream: <c>.../table/NAME/stream/...</c>.</param>
    public string Stream(string arn) => OfTable(arn.Split('/')[1]);

    /// <summary>The stream that a pipe reads.</summary>
    public string StreamOf(string caller) => OfTable(SystemMap.Pipes.Single(pipe => AwsSettings.Pipe(pipe.Name) == caller).Table);

    /// <param name="arn">Of the run's secret: its name and six more characters at the end.</param>
    public string Secret(string arn)
    {
        var kind = arn.Contains(DatabaseSecrets.OwnerName, StringComparison.Ordinal) ? "/owner" : "/functions";
        return $"${{{system.Data.OfType("AWS::SecretsManager::Secret").Single(secret => secret["Name"].EndsWith(kind, StringComparison.Ordinal)).LogicalId}}}";
    }

    /// <summary>A resource of a policy with the names of buckets in place of references to them.</summary>
    public string Resolve(string resource) => system.Functions.OfType("AWS::S3::Bucket").Aggregate(
        resource, (text, bucket) => text.Replace($"${{{bucket.LogicalId}.Arn}}", "arn:${AWS::Partition}:s3:::" + bucket["BucketName"], StringComparison.Ordinal));

    private string OfTable(string name)
    {
        var physical = variables[SystemMap.Table(name).Variable];
        return $"${{{system.Data.OfType("AWS::DynamoDB::Table").Single(table => table["TableName"] == physical).LogicalId}.StreamArn}}";
    }
}
