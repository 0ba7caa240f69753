using System.Text.Json.Nodes;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Unit.Tests.Photos;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace DomainFlow.EndToEnd.Tests.Photos;

/// <summary>Photos by the thousand. ./test plays them small; ./verify photos and ./verify events at their full number, with --aws at a tenth.</summary>
[Collection(SystemCollection.Name)]
public sealed class PhotoProofs(RunningSystem system, ITestOutputHelper output) : IAsyncDisposable
{
    private const int PhotosOfAReport = 10;

    /// <summary>Events of this test's photos; other classes share the system.</summary>
    private const string Told = "queue = 'async:Ingest' AND (position(@tenant IN body) > 0 OR position(@failing IN body) > 0)";

    private static readonly TimeSpan Limit = ProofSize.Full ? TimeSpan.FromMinutes(8) : TimeSpan.FromSeconds(90);

    private readonly Guid tenant = Guid.NewGuid();
    private readonly Guid failing = Guid.NewGuid();

    private (string Name, object Value)[] Tenants => [("tenant", tenant.ToString()), ("failing", failing.ToString())];

    /// <summary>Kept open: thousands of reports are looked at.</summary>
    private readonly Lazy<NpgsqlDataSource> database = new(() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Database) { Pooling = true }));

    private readonly Lazy<StoredObjects> objects = new(() => new StoredObjects(system));

    [SkippableFact]
    public async Task Photos_that_come_while_the_queues_stand_still_end_where_their_reports_are()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var third = ProofSize.Of(small: 1, full: 33);
        await system.MakeTenantAsync(tenant);
        await system.MakeTenantAsync(failing);
        var failed = await AnnounceAsync(failing, third);
        await system.QueryAsync<int>("DELETE FROM domain_configurations WHERE tenant_id = @t", ("t", failing));
        await ReprocessUntilFailedAsync(failed);

        List<Announced> pending, deleted;
        await using (await StillQueues.HoldAsync(system, "report-changes", "async:Ingest"))
        {
            pending = await AnnounceAsync(tenant, ProofSize.Of(small: 1, full: 34, tenth: 4));
            deleted = await AnnounceAsync(tenant, third);
            await DeleteAsync(deleted.Where((_, i) => i % 2 == 0));
            await UploadAsync([.. pending, .. failed, .. deleted]);
            await DeleteAsync(deleted.Where((_, i) => i % 2 == 1));
            var photos = (pending.Count + failed.Count + deleted.Count) * PhotosOfAReport;
            await WaitUntilToldAsync(photos);
            Assert.Equal(0L, await system.QueryAsync<long>("SELECT count(*) FROM embedded.items WHERE tenant_id = @t AND item ->> 'status' = 'completed'", ("t", tenant)));
            output.WriteLine($"{photos} photos of {pending.Count} pending, {failed.Count} failed and {deleted.Count} deleted reports");
        }

        await QuietAsync((tenant, pending.Count), (failing, failed.Count));
        foreach (var report in pending) await IsWholeAsync(report, "completed");
        foreach (var report in failed) await IsWholeAsync(report, "failed");
        foreach (var report in deleted) await IsGoneAsync(report);
        Assert.Equal(pending.Count * PhotosOfAReport * 2, await ObjectsOfAsync(tenant));
        Assert.Equal(failed.Count * PhotosOfAReport * 2, await ObjectsOfAsync(failing));
        await Found.SayAsync($"{pending.Count} pending, {failed.Count} failed and {deleted.Count} deleted reports of {PhotosOfAReport} photos: exact counts, one place in all stores");
    }

    [SkippableFact]
    public async Task Events_of_the_object_store_twice_and_shuffled_give_one_image_each()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await system.MakeTenantAsync(tenant);
        var reports = await AnnounceAsync(tenant, ProofSize.Of(small: 6, full: 1000));
        var events = system.Aws is null ? await PlacedAsync(reports) : await ToldAsync(reports);
        var random = new Random(3);
        var sent = events.Concat(events.Where(_ => random.Next(10) < 3)).OrderBy(_ => random.Next()).ToList();
        await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (told, _) => await system.InvokeAsync("Ingest", told.DeepClone()));
        output.WriteLine($"{sent.Count} events of {events.Count} photos");

        await QuietAsync((tenant, reports.Count));
        foreach (var report in reports)
        {
            // Its first version, one for its run, one for each photo: what came twice made none.
            Assert.Equal(2L + PhotosOfAReport, await IsWholeAsync(report, "completed"));
        }

        Assert.Equal((long)events.Count, await system.QueryAsync<long>("SELECT count(*) FROM image_evidence WHERE tenant_id = @t", ("t", tenant)));
        Assert.Equal(events.Count * 2, await ObjectsOfAsync(tenant));
        await Found.SayAsync($"{sent.Count} events of {events.Count} photos: one image each");
    }

    /// <summary>Places the photos where nobody tells of them.</summary>
    /// <returns>The events that the store would have sent.</returns>
    private async Task<List<JsonNode>> PlacedAsync(List<Announced> reports)
    {
        var events = new List<JsonNode>();
        foreach (var report in reports)
            foreach (var (key, i) in report.Keys.Select((key, i) => (key, i))) events.Add(await PlaceAsync(key, report.Photo(i)));
        return events;
    }

    /// <summary>Places the photos where the host tells of them.</summary>
    /// <returns>Its events, taken out of the queue.</returns>
    private async Task<List<JsonNode>> ToldAsync(List<Announced> reports)
    {
        await using var held = await StillQueues.HoldAsync(system, "async:Ingest");
        foreach (var report in reports)
            foreach (var (key, i) in report.Keys.Select((key, i) => (key, i))) await objects.Value.PlaceAsync(key, report.Photo(i));
        await WaitUntilToldAsync(reports.Count * PhotosOfAReport);
        var bodies = await system.QueryAsync<string[]>($"WITH taken AS (DELETE FROM host.messages WHERE {Told} RETURNING body) SELECT array_agg(body) FROM taken", Tenants);
        return [.. bodies!.Select(body => JsonNode.Parse(body)!)];
    }

    /// <summary>Until so many events of this test's photos wait for Ingest.</summary>
    private Task WaitUntilToldAsync(int photos) => Eventually.HoldsAsync(
        async () => await system.QueryAsync<long>($"SELECT count(*) FROM host.messages WHERE {Told}", Tenants) == photos,
        Limit, () => "the uploads are not told\n" + system.Log);

    public ValueTask DisposeAsync()
    {
        if (objects.IsValueCreated) objects.Value.Dispose();
        return database.IsValueCreated ? database.Value.DisposeAsync() : ValueTask.CompletedTask;
    }

    private async Task<List<Announced>> AnnounceAsync(Guid owner, int count)
    {
        var token = system.Token(owner, groups: "manager");
        var reports = new List<Announced>();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(8))
        {
            var answers = await Task.WhenAll(chunk.Select(i => PhotoClient.AnnounceAsync(system, token, $"The thing in picture {i} is broken", PhotosOfAReport)));
            reports.AddRange(answers.Select((answer, i) => new Announced(owner, (uint)chunk[i], answer)));
        }

        return reports;
    }

    /// <summary>Their domain is gone: another run fails.</summary>
    private async Task ReprocessUntilFailedAsync(List<Announced> reports)
    {
        foreach (var report in reports)
        {
            await system.SendAsync(HttpMethod.Post, $"/reports/{report.Id}/reprocess", "{}", system.Token(failing, groups: "manager"));
            await Eventually.HoldsAsync(
                async () => await system.QueryAsync<string>(
                    "SELECT item ->> 'status' FROM embedded.items WHERE table_name = 'Reports' AND partition_key = @id", ("id", report.Id)) == "failed",
                TimeSpan.FromSeconds(30), () => $"report {report.Id} did not fail\n{system.Log}");
        }
    }

    private async Task DeleteAsync(IEnumerable<Announced> reports)
    {
        foreach (var report in reports)
        {
            var answer = await system.SendAsync(HttpMethod.Delete, $"/reports/{report.Id}", null, system.Token(tenant, groups: "manager"));
            Assert.True(answer.Status == 204, answer.Text);
        }
    }

    private static async Task UploadAsync(List<Announced> reports)
    {
        var random = new Random(2);
        var uploads = reports.SelectMany(report => report.Uploads.Select((upload, i) => (upload, Photo: report.Photo(i)))).OrderBy(_ => random.Next());
        await Parallel.ForEachAsync(uploads, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (next, _) =>
            Assert.Equal((204, ""), await PhotoClient.UploadAsync(next.upload, next.Photo)));
    }

    /// <summary>Each kept report has its originals and renditions, nothing waits in any queue, and nothing went to the dead letters.</summary>
    private async Task QuietAsync(params (Guid Tenant, int Reports)[] kept)
    {
        await Eventually.HoldsAsync(
            async () => await IsQuietAsync(kept), Limit, () => "the queues are not empty\n" + system.Log);
        Assert.Equal(0L, await system.QueryAsync<long>("SELECT count(*) FROM host.dead_letters WHERE body LIKE '%' || @t || '%'", ("t", tenant.ToString())));
    }

    private async Task<bool> IsQuietAsync((Guid Tenant, int Reports)[] kept)
    {
        if (await system.QueryAsync<long>("SELECT (SELECT count(*) FROM host.messages) + (SELECT count(*) FROM embedded.changes)") != 0) return false;
        if (system.Aws is null) return Directory.GetFiles(Path.Combine(system.Objects, ".events")).Length == 0;

        // A server without a queue of events: what is still to come is seen by what is not there yet.
        foreach (var (owner, reports) in kept)
            if (await ObjectsOfAsync(owner) != reports * PhotosOfAReport * 2) return false;
        return await system.QueryAsync<long>("SELECT count(*) FROM embedded.index_entries WHERE index_name = 'unfinished-index'") == 0;
    }

    /// <summary>The report, PostgreSQL, search and the object store hold the same photos and the place of the first.</summary>
    /// <returns>Its version.</returns>
    private async Task<long> IsWholeAsync(Announced report, string status)
    {
        var item = (await system.GetAsync($"/reports/{report.Id}", system.Token(report.Tenant))).Json;
        Assert.Equal((status, "projected"), ((string?)item["status"], (string?)item["stores"]!["search"]));
        Assert.All(item["images"]!.AsArray(), image => Assert.True((string?)image!["status"] == "stored" && image["url"] is not null, image.ToJsonString()));
        Assert.Equal("exif", (string?)item["location"]!["source"]);
        Assert.Equal(report.Longitude, (double)item["location"]!["lon"]!, 9);
        var (longitude, keys, searched) = await ProjectedAsync(report);
        Assert.Equal(report.Longitude, longitude, 9);
        Assert.Equal(report.Keys.Order(StringComparer.Ordinal), keys);
        var version = (long)item["version"]!;
        Assert.Equal(version, searched);
        foreach (var key in report.Keys) Assert.Single(await objects.Value.KeysAsync($"renditions/{Path.ChangeExtension(key, null)}/"));
        return version;
    }

    private async Task<(double Longitude, string[] Keys, long Searched)> ProjectedAsync(Announced report)
    {
        await system.MirrorAsync();
        await using var command = database.Value.CreateCommand("""
            SELECT ST_X(location::geometry),
                (SELECT array_agg(s3_key ORDER BY s3_key) FROM image_evidence WHERE tenant_id = @t AND incident_id = @id),
                (SELECT version FROM embedded.search_documents WHERE tenant_id = @t AND id = @id AND NOT deleted)
            FROM incidents WHERE tenant_id = @t AND id = @id
            """);
        command.Parameters.AddWithValue("t", report.Tenant);
        command.Parameters.AddWithValue("id", Guid.Parse(report.Id));
        await using var rows = await command.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync(), $"report {report.Id} is in no row");
        return (rows.GetDouble(0), rows.GetFieldValue<string[]>(1), rows.GetInt64(2));
    }

    private async Task IsGoneAsync(Announced report)
    {
        Assert.Equal(404, (await system.GetAsync($"/reports/{report.Id}", system.Token(tenant))).Status);
        Assert.Equal(0L, await system.QueryAsync<long>(
            "SELECT (SELECT count(*) FROM incidents WHERE tenant_id = @t AND id = @id) + (SELECT count(*) FROM image_evidence WHERE tenant_id = @t AND incident_id = @id)"
            + " + (SELECT count(*) FROM embedded.search_documents WHERE tenant_id = @t AND id = @id AND NOT deleted)",
            ("t", report.Tenant), ("id", Guid.Parse(report.Id))));
    }

    /// <summary>Originals and renditions.</summary>
    private async Task<int> ObjectsOfAsync(Guid owner) =>
        (await objects.Value.KeysAsync($"{owner}/")).Count + (await objects.Value.KeysAsync($"renditions/{owner}/")).Count;

    /// <summary>Puts a photo into the store by its back door and gives the event that the store would have sent.</summary>
    private async Task<JsonObject> PlaceAsync(string key, byte[] photo)
    {
        var version = await objects.Value.PlaceAsync(key, photo);
        var stored = new JsonObject { ["key"] = key, ["size"] = photo.Length, ["versionId"] = version, ["sequencer"] = version + "0000" };
        return new()
        {
            ["Records"] = new JsonArray(new JsonObject
            {
                ["eventSource"] = "aws:s3",
                ["eventName"] = "ObjectCreated:Post",
                ["s3"] = new JsonObject { ["bucket"] = new JsonObject { ["name"] = "evidence" }, ["object"] = stored },
            }),
        };
    }

    /// <summary>A report with its grants. Its photos lie beside each other, and those of another report a little further to the east.</summary>
    private sealed record Announced(Guid Tenant, uint Number, JsonObject Answer)
    {
        public string Id => (string)Answer["incident_id"]!;

        public IReadOnlyList<JsonNode> Uploads { get; } = [.. Answer["uploads"]!.AsArray().Select(upload => upload!)];

        public IEnumerable<string> Keys => Uploads.Select(upload => (string)upload["s3_key"]!);

        /// <summary>Of the first photo.</summary>
        public double Longitude => -(70 + (15 / 60d) + ((1800 - East(0)) / 100d / 3600));

        public byte[] Photo(int index) => TestPhotos.Jpeg(east: East(index));

        private uint East(int index) => ((Number % 150) * 11) + (uint)index;
    }
}
