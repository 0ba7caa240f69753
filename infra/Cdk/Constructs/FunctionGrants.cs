using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Stacks;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// What a function's role may do: exactly what Topology says that it uses, on exactly that. What the function's own code calls is held to
/// that function (lambda:SourceFunctionArn); what AWS does in its name, as taking from queues and making network interfaces, is not.
/// </summary>
internal sealed class FunctionGrants(EnvironmentConfiguration configuration, DataStack data)
{
    private readonly PhysicalNames names = new(configuration);

    public PolicyDocument Of(FunctionDefinition function) => new(new PolicyDocumentProps
    {
        Statements =
        [
            .. Runtime(function),
            .. Secrets(function),
            .. function.Tables.SelectMany(grant => Table(function, grant)),
            .. function.Buckets.Select(grant => Objects(function, grant)),
            .. function.Buckets.SelectMany(grant => List(function, grant)),
            .. Queues(function),
            .. Search(function),
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
        yield return AllowCode(function, "Secret", ["secretsmanager:GetSecretValue"], function.Database switch
        {
            DatabaseRole.Owner => [data.Database.OwnerSecret.SecretArn, data.Database.FunctionsSecret.SecretArn],
            DatabaseRole.Functions => [data.Database.FunctionsSecret.SecretArn],
            _ => throw new InvalidOperationException($"No database role {function.Database}"),
        });
        if (data.Cache is { } cache && function.UsesCache)
            yield return AllowCode(function, "CacheSecret", ["secretsmanager:GetSecretValue"], [cache.Secret.SecretArn]);
    }

    private IEnumerable<PolicyStatement> Table(FunctionDefinition function, TableGrant grant)
    {
        var table = names.TableArn(grant.Table);
        if (grant.Access.HasFlag(TableAccess.Read))
            yield return AllowCode(function, $"Read{Id(grant.Table)}", ["dynamodb:GetItem"], [table]);
        if (grant.Indexes.Count > 0)
            yield return AllowCode(function, $"Query{Id(grant.Table)}", ["dynamodb:Query"], [.. grant.Indexes.Select(index => $"{table}/index/{index}")]);
        if (grant.Access.HasFlag(TableAccess.Write))
            yield return AllowCode(function, $"Write{Id(grant.Table)}", ["dynamodb:PutItem"], [table]);
        if (grant.Access.HasFlag(TableAccess.Delete))
            yield return AllowCode(function, $"Delete{Id(grant.Table)}", ["dynamodb:DeleteItem"], [table]);
        if (grant.Access.HasFlag(TableAccess.DeleteMany))
            yield return AllowCode(function, $"DeleteMany{Id(grant.Table)}", ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"], [table]);
    }

    private PolicyStatement Objects(FunctionDefinition function, BucketGrant grant)
    {
        var actions = new[]
        {
            (ObjectAccess.Delete, "s3:DeleteObjectVersion"),
            (ObjectAccess.Read, "s3:GetObject"),
            (ObjectAccess.Write, "s3:PutObject"),
        };
        // Clients use what the function signs for them: AWS does not promise the function's ARN among what it knows of their requests.
        return Allow(
            $"Objects{Id(grant.Bucket)}{Id(grant.Prefix)}",
            [.. actions.Where(action => grant.Access.HasFlag(action.Item1)).Select(action => action.Item2)],
            [$"{names.BucketArn(grant.Bucket)}/{grant.Prefix}*"],
            new() { ["ArnLikeIfExists"] = SourceFunction(function) });
    }

    /// <summary>
    /// Whoever may not list a bucket is told 403 of an object that is not there, and the functions count on 404. S3 asks that of a request
    /// that names no prefix, so the right to list has to hold without one; all that functions list, they list by versions and with a prefix.
    /// </summary>
    private IEnumerable<PolicyStatement> List(FunctionDefinition function, BucketGrant grant)
    {
        if (!grant.Access.HasFlag(ObjectAccess.List))
            yield break;
        // In a folder at the least, where the grant is for the whole bucket.
        var prefix = new Dictionary<string, object> { ["s3:prefix"] = grant.Prefix.Length > 0 ? $"{grant.Prefix}*" : "*/*" };
        var name = Id(grant.Bucket) + Id(grant.Prefix);
        yield return AllowCode(function, $"List{name}", ["s3:ListBucketVersions"], [names.BucketArn(grant.Bucket)], new() { ["StringLike"] = prefix });
        yield return AllowCode(function, $"Miss{name}", ["s3:ListBucket"], [names.BucketArn(grant.Bucket)], new() { ["StringLikeIfExists"] = prefix });
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

    /// <summary>For calls of the function's own code.</summary>
    private PolicyStatement AllowCode(
        FunctionDefinition function, string id, string[] actions, string[] resources, Dictionary<string, object>? conditions = null) =>
        Allow(id, actions, resources, new(conditions ?? []) { ["ArnLike"] = SourceFunction(function) });

    private Dictionary<string, object> SourceFunction(FunctionDefinition function) =>
        new() { ["lambda:SourceFunctionArn"] = names.FunctionArn(function.Name) };

    private static PolicyStatement Allow(string id, string[] actions, string[] resources, Dictionary<string, object>? conditions = null) =>
        new(new PolicyStatementProps { Sid = id, Effect = Effect.ALLOW, Actions = actions, Resources = resources, Conditions = conditions });

    private static string Id(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        return letters.Length == 0 ? "" : char.ToUpperInvariant(letters[0]) + letters[1..];
    }
}
