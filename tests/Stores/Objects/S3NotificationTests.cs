using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using DomainFlow.AwsEndpoints;
using DomainFlow.Topology;

namespace DomainFlow.Stores.Tests.Objects;

/// <summary>What is told of new objects where the server itself tells nothing.</summary>
[Collection(nameof(S3Server))]
public sealed class S3NotificationTests(S3Server server)
{
    private readonly string bucket = $"notified-{Guid.NewGuid():n}";

    [SkippableFact]
    public async Task Each_version_with_a_triggers_suffix_is_told_once_in_its_order()
    {
        await MakeAsync();
        string[] versions = [await PutAsync("t/a b+ä.jpg"), await PutAsync("t/a b+ä.jpg"), await PutAsync("t/a b+ä.jpg")];
        await PutAsync("t/derived/display");
        var (told, checkpoint) = await ReadAsync(null);
        Assert.Equal(versions, told.Select(r => (string?)r["s3"]!["object"]!["versionId"]));
        Assert.All(told, r => Assert.Equal(("t/a+b%2B%C3%A4.jpg", bucket), ((string?)r["s3"]!["object"]!["key"], (string?)r["s3"]!["bucket"]!["name"])));
        Assert.All(told, r => Assert.Equal("9dd4e461268c8034f5c8564e155c67a6", (string?)r["s3"]!["object"]!["eTag"]));
        Assert.All(told, r => Assert.Equal(1, (long)r["s3"]!["object"]!["size"]!));
        Assert.Equal(3, Sequencers(told).Distinct().Count());
        Assert.Equal(Sequencers(told).Order(StringComparer.Ordinal), Sequencers(told));
        Assert.Empty((await ReadAsync(checkpoint)).Told);
        var fourth = await PutAsync("t/a b+ä.jpg");
        Assert.Equal([fourth], (await ReadAsync(checkpoint)).Told.Select(r => (string?)r["s3"]!["object"]!["versionId"]));
    }

    [SkippableFact]
    public async Task What_is_told_again_comes_later_even_within_the_second()
    {
        await MakeAsync();
        await PutAsync("t/a.jpg");
        var (first, checkpoint) = await ReadAsync(null);
        await server.Store(TimeProvider.System).TellAgainAsync(bucket, "t/a.jpg", default);
        var (second, _) = await ReadAsync(checkpoint);
        Assert.True(string.CompareOrdinal(Assert.Single(Sequencers(second)), Assert.Single(Sequencers(first))) > 0);
    }

    [SkippableFact]
    public async Task After_a_crash_the_rest_is_told()
    {
        await MakeAsync();
        await Parallel.ForAsync(0, 250, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await PutAsync($"t/{i}.jpg"));
        string? checkpoint = null;
        var keys = new List<string>();
        for (var batches = 0; batches < 3; batches++)
        {
            await foreach (var batch in Notifications().ReadAsync(SystemMap.Evidence, bucket, checkpoint, default))
            {
                keys.AddRange(batch.Notifications.Select(n => (string)Record(n)["s3"]!["object"]!["key"]!));
                checkpoint = batch.Checkpoint;
                break; // whoever reads dies after each batch
            }
        }

        Assert.Equal(250, keys.Count);
        Assert.Equal(250, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_version_that_shows_late_under_an_earlier_time_is_told()
    {
        var listing = new Listing();
        listing.Add("t/new.jpg", "v2", "2026-03-14T10:00:00.000Z");
        var (told, checkpoint) = await ReadAsync(null, listing);
        Assert.Equal(["v2"], told.Select(r => (string?)r["s3"]!["object"]!["versionId"]));
        listing.Add("t/late.jpg", "v1", "2026-03-14T09:01:00.000Z");
        (told, checkpoint) = await ReadAsync(checkpoint, listing);
        Assert.Equal(["v1"], told.Select(r => (string?)r["s3"]!["object"]!["versionId"]));
        Assert.Empty((await ReadAsync(checkpoint, listing)).Told);
    }

    [Fact]
    public async Task What_was_told_long_ago_is_remembered_by_its_time_alone()
    {
        var listing = new Listing();
        for (var hour = 0; hour < 20; hour++)
        {
            for (var i = 0; i < 20; i++) listing.Add($"t/{hour}-{i}.jpg", $"v{hour}-{i}", $"2026-03-14T{hour:D2}:00:00.000Z");
        }

        var (told, checkpoint) = await ReadAsync(null, listing);
        Assert.Equal(400, told.Count);
        Assert.Equal(40, ((JsonArray)JsonNode.Parse(checkpoint!)!["Told"]!).Count);
        Assert.Empty((await ReadAsync(checkpoint, listing)).Told);
    }

    [Fact]
    public async Task Another_text_is_no_checkpoint()
    {
        await Assert.ThrowsAsync<FormatException>(() => ReadAsync("yesterday", new Listing()));
    }

    [SkippableFact]
    public async Task Buckets_are_made_once_and_keep_versions()
    {
        using var s3 = server.Client();
        for (var i = 0; i < 2; i++)
        {
            var lacking = await new S3Buckets(s3).EnsureAsync(SystemMap.Buckets, name => $"{bucket}-{name}", default);
            Assert.All(lacking, sentence => Assert.Contains("lifecycle", sentence));
        }

        Assert.Equal("Enabled", (await s3.GetBucketVersioningAsync($"{bucket}-evidence")).VersioningConfig.Status.Value);
    }

    private S3Notifications Notifications() => new(server.Client(), SystemMap.ObjectTriggers, S3Server.Region);

    private async Task MakeAsync()
    {
        using var s3 = server.Client();
        await new S3Buckets(s3).EnsureAsync([new BucketDefinition(SystemMap.Evidence, [])], _ => bucket, default);
    }

    private async Task<string> PutAsync(string key)
    {
        using var s3 = server.Client();
        return (await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "x", UseChunkEncoding = false })).VersionId;
    }

    private async Task<(List<JsonNode> Told, string? Checkpoint)> ReadAsync(string? checkpoint, Listing? listing = null)
    {
        var told = new List<JsonNode>();
        using var s3 = listing?.Client();
        var notifications = s3 is null ? Notifications() : new S3Notifications(s3, SystemMap.ObjectTriggers, S3Server.Region);
        await foreach (var batch in notifications.ReadAsync(SystemMap.Evidence, bucket, checkpoint, default))
        {
            Assert.All(batch.Notifications, n => Assert.Equal(SystemMap.Ingest, n.Function));
            told.AddRange(batch.Notifications.Select(Record));
            checkpoint = batch.Checkpoint;
        }

        return (told, checkpoint);
    }

    private static JsonNode Record(ObjectNotification notification) => JsonNode.Parse(notification.Payload)!["Records"]![0]!;

    private static string[] Sequencers(IEnumerable<JsonNode> records) => [.. records.Select(r => (string)r["s3"]!["object"]!["sequencer"]!)];

    /// <summary>A bucket whose versions bear the times that a test wants.</summary>
    private sealed class Listing : DelegatingHandler
    {
        private readonly StringBuilder _versions = new();

        public void Add(string key, string version, string time) => _versions.Append(CultureInfo.InvariantCulture,
            $"<Version><Key>{key}</Key><VersionId>{version}</VersionId><IsLatest>true</IsLatest><LastModified>{time}</LastModified><ETag>\"e\"</ETag><Size>1</Size></Version>");

        public Amazon.S3.AmazonS3Client Client() => S3Server.Client(
            new("eu-west-1", new("http://127.0.0.1:9")), new Amazon.Runtime.BasicAWSCredentials("AKIDEXAMPLE", "not-a-real-key"), this);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent($"<ListVersionsResult><IsTruncated>false</IsTruncated>{_versions}</ListVersionsResult>", Encoding.UTF8, "application/xml"),
            });
    }
}
