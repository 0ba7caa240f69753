using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Topology;

namespace DomainFlow.AwsEndpoints;

/// <param name="Function">Who is told.</param>
/// <param name="Payload">The event as S3 sends it to a function.</param>
public sealed record ObjectNotification(string Function, string Payload);

/// <param name="Checkpoint">To be stored once all of the batch is in its queue; the next reading starts from it.</param>
public sealed record ObjectNotificationBatch(IReadOnlyList<ObjectNotification> Notifications, string Checkpoint);

/// <summary>
/// S3's notifications for a server that sends none: finds what was created by listing a bucket's versions. From the checkpoint stored
/// last nothing is lost; what came after it is told again after a crash.
/// </summary>
public sealed class S3Notifications(IAmazonS3 s3, IReadOnlyList<ObjectTrigger> triggers, string region)
{
    private const int BatchSize = 100;

    /// <summary>What is new since the checkpoint, oldest first. Ends when all is told; an idle bucket gives no batch.</summary>
    /// <param name="bucket">As Topology's triggers name it.</param>
    /// <param name="physicalName">As the server and the events name it.</param>
    /// <param name="checkpoint">Of the last batch that was dealt with; null: from the bucket's beginning.</param>
    /// <exception cref="FormatException">The checkpoint is none of these.</exception>
    public async IAsyncEnumerable<ObjectNotificationBatch> ReadAsync(
        string bucket, string physicalName, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = triggers.Where(trigger => trigger.Bucket == bucket).ToList();
        var position = BucketPosition.Read(checkpoint);
        var found = await NewAsync(physicalName, told, position, cancellationToken);
        foreach (var batch in found.Chunk(BatchSize))
        {
            var notifications = new List<ObjectNotification>();
            foreach (var version in batch)
            {
                var payload = ObjectCreatedEvent.Write(region, physicalName, version, position.Take(version));
                notifications.AddRange(told.Where(t => IsTold(t, version)).Select(t => new ObjectNotification(t.Function, payload)));
            }

            yield return new ObjectNotificationBatch(notifications, position.Write());
        }
    }

    private async Task<IReadOnlyList<S3ObjectVersion>> NewAsync(
        string bucket, List<ObjectTrigger> told, BucketPosition position, CancellationToken cancellationToken)
    {
        var found = new List<S3ObjectVersion>();
        var request = new ListVersionsRequest { BucketName = bucket };
        while (true)
        {
            var page = await s3.ListVersionsAsync(request, cancellationToken);
            found.AddRange((page.Versions ?? []).Where(v => v.IsDeleteMarker != true && told.Exists(t => IsTold(t, v)) && position.IsNew(v)));
            if (page.IsTruncated != true)
                break;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }

        // A key's versions are listed newest first, also where they are of the same second.
        found.Reverse();
        return [.. found.OrderBy(v => v.LastModified)];
    }

    private static bool IsTold(ObjectTrigger trigger, S3ObjectVersion version) => version.Key.EndsWith(trigger.Suffix, StringComparison.Ordinal);
}
