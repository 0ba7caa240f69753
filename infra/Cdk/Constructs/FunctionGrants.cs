using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Stacks;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>What a function's role may do: exactly what Topology says that it uses, on exactly that.</summary>
internal sealed class FunctionGrants(EnvironmentConfiguration configuration, DataStack data)
{
    private readonly PhysicalNames names = new(configuration);

    public PolicyDocument Of(FunctionDefinition function) => new(new PolicyDocumentProps
    {
        Statements =
        [
            .. Runtime(function),
            .. Secrets(function),
            .. function.Tables.SelectMany(Table),
            .. function.Buckets.SelectMany(Bucket),
            .. Queues(function),
            .. Search(function),
            .. Model(function),
        ],
    });

    private IEnumerable<PolicyStatement> Runtime(FunctionDefinition function)
    {
        yield return Allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], [names.LogGroupArn(function.Name) + ":*"]);
        // Lambda makes the network interfaces with the function's role; AWS takes no narrower resource for describing them.
        yield return Allow(
            "NetworkInterfaces",
            [
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:UnassignPrivateIpAddresses",
            ],
            ["*"]);
        if (configuration.Tracing)
            yield return Allow("Tracing", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]);
    }

    private IEnumerable<PolicyStatement> Secrets(FunctionDefinition function)
    {
        yield return Allow("Secret", ["secretsmanager:GetSecretValue"], function.Database switch
        {
            DatabaseRole.Owner => [data.Database.OwnerSecret.SecretArn, data.Database.FunctionsSecret.SecretArn],
            DatabaseRole.Functions => [data.Database.FunctionsSecret.SecretArn],
            _ => throw new InvalidOperationException($"No database role {function.Database}"),
        });
        if (data.Cache is { } cache && function.UsesCache)
            yield return Allow("CacheSecret", ["secretsmanager:GetSecretValue"], [cache.Secret.SecretArn]);
    }

    private IEnumerable<PolicyStatement> Table(TableGrant grant)
    {
        var table = names.TableArn(grant.Table);
        if (grant.Access.HasFlag(TableAccess.Read))
            yield return Allow($"Read{Id(grant.Table)}", ["dynamodb:GetItem"], [table]);
        if (grant.Indexes.Count > 0)
            yield return Allow($"Query{Id(grant.Table)}", ["dynamodb:Query"], [.. grant.Indexes.Select(index => $"{table}/index/{index}")]);
        if (grant.Access.HasFlag(TableAccess.Write))
            yield return Allow($"Write{Id(grant.Table)}", ["dynamodb:PutItem"], [table]);
        if (grant.Access.HasFlag(TableAccess.Delete))
            yield return Allow($"Delete{Id(grant.Table)}", ["dynamodb:DeleteItem"], [table]);
        if (grant.Access.HasFlag(TableAccess.DeleteMany))
            yield return Allow($"DeleteMany{Id(grant.Table)}", ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"], [table]);
    }

    private IEnumerable<PolicyStatement> Bucket(BucketGrant grant)
    {
        var actions = new[]
        {
            (ObjectAccess.Delete, "s3:DeleteObjectVersion"),
            (ObjectAccess.Read, "s3:GetObject"),
            (ObjectAccess.Write, "s3:PutObject"),
        };
        yield return Allow(
            $"Objects{Id(grant.Bucket)}{Id(grant.Prefix)}",
            [.. actions.Where(action => grant.Access.HasFlag(action.Item1)).Select(action => action.Item2)],
            [$"{names.BucketArn(grant.Bucket)}/{grant.Prefix}*"]);
        if (grant.Access.HasFlag(ObjectAccess.List))
            yield return Allow($"List{Id(grant.Bucket)}{Id(grant.Prefix)}", ["s3:ListBucket", "s3:ListBucketVersions"], [names.BucketArn(grant.Bucket)]);
    }

    private IEnumerable<PolicyStatement> Queues(FunctionDefinition function)
    {
        foreach (var trigger in SystemMap.QueueTriggers.Where(trigger => trigger.Function == function.Name))
        {
            yield return Allow(
                $"Take{Id(trigger.Queue)}",
                ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
                [names.QueueArn(trigger.Queue)]);
        }

        foreach (var invocation in SystemMap.AsyncInvocations.Where(invocation => invocation.Function == function.Name))
            yield return Allow($"Keep{Id(invocation.FailureQueue)}", ["sqs:SendMessage"], [names.QueueArn(invocation.FailureQueue)]);
    }

    private IEnumerable<PolicyStatement> Search(FunctionDefinition function)
    {
        if (function.Search == SearchAccess.None)
            yield break;
        // A collection's own policy says which calls: CollectionAccess.
        if (configuration.SearchCollection is { } collection)
            yield return Allow("UseCollection", ["aoss:APIAccessAll"], [collection.Arn]);
        if (data.Search is not { } domain)
            yield break;
        yield return Allow("FindIndex", ["es:ESHttpGet"], [$"{domain.Arn}/*"]);
        if (function.Search.HasFlag(SearchAccess.Make))
            yield return Allow("MakeIndex", ["es:ESHttpPut"], [$"{domain.Arn}/*"]);
        (SearchAccess Access, string[] Operations)[] posts =
        [
            (SearchAccess.Ask, ["_msearch"]),
            (SearchAccess.Write, ["_bulk"]),
            (SearchAccess.Compare, ["_mget", "_search"]),
        ];
        var asked = posts.Where(post => function.Search.HasFlag(post.Access)).SelectMany(post => post.Operations).ToArray();
        if (asked.Length > 0)
            yield return Allow("UseIndex", ["es:ESHttpPost"], [.. asked.Select(operation => $"{domain.Arn}/*/{operation}")]);
    }

    private IEnumerable<PolicyStatement> Model(FunctionDefinition function)
    {
        if (configuration.Model.Provider == "bedrock" && function.Environment.Any(variable => variable.Source == VariableSource.ModelProvider))
        {
            yield return Allow(
                "Model",
                ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
                [.. configuration.Model.ModelIds.Select(id => $"arn:{Aws.PARTITION}:bedrock:{Aws.REGION}::foundation-model/{id}")]);
        }
    }

    private static PolicyStatement Allow(string id, string[] actions, string[] resources) =>
        new(new PolicyStatementProps { Sid = id, Effect = Effect.ALLOW, Actions = actions, Resources = resources });

    private static string Id(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        return letters.Length == 0 ? "" : char.ToUpperInvariant(letters[0]) + letters[1..];
    }
}
