using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// Topology's buckets and what they tell functions. S3 checks that it may call a function when the bucket is made, so the permission
/// comes first and names the bucket as text.
/// </summary>
public sealed class ObjectBuckets : Construct
{
    private readonly EnvironmentConfiguration configuration;
    private readonly PhysicalNames names;

    public ObjectBuckets(Construct scope, EnvironmentConfiguration configuration, IReadOnlyDictionary<string, LambdaFunction> functions)
        : base(scope, "Buckets")
    {
        this.configuration = configuration;
        names = new PhysicalNames(configuration);
        var accessLogs = AddAccessLogs();
        foreach (var definition in SystemMap.Buckets)
        {
            var bucket = Add(definition, accessLogs);
            var triggers = SystemMap.ObjectTriggers.Where(trigger => trigger.Bucket == definition.Name).ToArray();
            Notify((CfnBucket)bucket.Node.DefaultChild!, definition.Name, triggers, functions);
        }
    }

    private Bucket AddAccessLogs() => new(this, "AccessLogs", new BucketProps
    {
        BucketName = names.Bucket("access-logs"),
        Encryption = BucketEncryption.S3_MANAGED,
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
        EnforceSSL = true,
        Versioned = true,
        LifecycleRules =
        [
            new Amazon.CDK.AWS.S3.LifecycleRule
            {
                Id = "DropOldLogs",
                Expiration = Duration.Days(configuration.LogRetentionDays),
                NoncurrentVersionExpiration = Duration.Days(1),
            },
        ],
        RemovalPolicy = Removal.Of(configuration),
    });

    private Bucket Add(BucketDefinition definition, IBucket accessLogs) => new(this, definition.Name, new BucketProps
    {
        BucketName = names.Bucket(definition.Name),
        Versioned = true,
        Encryption = BucketEncryption.KMS_MANAGED,
        BucketKeyEnabled = true,
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
        EnforceSSL = true,
        ServerAccessLogsBucket = accessLogs,
        ServerAccessLogsPrefix = definition.Name + "/",
        Cors = configuration.Api.AllowedOrigins.Entries is { Count: > 0 } origins ? [PagesOf(origins)] : null,
        LifecycleRules = [.. definition.Lifecycle.Select(Rule), Replaced()],
        RemovalPolicy = Removal.Of(configuration),
    });

    /// <summary>S3 takes origins as they are written here: one * in each, where any port is meant.</summary>
    private static CorsRule PagesOf(IReadOnlyList<string> origins) => new()
    {
        AllowedOrigins = [.. origins],
        AllowedMethods = [.. Topology.Cors.BucketMethods.Select(Enum.Parse<HttpMethods>)],
        AllowedHeaders = [Topology.Cors.BucketAllowHeaders],
        ExposedHeaders = [Topology.Cors.BucketExposeHeaders],
        MaxAge = Topology.Cors.MaxAgeSeconds,
    };

    private static Amazon.CDK.AWS.S3.LifecycleRule Rule(Topology.LifecycleRule rule) => new()
    {
        Id = rule.Id,
        Prefix = rule.Prefix.Length > 0 ? rule.Prefix : null,
        Expiration = Days(rule.ExpireAfterDays),
        AbortIncompleteMultipartUploadAfter = Days(rule.DropIncompleteUploadsAfterDays),
        Transitions = Transitions(rule) is { Length: > 0 } transitions ? transitions : null,
    };

    private static Transition[] Transitions(Topology.LifecycleRule rule) =>
    [
        .. new[] { (StorageClass.INFREQUENT_ACCESS, rule.InfrequentAccessAfterDays), (StorageClass.GLACIER_INSTANT_RETRIEVAL, rule.InstantRetrievalAfterDays) }
            .Where(step => step.Item2 is not null)
            .Select(step => new Transition { StorageClass = step.Item1, TransitionAfter = Days(step.Item2) }),
    ];

    // A versioned bucket keeps what was deleted: without this a deleted photo would stay for ever.
    private Amazon.CDK.AWS.S3.LifecycleRule Replaced() => new()
    {
        Id = "DropReplacedAndDeleted",
        NoncurrentVersionExpiration = Duration.Days(configuration.KeepReplacedObjectsDays),
        ExpiredObjectDeleteMarker = true,
    };

    private void Notify(CfnBucket bucket, string name, ObjectTrigger[] triggers, IReadOnlyDictionary<string, LambdaFunction> functions)
    {
        foreach (var target in triggers.Select(trigger => trigger.Function).Distinct())
        {
            bucket.AddDependency(new CfnPermission(this, $"{name}-{target}", new CfnPermissionProps
            {
                Action = "lambda:InvokeFunction",
                FunctionName = functions[target].Function.FunctionArn,
                Principal = "s3.amazonaws.com",
                SourceAccount = Aws.ACCOUNT_ID,
                SourceArn = names.BucketArn(name),
            }));
        }

        bucket.NotificationConfiguration = new CfnBucket.NotificationConfigurationProperty
        {
            LambdaConfigurations = triggers.Select(trigger => Notification(trigger, functions[trigger.Function].Function)).ToArray(),
        };
    }

    private static CfnBucket.LambdaConfigurationProperty Notification(ObjectTrigger trigger, IFunction function) => new()
    {
        Event = "s3:ObjectCreated:*",
        Function = function.FunctionArn,
        Filter = new CfnBucket.NotificationFilterProperty
        {
            S3Key = new CfnBucket.S3KeyFilterProperty
            {
                Rules = new[] { new CfnBucket.FilterRuleProperty { Name = "suffix", Value = trigger.Suffix } },
            },
        },
    };

    private static Duration? Days(int? days) => days is { } count ? Duration.Days(count) : null;
}
