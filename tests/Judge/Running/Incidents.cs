using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.S3;
using DomainFlow.Aws.Objects;
using DomainFlow.Aws.Tables;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Storage;
using DomainFlow.EndToEnd.Tests.Photos;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;
using DomainFlow.Unit.Tests.Photos;

namespace DomainFlow.Judge.Tests.Running;

/// <summary>
/// What a demo does not show and a system must be allowed to meet: photos of every format, objects that are lost or belong to nobody, items too
/// large for DynamoDB, a job that stands still, values that go away while they are read. What befalls the stores goes past the recording.
/// </summary>
internal sealed class Incidents : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>Longer than a message needs to find it, shorter than until the message comes again.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private readonly RunningSystem system;
    private readonly AmazonS3Client s3;
    private readonly AmazonDynamoDBClient dynamo;
    private readonly DynamoTables tables;

    public Incidents(RunningSystem system)
    {
        this.system = system;
        (s3, dynamo) = (system.Aws!.S3Client(), system.Aws.DynamoDbClient());
        tables = new DynamoTables(
            dynamo, SystemMap.Tables.ToDictionary(table => table.Name, table => table.Name), TimeProvider.System,
            new LargeValues(new S3Objects(s3, system.Aws.Credentials, AwsServers.Region, TimeProvider.System), SystemMap.Evidence));
    }

    public void Dispose()
    {
        s3.Dispose();
        dynamo.Dispose();
    }

    public async Task BefallAsync()
    {
        var reports = await PhotosAsync();
        await LostAndFoundAsync(photo: reports[0], whole: reports[1]);
        await LargeReportAsync(reports[2]);
        await LargeJobAsync();
        await LargeMessageAsync();
    }

    /// <summary>A report for each format of photos.</summary>
    private async Task<IReadOnlyList<string>> PhotosAsync()
    {
        var reports = new List<string>();
        foreach (var type in new[] { "image/jpeg", "image/png", "image/webp", "image/heic" })
        {
            var announced = await PhotoClient.AnnounceAsync(system, system.Token(), $"A pothole on Mill Street, photo as {type}.", 1, type);
            var (status, body) = await PhotoClient.UploadAsync(announced["uploads"]![0]!, TestPhotos.Of(type));
            Assert.True(status is 200 or 204, body);
            reports.Add((string)announced["incident_id"]!);
            await system.SettledAsync(reports[^1], shown => (string?)shown["images"]![0]!["status"] == "stored");
        }

        return reports;
    }

    /// <summary>A rendition is lost, a whole report is, and an object belongs to nobody: reconcile mends it all.</summary>
    private async Task LostAndFoundAsync(string photo, string whole)
    {
        var stored = (await new ReportBook(tables).FindAsync(Guid.Parse(photo), system.Tenant, default))!;
        await RemoveAsync(stored.Images[0].RenditionKey!);
        Assert.True(await tables.WriteAsync(new TableWrite.Delete(Tables.Reports, new(whole), WriteCondition.None), system.Tenant, default));
        await s3.PutObjectAsync(new() { BucketName = SystemMap.Evidence, Key = $"{system.Tenant}/{RunningSystem.Domain}/{Guid.NewGuid()}/note.txt", ContentBody = "nobody's" });
        var found = await ReconcileAsync(fix: true);
        Assert.True((int)found["differences"]! >= 4, found.ToJsonString());
        await Eventually.HoldsAsync(
            async () => (int)(found = await ReconcileAsync(fix: false))["differences"]! + (int)found["pending"]! == 0, Bound, () => found.ToJsonString() + system.Log);
        var cleaned = await system.InvokeAsync(SystemMap.Upkeep, new JsonObject { ["clean"] = new JsonObject() });
        Assert.True((bool?)cleaned["complete"], cleaned.ToJsonString());
    }

    /// <summary>Agents said more than an item can hold; a person corrects it all the same, and then the values go away under their readers.</summary>
    private async Task LargeReportAsync(string incident)
    {
        var book = new ReportBook(tables);
        var report = (await book.FindAsync(Guid.Parse(incident), system.Tenant, default))!;
        var talkative = report.Changed(TimeProvider.System.GetUtcNow()) with { ExecutionLog = [.. report.ExecutionLog, Talk()] };
        Assert.True(await book.SaveAsync(talkative, report.Version, default));
        await system.SettledAsync(incident);
        var corrected = await system.SendAsync(HttpMethod.Patch, $"/reports/{incident}", """{"location":{"lat":47.5,"lon":8.5}}""");
        Assert.True(corrected.Status == 200, corrected.Text);
        await system.SettledAsync(incident);

        await LoseValuesAsync(Tables.Reports, incident, $"/reports/{incident}");
        var payload = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RunningSystem.Root, "tests", "Payloads", "sqs-report-changes.json")))!;
        payload["Records"]!.AsArray().RemoveAt(1);
        payload["Records"]![0]!["body"] = new JsonObject { ["table"] = Tables.Reports, ["keys"] = new JsonObject { ["incident_id"] = incident }, ["event"] = "MODIFY" }.ToJsonString();
        Assert.Single((await system.InvokeAsync(SystemMap.Synthesis, payload))["batchItemFailures"]!.AsArray());
    }

    /// <summary>A question is sent twice. Its job grows such a log, and its worker dies: it is swept once the lease has ended, and taken over.</summary>
    private async Task LargeJobAsync()
    {
        var question = new JsonObject { ["domain_id"] = RunningSystem.Domain, ["question"] = "Which potholes are there?", ["wait_seconds"] = 20 };
        var key = $"{Guid.NewGuid()}";
        var id = (string)(await system.PostAsync("/queries", question, idempotencyKey: key)).Json["query_id"]!;
        Assert.Equal(id, (string?)(await system.PostAsync("/queries", question, idempotencyKey: key)).Json["query_id"]);

        // Its queue may be faster than the sweep: then the worker dies again.
        await Eventually.HoldsAsync(() => DieAndSweepAsync(Guid.Parse(id)), Bound, () => system.Log);
        await CompletedAsync(id);

        var book = new QueryJobBook(tables);
        var job = (await book.FindAsync(Guid.Parse(id), system.Tenant, default))!;
        Assert.True(await book.SaveAsync(job.Changed(TimeProvider.System.GetUtcNow()) with { ExecutionLog = [Talk()] }, job.Version, default));
        await LoseValuesAsync(Tables.QueryJobs, id, $"/queries/{id}");
    }

    /// <summary>A message whose values go away while the session is read.</summary>
    private async Task LargeMessageAsync()
    {
        var opened = await system.PostAsync("/sessions", new JsonObject { ["domain_id"] = RunningSystem.Domain });
        var session = (string)opened.Json["session_id"]!;
        var now = TimeProvider.System.GetUtcNow();
        var message = new SessionMessage
        {
            MessageId = Guid.CreateVersion7(now),
            SessionId = Guid.Parse(session),
            TenantId = system.Tenant,
            Role = "assistant",
            Content = new string('x', LargeValues.MaxInlineBytes),
            Timestamp = now,
            ExpiresAt = (now + SessionBook.Lifetime).ToUnixTimeSeconds(),
        };
        var item = JsonSerializer.SerializeToNode(message, DomainJson.Default.SessionMessage)!.AsObject();
        Assert.True(await tables.WriteAsync(new TableWrite.Put(Tables.Messages, item, WriteCondition.IfAbsent), system.Tenant, default));
        await LoseValuesAsync(Tables.Messages, message.MessageId.ToString(), $"/sessions/{session}/messages");
    }

    private async Task<bool> DieAndSweepAsync(Guid id)
    {
        await CompletedAsync(id.ToString());
        var book = new QueryJobBook(tables);
        var job = (await book.FindAsync(id, system.Tenant, default))!;
        var now = TimeProvider.System.GetUtcNow();
        var died = job.Changed(now) with { Status = QueryJob.Running, Stage = QueryJob.Answering, Lease = new("who died", now + Lease), Attempts = 1, ExecutionLog = [Talk()] };
        Assert.True(await book.SaveAsync(died, job.Version, default));
        var isSwept = false;
        await Eventually.HoldsAsync(
            async () =>
            {
                var swept = await system.InvokeAsync(SystemMap.Upkeep, new JsonObject { ["sweep"] = new JsonObject { ["older_than_seconds"] = 0 } });
                isSwept = (int)swept["nudged"]! > 0;
                return isSwept || await book.FindAsync(id, system.Tenant, default) is null or { IsFinished: true };
            },
            Bound,
            () => system.Log);
        return isSwept;
    }

    private Task CompletedAsync(string id) => Eventually.HoldsAsync(
        async () => (string?)(await system.GetAsync($"/queries/{id}")).Json["status"] == "completed", Bound, () => system.Log);

    private async Task<JsonNode> ReconcileAsync(bool fix) => await system.InvokeAsync(
        SystemMap.Upkeep, new JsonObject { ["reconcile"] = new JsonObject { ["tenant_id"] = system.Tenant.ToString(), ["fix"] = fix, ["grace_seconds"] = 0 } });

    /// <summary>Takes an item's large values away until whoever reads it fails: a late write may bring them back.</summary>
    private Task LoseValuesAsync(string table, string key, string path) => Eventually.HoldsAsync(
        async () =>
        {
            foreach (var prefix in new[] { LargeValues.Prefix, LargeValues.ExpiringPrefix })
            {
                var found = await s3.ListObjectsV2Async(new() { BucketName = SystemMap.Evidence, Prefix = $"{prefix}{system.Tenant}/{table}/{key}/" });
                foreach (var values in found.S3Objects ?? []) await RemoveAsync(values.Key);
            }

            return (await system.GetAsync(path)).Status >= 500;
        },
        Bound,
        () => system.Log);

    private async Task RemoveAsync(string key)
    {
        var versions = await s3.ListVersionsAsync(new Amazon.S3.Model.ListVersionsRequest { BucketName = SystemMap.Evidence, Prefix = key });
        foreach (var version in versions.Versions) await s3.DeleteObjectAsync(new() { BucketName = SystemMap.Evidence, Key = version.Key, VersionId = version.VersionId });
    }

    /// <summary>What an agent says that makes its item too large.</summary>
    private static ExecutionLogEntry Talk() =>
        new("talkative", 1, "ok", TimeProvider.System.GetUtcNow(), 1, 0, 0, Output: new JsonObject { ["text"] = new string('x', LargeValues.MaxInlineBytes) });
}
