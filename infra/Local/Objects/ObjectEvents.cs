using System.Globalization;
using System.Text.Json;
using DomainFlow.Local.Queues;
using DomainFlow.Topology;

namespace DomainFlow.Local.Objects;

/// <summary>Tells functions of new objects, as S3's notifications do: by bucket and suffix, at least once, through the durable queue.</summary>
internal sealed class ObjectEvents(IReadOnlyList<ObjectTrigger> triggers, AsyncInvocations? queue)
{
    /// <param name="at">When it happened: orders the events of one key.</param>
    public async Task CreatedAsync(string bucket, string key, ObjectMeta meta, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var function in Told(bucket, key))
        {
            if (queue is null) throw new InvalidOperationException("Object triggers need the database");
            await queue.SendAsync(function, ToEvent(bucket, key, meta, at), cancellationToken);
        }
    }

    /// <summary>Functions that are told of a new object.</summary>
    public IEnumerable<string> Told(string bucket, string key) =>
        triggers.Where(trigger => trigger.Bucket == bucket && key.EndsWith(trigger.Suffix, StringComparison.Ordinal)).Select(trigger => trigger.Function);

    private static string ToEvent(string bucket, string key, ObjectMeta meta, DateTimeOffset at) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                eventVersion = "2.1",
                eventSource = "aws:s3",
                awsRegion = LocalNames.Region,
                eventTime = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                eventName = "ObjectCreated:Post",
                userIdentity = new { principalId = "AWS:LOCAL" },
                requestParameters = new { sourceIPAddress = "127.0.0.1" },
                responseElements = new Dictionary<string, string> { ["x-amz-request-id"] = Guid.NewGuid().ToString("N")[..16].ToUpperInvariant() },
                s3 = new
                {
                    s3SchemaVersion = "1.0",
                    configurationId = "local",
                    bucket = new { name = bucket, ownerIdentity = new { principalId = "LOCAL" }, arn = "arn:aws:s3:::" + bucket },
                    @object = new { key = Encode(key), size = meta.Size, eTag = meta.ETag, versionId = meta.Version, sequencer = Sequencer(at) },
                },
            },
        },
    });

    /// <summary>Keys in events are written as in a form: a blank is a plus sign, slashes stay.</summary>
    private static string Encode(string key) =>
        Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal);

    /// <summary>Of the time alone, so that one upload's event is the same however often it is sent; as long as those sent before.</summary>
    private static string Sequencer(DateTimeOffset at) => $"{at.UtcTicks:X16}0000";
}
