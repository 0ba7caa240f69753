using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Pipes;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Stacks;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>Carries a table's changes into a queue. The message holds keys only: an item may be larger than a message.</summary>
public sealed class StreamPipe : Construct
{
    public StreamPipe(Construct scope, PipeDefinition definition, EnvironmentConfiguration configuration, DataStack data, WorkQueues queues)
        : base(scope, definition.Name)
    {
        var stream = data.Tables.StreamArn(definition.Table);
        var target = queues[definition.Queue].QueueArn;
        var failures = queues[WorkQueues.PipeFailures(definition)].QueueArn;
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("pipes.amazonaws.com"),
            Description = $"What the pipe {definition.Name} may do",
            InlinePolicies = new Dictionary<string, PolicyDocument> { ["grants"] = Grants(stream, target, failures) },
        });
        _ = new CfnPipe(this, "Pipe", new CfnPipeProps
        {
            Name = new PhysicalNames(configuration).Of(definition.Name),
            RoleArn = role.RoleArn,
            Source = stream,
            SourceParameters = new CfnPipe.PipeSourceParametersProperty { DynamoDbStreamParameters = Source(configuration, failures) },
            Target = target,
            TargetParameters = new CfnPipe.PipeTargetParametersProperty { InputTemplate = Message(SystemMap.Table(definition.Table)) },
        });
    }

    private static CfnPipe.PipeSourceDynamoDBStreamParametersProperty Source(EnvironmentConfiguration configuration, string failures) => new()
    {
        StartingPosition = "TRIM_HORIZON",
        BatchSize = 10,
        MaximumRetryAttempts = configuration.Queues.PipeRetries,
        MaximumRecordAgeInSeconds = 12 * 3600,
        OnPartialBatchItemFailure = "AUTOMATIC_BISECT",
        DeadLetterConfig = new CfnPipe.DeadLetterConfigProperty { Arn = failures },
    };

    // A path without quotes: EventBridge writes its value as JSON.
    private static string Message(TableDefinition table)
    {
        var keys = new[] { table.PartitionKey, table.SortKey }.OfType<string>().Select(key => $"\"{key}\":<$.dynamodb.Keys.{key}.S>");
        return $$"""{"table":"{{table.Name}}","keys":{{{string.Join(',', keys)}}},"event":<$.eventName>}""";
    }

    private static PolicyDocument Grants(string stream, string target, string failures) => new(new PolicyDocumentProps
    {
        Statements =
        [
            new PolicyStatement(new PolicyStatementProps
            {
                Actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
                Resources = [stream],
            }),
            new PolicyStatement(new PolicyStatementProps { Actions = ["sqs:SendMessage"], Resources = [target, failures] }),
        ],
    });
}
