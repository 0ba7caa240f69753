using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>Each way in which stores can differ is planted, found by its name and mended; nothing else is touched.</summary>
[Collection(SystemCollection.Name)]
public class Reconciliation(RunningSystem system)
{
    private static Guid? bystander;

    private const string Documents = "embedded.search_documents";

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "missing row", "DELETE FROM incidents WHERE id = @id" },
        { "wrong row", "UPDATE incidents SET raw_text = 'another text' WHERE id = @id" },
        { "wrong row", "UPDATE incidents SET structured_data = structured_data || '{\"entity\": {}}' WHERE id = @id" },
        { "wrong row", "UPDATE incidents SET location = ST_SetSRID(ST_MakePoint(1, 2), 4326)::geography WHERE id = @id" },
        { "wrong row", "UPDATE incidents SET work_status = 'closed' WHERE id = @id" },
        { "wrong row", "UPDATE incidents SET status = 'failed' WHERE id = @id" },
        { "wrong row", "UPDATE incidents SET version = version + 7 WHERE id = @id" },
        { "wrong row", "UPDATE incidents SET version = version - 1 WHERE id = @id" },
        { "wrong row", "DELETE FROM image_evidence WHERE incident_id = @id" },
        { "extra row", $"INSERT INTO incidents (id, {Columns}) SELECT gen_random_uuid(), {Columns} FROM incidents WHERE id = @id" },
        { "missing document", $"DELETE FROM {Documents} WHERE id = @id" },
        { "missing document", $"UPDATE {Documents} SET deleted = true, version = version + 9 WHERE id = @id" },
        { "wrong document", $"UPDATE {Documents} SET text_content = 'another text' WHERE id = @id" },
        { "wrong document", $"UPDATE {Documents} SET version = version + 9 WHERE id = @id" },
        {
            "extra document",
            $"""
            INSERT INTO {Documents} (index_name, tenant_id, id, version, watermark, deleted, domain_id, text_content, text_vector, embedding, created_at)
            SELECT index_name, tenant_id, gen_random_uuid(), version, watermark, deleted, domain_id, text_content, text_vector, embedding, created_at
            FROM {Documents} WHERE id = @id
            """
        },
        { "unfinished report", "UPDATE embedded.items SET item = item - 'projected' WHERE table_name = 'Reports' AND partition_key = @text" },
    };

    private const string Columns =
        "tenant_id, domain_id, raw_text, structured_data, location, created_at, updated_at, created_by, reported_at, version, status, work_status";

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public async Task A_store_that_differs_is_found_and_mended(string kind, string fault)
    {
        var (tenant, id) = await StoryAsync();
        Assert.Equal(1, await system.TamperAsync(fault, ("id", Guid.Parse(id)), ("text", id)));
        // What is there too much is of no report: none is written to mend it.
        await IsFoundAndMendedAsync(tenant, kind.StartsWith("extra", StringComparison.Ordinal) ? null : id, kind);
    }

    [SkippableFact]
    public async Task A_deleted_report_that_rose_is_buried_again()
    {
        var (tenant, id) = await StoryAsync();
        await system.TamperAsync("CREATE TABLE IF NOT EXISTS public.risen AS SELECT * FROM incidents WHERE false");
        await system.TamperAsync("INSERT INTO public.risen SELECT * FROM incidents WHERE id = @id", ("id", Guid.Parse(id)));
        await DeleteAsync(tenant, id);
        await system.AgreeAsync(tenant);
        await system.QuietAsync(id);
        await system.TamperAsync($"INSERT INTO incidents (id, {Columns}) SELECT id, {Columns} FROM public.risen WHERE id = @id", ("id", Guid.Parse(id)));
        await IsFoundAndMendedAsync(tenant, null, "extra row");
        Assert.Equal(0L, await system.QueryAsync<long>("SELECT count(*) FROM incidents WHERE id = @id", ("id", Guid.Parse(id))));
    }

    [SkippableFact]
    public async Task An_object_that_no_report_knows_is_deleted()
    {
        var (tenant, id) = await StoryAsync();
        string[] keys =
        [
            $"{tenant}/{RunningSystem.Domain}/{Guid.NewGuid()}/image_001.jpg", $"{tenant}/{RunningSystem.Domain}/{id}/image_007.jpg",
            $"renditions/{tenant}/{RunningSystem.Domain}/{id}/image_001/0001/display",
        ];
        foreach (var key in keys) await PlantAsync(key, [1, 2, 3]);
        Assert.Equal("3 extra object", await FoundAsync(tenant));
        await system.ReconcileAsync(tenant, fix: true);
        await system.AgreeAsync(tenant);
        Assert.All(keys, key => Assert.False(File.Exists(PathOf(key)), key));
        Assert.Equal("stored", (string?)(await ImageAsync(tenant, id))["status"]);
    }

    [SkippableFact]
    public async Task A_photo_whose_event_was_lost_is_judged()
    {
        var (tenant, _) = await StoryAsync();
        var accepted = await AnnounceAsync(tenant);
        var (id, key) = ((string)accepted["incident_id"]!, (string)accepted["uploads"]![0]!["s3_key"]!);
        await system.AgreeAsync(tenant);
        await PlantAsync(key, await PhotoAsync());
        await IsFoundAndMendedAsync(tenant, null, "unjudged object");
        Assert.Equal("stored", (string?)(await ImageAsync(tenant, id))["status"]);
    }

    [SkippableFact]
    public async Task A_photo_whose_original_is_gone_is_shown_rejected_and_its_rendition_goes_too()
    {
        var (tenant, id) = await StoryAsync();
        File.Delete(Directory.GetFiles(PathOf($"{tenant}/{RunningSystem.Domain}/{id}")).Single());
        await IsFoundAndMendedAsync(tenant, null, "missing object");
        var image = await ImageAsync(tenant, id);
        Assert.Equal(("rejected", "its object is gone"), ((string?)image["status"], (string?)image["reason"]));
        Assert.Empty(Directory.EnumerateFiles(PathOf($"renditions/{tenant}"), "*", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public async Task A_rendition_that_is_gone_is_made_again()
    {
        var (tenant, id) = await StoryAsync();
        File.Delete(Directory.EnumerateFiles(PathOf($"renditions/{tenant}"), "*", SearchOption.AllDirectories).Single());
        await IsFoundAndMendedAsync(tenant, null, "missing object");
        Assert.Equal("stored", (string?)(await ImageAsync(tenant, id))["status"]);
        // An event that comes twice makes it twice.
        await Eventually.HoldsAsync(
            () => Directory.EnumerateFiles(PathOf($"renditions/{tenant}"), "*", SearchOption.AllDirectories).Count() == 1,
            TimeSpan.FromSeconds(20),
            () => system.Log);
    }

    [SkippableFact]
    public async Task Reports_on_their_way_are_no_differences()
    {
        var (tenant, _) = await StoryAsync();
        var token = Token(tenant);
        var sending = Enumerable.Range(0, 20).Select(n => system.PostAsync("/reports", RunningSystem.NewReport($"Pothole number {n}"), token)).ToList();
        do
        {
            Assert.Empty(await system.ReconcileAsync(tenant, fix: true, graceSeconds: 300));
        }
        while (!sending.All(sent => sent.IsCompleted));
        Assert.All(await Task.WhenAll(sending), answer => Assert.Equal(202, answer.Status));
        await system.AgreeAsync(tenant);
        Assert.Equal(22L, await system.QueryAsync<long>("SELECT count(*) FROM incidents WHERE tenant_id = @tenant", ("tenant", tenant)));
    }

    [SkippableFact]
    public async Task The_command_tells_by_its_exit_code_whether_the_stores_agree()
    {
        var (tenant, id) = await StoryAsync();
        string[] command = ["reconcile", "--tenant", tenant.ToString(), "--grace-seconds", "0"];
        var (well, clean) = await system.RunAsync(command);
        Assert.True(well == 0 && clean.Contains("0 differences", StringComparison.Ordinal), clean);
        await system.TamperAsync("DELETE FROM incidents WHERE id = @id", ("id", Guid.Parse(id)));
        var (ill, found) = await system.RunAsync(command);
        Assert.True(ill == 1 && found.Contains("missing row", StringComparison.Ordinal) && found.Contains("1 differences", StringComparison.Ordinal), found);
        var (mended, after) = await system.RunAsync([.. command, "--fix"]);
        Assert.True(mended == 0 && after.TrimEnd().EndsWith("0 differences", StringComparison.Ordinal), after);
    }

    /// <summary>A tenant with a report that has a photo, and one that has none; beside it another one, which nothing is to touch.</summary>
    private async Task<(Guid Tenant, string Incident)> StoryAsync()
    {
        Skip.If(system.Missing is not null, system.Missing);
        bystander ??= (await MakeAsync()).Tenant;
        return await MakeAsync();
    }

    private async Task<(Guid Tenant, string Incident)> MakeAsync()
    {
        var tenant = Guid.NewGuid();
        await system.MakeTenantAsync(tenant);
        var accepted = await AnnounceAsync(tenant);
        await UploadAsync(accepted["uploads"]![0]!, await PhotoAsync());
        Assert.Equal(202, (await system.PostAsync("/reports", RunningSystem.NewReport("Broken bench in the park"), Token(tenant))).Status);
        var id = (string)accepted["incident_id"]!;
        await Eventually.HoldsAsync(async () => (string?)(await ImageAsync(tenant, id))["status"] == "stored", TimeSpan.FromSeconds(60), () => system.Log);
        await system.AgreeAsync(tenant);
        await IsQuietAsync(tenant);
        return (tenant, id);
    }

    /// <summary>No message tells of the tenant's reports any more: a late one would mend what is planted.</summary>
    private Task IsQuietAsync(Guid tenant) =>
        Eventually.HoldsAsync(
            async () => await system.QueryAsync<long>(
                """
                SELECT count(*) FROM incidents i, (SELECT body FROM host.messages UNION ALL SELECT keys::text FROM embedded.changes) told (body)
                WHERE i.tenant_id = @tenant AND position(i.id::text IN told.body) > 0
                """,
                ("tenant", tenant)) == 0,
            TimeSpan.FromSeconds(60),
            () => system.Log);

    /// <param name="changed">The one report that may be written; null where it cannot be told by its version.</param>
    private async Task IsFoundAndMendedAsync(Guid tenant, string? changed, string kind)
    {
        var (others, beside) = (await StateAsync(bystander!.Value, ""), await StateAsync(tenant, changed ?? ""));
        Assert.Equal($"1 {kind}", await FoundAsync(tenant));
        await system.ReconcileAsync(tenant, fix: true);
        await system.AgreeAsync(tenant);
        Assert.Equal(others, await StateAsync(bystander.Value, ""));
        if (changed is not null) Assert.Equal(beside, await StateAsync(tenant, changed));
    }

    private async Task<string> FoundAsync(Guid tenant) =>
        string.Join(", ", (await system.ReconcileAsync(tenant)).Select(found => $"{found.Value} {found.Key}"));

    /// <summary>A digest of a tenant's reports, as they are stored and as they are shown, but for one.</summary>
    private async Task<string?> StateAsync(Guid tenant, string but) =>
        await system.QueryAsync<string>(
            """
            SELECT md5(string_agg(what, '' ORDER BY what)) FROM (
                SELECT item::text AS what FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant AND partition_key <> @but
                UNION ALL SELECT i::text FROM incidents i WHERE tenant_id = @tenant AND id::text <> @but
                UNION ALL SELECT d.id || d.text_content || d.version FROM embedded.search_documents d WHERE tenant_id = @tenant AND id::text <> @but) stored
            """,
            ("tenant", tenant), ("but", but));

    private string Token(Guid tenant) => system.Token(tenant, groups: "manager");

    private async Task<JsonNode> ImageAsync(Guid tenant, string id) => (await system.GetAsync($"/reports/{id}", Token(tenant))).Json["images"]![0]!;

    private async Task DeleteAsync(Guid tenant, string id) =>
        Assert.Equal(204, (await system.SendAsync(HttpMethod.Delete, $"/reports/{id}", null, Token(tenant))).Status);

    private async Task<JsonObject> AnnounceAsync(Guid tenant)
    {
        var body = RunningSystem.NewReport("Deep pothole on the road");
        body["images"] = new JsonArray(new JsonObject { ["file_name"] = "IMG_0001.jpg", ["content_type"] = "image/jpeg", ["size"] = 100_000 });
        var answer = await system.PostAsync("/reports", body, Token(tenant));
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json;
    }

    private static Task<byte[]> PhotoAsync() =>
        File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(RunningSystem.Root, "samples", RunningSystem.Domain, "photos"), "*.jpg").Order().First());

    private string PathOf(string key) => Path.Combine(system.Objects, "evidence", key);

    /// <summary>Puts an object where it lies, without an event.</summary>
    private async Task PlantAsync(string key, byte[] content)
    {
        var description = Path.Combine(system.Objects, ".meta", "evidence", key + ".json");
        foreach (var path in new[] { PathOf(key), description }) Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var meta = new JsonObject { ["content_type"] = "image/jpeg", ["size"] = content.Length, ["etag"] = "0", ["created_at"] = "2026-01-01T00:00:00Z" };
        await File.WriteAllTextAsync(description, meta.ToJsonString());
        await File.WriteAllBytesAsync(PathOf(key), content);
    }

    private static async Task UploadAsync(JsonNode upload, byte[] file)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in upload["fields"]!.AsObject()) form.Add(new StringContent((string)value!), $"\"{name}\"");
        form.Add(new ByteArrayContent(file), "\"file\"", "\"IMG_0001.jpg\"");
        using var client = new HttpClient();
        using var response = await client.PostAsync((string)upload["url"]!, form);
        Assert.Equal(204, (int)response.StatusCode);
    }
}
