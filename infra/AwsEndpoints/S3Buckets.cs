using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Topology;
using LifecycleRule = Amazon.S3.Model.LifecycleRule;

namespace DomainFlow.AwsEndpoints;

/// <summary>Makes Topology's buckets on any S3 endpoint. What is there already stays as it is, with its objects.</summary>
/// <param name="s3">Calls with the bucket's region.</param>
public sealed class S3Buckets(IAmazonS3 s3)
{
    /// <param name="physicalName">The bucket's name by its logical one.</param>
    /// <returns>What the server cannot do, one sentence each; empty where it can do all.</returns>
    /// <exception cref="AmazonS3Exception">A bucket cannot be made, or belongs to somebody else.</exception>
    public async Task<IReadOnlyList<string>> EnsureAsync(
        IEnumerable<BucketDefinition> buckets, Func<string, string> physicalName, CancellationToken cancellationToken)
    {
        var lacking = new List<string>();
        foreach (var bucket in buckets)
        {
            var name = physicalName(bucket.Name);
            await MakeAsync(name, cancellationToken);
            await KeepVersionsAsync(name, cancellationToken);
            if (bucket.Lifecycle.Count > 0 && !await SetLifecycleAsync(name, bucket, cancellationToken))
                lacking.Add($"The server has no lifecycle rules: nothing in bucket {name} ages by itself.");
        }

        return lacking;
    }

    private async Task MakeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await s3.PutBucketAsync(new PutBucketRequest { BucketName = name, UseClientRegion = true }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            // Of an earlier run.
        }
    }

    private Task KeepVersionsAsync(string name, CancellationToken cancellationToken) => s3.PutBucketVersioningAsync(
        new PutBucketVersioningRequest { BucketName = name, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } },
        cancellationToken);

    private async Task<bool> SetLifecycleAsync(string name, BucketDefinition bucket, CancellationToken cancellationToken)
    {
        var rules = new LifecycleConfiguration { Rules = [.. bucket.Lifecycle.Select(Rule)] };
        try
        {
            await s3.PutLifecycleConfigurationAsync(
                new PutLifecycleConfigurationRequest { BucketName = name, Configuration = rules }, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotImplemented)
        {
            return false;
        }
    }

    private static LifecycleRule Rule(Topology.LifecycleRule rule)
    {
        var steps = new[]
        {
            (rule.InfrequentAccessAfterDays, S3StorageClass.StandardInfrequentAccess),
            (rule.InstantRetrievalAfterDays, S3StorageClass.GlacierInstantRetrieval),
        };
        var transitions = steps.Where(step => step.Item1 is not null).Select(step => new LifecycleTransition { Days = step.Item1, StorageClass = step.Item2 });
        return new LifecycleRule
        {
            Id = rule.Id,
            Status = LifecycleRuleStatus.Enabled,
            Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = rule.Prefix } },
            Expiration = rule.ExpireAfterDays is { } days ? new LifecycleRuleExpiration { Days = days } : null,
            AbortIncompleteMultipartUpload = rule.DropIncompleteUploadsAfterDays is { } after
                ? new LifecycleRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = after }
                : null,
            Transitions = transitions.ToList() is { Count: > 0 } moves ? moves : null,
        };
    }
}
