using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Photos;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>What people change of a report once it stands: corrections, management, another run, its end.</summary>
[Collection(SystemCollection.Name)]
public class Changes(RunningSystem system)
{
    private string Manager => system.Token(groups: "manager");

    [SkippableFact]
    public async Task A_correction_outranks_the_playbook_and_its_later_runs()
    {
        var id = await ReportAsync("Huge pothole at 43.6655, -70.2550, my tyre burst there yesterday");
        var patched = await PatchAsync(id, new()
        {
            ["category"] = "flooding",
            ["location"] = new JsonObject { ["lat"] = 43.61, ["lon"] = -70.21 },
            ["time"] = "2026-10-01T10:00:00Z",
            ["ingestion_data"] = new JsonObject { ["entity"] = new JsonObject { ["sentiment"] = null } },
        });
        Assert.True(patched.Status == 200, patched.Text);
        await IsCorrectedAsync(await system.SettledAsync(id));

        var again = await system.PostAsync($"/reports/{id}/reprocess", new JsonObject(), Manager);
        Assert.True(again.Status == 202, again.Text);
        Assert.Equal(2, (int)again.Json["run"]!);
        await IsCorrectedAsync(await system.SettledAsync(id));
    }

    private async Task IsCorrectedAsync(JsonObject report)
    {
        var id = (string)report["incident_id"]!;
        Assert.Equal("flooding", (string?)report["ingestion_data"]!["entity"]!["category"]);
        Assert.Null(report["ingestion_data"]!["entity"]!["sentiment"]);
        Assert.Equal("person", (string?)report["location"]!["source"]);
        Assert.Equal(43.61, (double)report["location"]!["lat"]!);
        var category = report["corrections"]!.AsArray().Single(c => (string?)c!["path"] == "entity.category")!;
        Assert.Equal("pothole", (string?)category["original"]);
        Assert.Equal(system.User.ToString(), (string?)category["by"]);
        var listed = (await system.GetAsync("/reports?category=flooding&limit=100")).Json["items"]!.AsArray();
        Assert.Contains(listed, item => (string?)item!["incident_id"] == id);
        var row = await system.QueryAsync<double>("SELECT ST_Y(location::geometry) FROM incidents WHERE id = @id", ("id", Guid.Parse(id)));
        Assert.Equal(43.61, row, 6);
    }

    [SkippableFact]
    public async Task A_reverted_correction_leaves_what_the_playbook_said()
    {
        var id = await ReportAsync("Deep pothole on the road");
        await PatchAsync(id, new() { ["category"] = "flooding" });
        Assert.Equal(200, (await PatchAsync(id, new() { ["revert"] = new JsonArray("category") })).Status);
        var report = await system.SettledAsync(id);
        Assert.Equal("pothole", (string?)report["ingestion_data"]!["entity"]!["category"]);
        Assert.Null(report["corrections"]);
    }

    [SkippableTheory]
    [InlineData("""{"category":"no-such"}""", "category")]
    [InlineData("""{"location":{"lat":91,"lon":0}}""", "location")]
    [InlineData("""{"location":{"lat":"x","lon":0}}""", "location")]
    [InlineData("""{"time":"soon"}""", "time")]
    [InlineData("""{"ingestion_data":{"nobody":{"a":1}}}""", "ingestion_data.nobody")]
    [InlineData("""{"ingestion_data":{"entity":{"nothing":1}}}""", "ingestion_data.entity.nothing")]
    [InlineData("""{"ingestion_data":{"temporal":{"urgency":"extreme"}}}""", "ingestion_data.temporal.urgency")]
    [InlineData("""{"revert":["category"],"category":"pothole"}""", "revert")]
    [InlineData("""{"colour":"red"}""", "colour")]
    [InlineData("{}", "body")]
    public async Task A_correction_that_cannot_be_is_refused_by_field(string body, string field)
    {
        var id = await ReportAsync("Pothole");
        var answer = await PatchAsync(id, JsonNode.Parse(body)!.AsObject());
        Assert.True(answer.Status == 400, answer.Text);
        Assert.Equal(field, answer.Field);
    }

    [SkippableFact]
    public async Task Management_data_is_merged_under_the_version_that_was_read()
    {
        var id = await ReportAsync("Broken bench");
        Assert.Equal(428, (await PutAsync(id, new() { ["status"] = "in_progress" }, null)).Status);

        var tag = $"\"{(await system.SettledAsync(id))["version"]}\"";
        var merged = await PutAsync(id, new() { ["status"] = "in_progress", ["team"] = "parks" }, tag);
        Assert.True(merged.Status == 200, merged.Text);
        Assert.Equal(412, (await PutAsync(id, new() { ["team"] = "roads" }, tag)).Status);
        var report = await system.SettledAsync(id);
        Assert.Equal("parks", (string?)report["management_data"]!["team"]);
        Assert.Equal("in_progress", (string?)report["management_data"]!["status"]);

        var next = $"\"{report["version"]}\"";
        Assert.Equal("management_data.status", (await PutAsync(id, new() { ["status"] = "gone" }, next)).Field);
        Assert.Equal(200, (await PutAsync(id, new() { ["team"] = null }, next)).Status);
        Assert.Null((await system.SettledAsync(id))["management_data"]!["team"]);
    }

    [SkippableFact]
    public async Task A_deleted_report_is_in_no_store_and_does_not_rise_again()
    {
        var key = Guid.NewGuid().ToString();
        var body = RunningSystem.NewReport("A quokkasized hole in the pavement");
        var id = (string)(await system.PostAsync("/reports", body, idempotencyKey: key)).Json["incident_id"]!;
        await system.SettledAsync(id);
        Assert.Equal(403, (await system.SendAsync(HttpMethod.Delete, $"/reports/{id}", null)).Status);
        Assert.Equal(204, (await system.SendAsync(HttpMethod.Delete, $"/reports/{id}", null, Manager)).Status);
        Assert.Equal(404, (await system.GetAsync($"/reports/{id}")).Status);
        Assert.Equal(404, (await system.SendAsync(HttpMethod.Delete, $"/reports/{id}", null, Manager)).Status);
        Assert.Equal(404, (await system.PostAsync("/reports", body, idempotencyKey: key)).Status);
        await Eventually.HoldsAsync(
            async () => await CountAsync("SELECT count(*) FROM incidents WHERE id = @id", id) == 0
                && await CountAsync("SELECT count(*) FROM embedded.search_documents WHERE id = @id AND NOT deleted", id) == 0,
            TimeSpan.FromSeconds(30),
            () => "the report is still projected\n" + system.Log);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM embedded.search_documents WHERE id = @id AND text_content <> ''", id));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM embedded.items WHERE partition_key = @text AND item::text LIKE '%quokka%'", id));
        Assert.Empty((await system.GetAsync("/search?text=quokkasized&mode=text")).Json["items"]!.AsArray());
    }

    [SkippableFact]
    public async Task A_run_asked_for_before_the_last_one_ended_is_a_run_of_its_own()
    {
        Skip.If(system.Missing is not null, system.Missing);
        string id;
        await using (await StillQueues.HoldAsync(system, "report-changes"))
        {
            id = (string)(await system.PostAsync("/reports", RunningSystem.NewReport("Deep pothole beside the depot"))).Json["incident_id"]!;
            var asked = await system.PostAsync($"/reports/{id}/reprocess", new JsonObject(), Manager);
            Assert.Equal((202, 2), (asked.Status, (int)asked.Json["run"]!));
        }

        await system.SettledAsync(id);
        Assert.Equal("2", await system.QueryAsync<string>("SELECT item ->> 'run' FROM embedded.items WHERE partition_key = @id", ("id", id)));
    }

    [SkippableFact]
    public async Task All_that_match_a_filter_are_run_once_more_page_by_page()
    {
        var words = $"numbat{Guid.NewGuid().ToString("N")[..8]}";
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await ReportAsync($"Pothole {i} beside a {words}"));
        }

        var other = await ReportAsync("Pothole beside nothing");
        Assert.Equal(403, (await system.PostAsync($"/reports/reprocess?domain_id={RunningSystem.Domain}", new JsonObject())).Status);
        Assert.Equal("domain_id", (await system.PostAsync("/reports/reprocess", new JsonObject(), Manager)).Field);
        var (requested, cursor) = (0, "");
        do
        {
            var page = await system.PostAsync($"/reports/reprocess?domain_id={RunningSystem.Domain}&text={words}&limit=2{cursor}", new JsonObject(), Manager);
            Assert.True(page.Status == 202, page.Text);
            requested += (int)page.Json["requested"]!;
            cursor = page.Json["next_cursor"] is { } next ? $"&cursor={Uri.EscapeDataString((string)next!)}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(5, requested);
        foreach (var id in ids)
        {
            await system.SettledAsync(id);
            Assert.Equal("2", await system.QueryAsync<string>("SELECT item ->> 'run' FROM embedded.items WHERE partition_key = @id", ("id", id)));
        }

        Assert.Equal("1", await system.QueryAsync<string>("SELECT item ->> 'run' FROM embedded.items WHERE partition_key = @id", ("id", other)));
    }

    [SkippableFact]
    public async Task A_foreign_report_can_be_neither_read_nor_changed()
    {
        var id = await ReportAsync("Mine alone");
        var foreign = system.Token(system.OtherTenant, groups: "admin");
        Assert.Equal(404, (await system.SendAsync(HttpMethod.Patch, $"/reports/{id}", """{"category":"pothole"}""", foreign)).Status);
        Assert.Equal(404, (await system.SendAsync(HttpMethod.Delete, $"/reports/{id}", null, foreign)).Status);
        Assert.Equal(404, (await system.PostAsync($"/reports/{id}/reprocess", new JsonObject(), foreign)).Status);
        Assert.Equal(200, (await system.GetAsync($"/reports/{id}")).Status);
    }

    private async Task<string> ReportAsync(string text)
    {
        Skip.If(system.Missing is not null, system.Missing);
        return (string)(await system.ReportAsync(RunningSystem.NewReport(text)))["incident_id"]!;
    }

    private Task<Answer> PatchAsync(string id, JsonObject body) => system.SendAsync(HttpMethod.Patch, $"/reports/{id}", body.ToJsonString());

    private Task<Answer> PutAsync(string id, JsonObject data, string? tag) =>
        system.SendAsync(HttpMethod.Put, $"/reports/{id}", new JsonObject { ["management_data"] = data }.ToJsonString(), ifMatch: tag);

    private async Task<long> CountAsync(string sql, string id) => await system.QueryAsync<long>(sql, ("id", Guid.Parse(id)), ("text", id));
}
