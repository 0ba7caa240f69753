using System.Globalization;
using System.Text.Json;
using DomainFlow.Local.Queues;
using DomainFlow.Topology;

namespace DomainFlow.Local.Objects;

/// <summary>Tells functions of new objects, as S3's notifications do: by bucket and suffix, at least once, through the durable queue.</summary>
internal sealed class ObjectEvents(IReadOnlyList<ObjectTrigger> triggers, AsyncInvocations? queue, TimeProvider clock)
{
    private long sequence;

    public async Task CreatedAsync(string bucket, string key, ObjectMeta meta, CancellationToken cancellationToken)
    {
        foreach (var function in Told(bucket, key))
        {
            if (queue is null) throw new InvalidOperationException("Object triggers need the database");
            await queue.SendAsync(function, ToEvent(bucket, key, meta), cancellationToken);
        }
    }

    /// <summary>Functions that are told of a new object.</summary>
    public IEnumerable<string> Told(string bucket, string key) =>
        triggers.Where(trigger => trigger.Bucket == bucket && key.EndsWith(trigger.Suffix, StringComparison.Ordinal)).Select(trigger => trigger.Function);

    private string ToEvent(string bucket, string key, ObjectMeta meta) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                eventVersion = "2.1",
                eventSource = "aws:s3",
                awsRegion = LocalNames.Region,
                eventTime = meta.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                eventName = "ObjectCreated:Post",
                userIdentity = new { principalId = "AWS:LOCAL" },
                requestParameters = new { sourceIPAddress = "127.0.0.1" },
                responseElements = new Dictionary<string, string> { ["x-amz-request-id"] = Guid.NewGuid().ToString("N")[..16].ToUpperInvariant() },
                s3 = new
                {
                    s3SchemaVersion = "1.0",
                    configurationId = "local",
                    bucket = new { name = bucket, ownerIdentity = new { principalId = "LOCAL" }, arn = "arn:aws:s3:::" + bucket },
                    @object = new { key = Encode(key), size = meta.Size, eTag = meta.ETag, sequencer = Sequencer() },
                },
            },
        },
    });

    /// <summary>Keys in events are written as in a form: a blank is a plus sign, slashes stay.</summary>
    private static string Encode(string key) =>
        Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal);

    /// <summary>Grows with time, also over restarts.</summary>
    private string Sequencer() => $"{clock.GetUtcNow().UtcTicks:X16}{Interlocked.Increment(ref sequence) & 0xFFFF:X4}";
}
