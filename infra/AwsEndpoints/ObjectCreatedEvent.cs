using System.Globalization;
using System.Text.Json;
using Amazon.S3.Model;

namespace DomainFlow.AwsEndpoints;

/// <summary>An event of S3, of one record, as a function is given it.</summary>
internal static class ObjectCreatedEvent
{
    public static string Write(string region, string bucket, S3ObjectVersion version, string sequencer) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                eventVersion = "2.1",
                eventSource = "aws:s3",
                awsRegion = region,
                eventTime = version.LastModified!.Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                eventName = "ObjectCreated:Put",
                s3 = new
                {
                    s3SchemaVersion = "1.0",
                    configurationId = "listing",
                    bucket = new { name = bucket, arn = "arn:aws:s3:::" + bucket },
                    @object = new { key = Encode(version.Key), size = version.Size ?? 0, eTag = version.ETag.Trim('"'), versionId = version.VersionId, sequencer },
                },
            },
        },
    });

    /// <summary>Keys in events are written as in a form: a blank is a plus sign, slashes stay.</summary>
    private static string Encode(string key) =>
        Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal);
}
