using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>Reports and questions whose message was lost, as if a queue had dropped it.</summary>
[Collection(SystemCollection.Name)]
public class Sweeping(RunningSystem system)
{
    [SkippableFact]
    public async Task A_report_that_stands_still_is_moved_on()
    {
        var id = await ReportAsync();
        await HoldUpAsync("Reports", id, """{"projected": null}""");
        Assert.Equal("pending", (string?)(await system.GetAsync($"/reports/{id}")).Json["stores"]!["postgres"]);
        Assert.True((int)(await system.SweepAsync())["nudged"]! >= 1);
        await system.SettledAsync(id);
        Assert.Equal(0, (int)(await system.SweepAsync())["given_up"]!);
    }

    [SkippableFact]
    public async Task A_report_that_nothing_moves_fails_and_says_so()
    {
        var id = await ReportAsync();
        await HoldUpAsync("Reports", id, """{"projected": null, "status": "received", "sweeps": 8}""");
        Assert.True((int)(await system.SweepAsync())["given_up"]! >= 1);
        var report = await system.SettledAsync(id);
        Assert.Equal("failed", (string?)report["status"]);
        Assert.Contains("stood still", (string?)report["failure_reason"], StringComparison.Ordinal);
        Assert.Contains($"report {id} of tenant {system.Tenant} is given up", system.Log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_report_that_cannot_be_shown_leaves_the_index_after_the_last_attempt()
    {
        var id = await ReportAsync();
        await HoldUpAsync("Reports", id, """{"projected": null, "sweeps": 8}""");
        Assert.True((int)(await system.SweepAsync())["given_up"]! >= 1);
        await system.SettledAsync(id);
        Assert.Equal(0L, await system.QueryAsync<long>(Indexed, ("id", id)));
    }

    [SkippableFact]
    public async Task A_question_that_stands_still_is_answered()
    {
        var id = await AskAsync();
        await HoldUpAsync("QueryJobs", id, """{"status": "queued", "summary": null, "completed_at": null}""");
        Assert.True((int)(await system.SweepAsync())["nudged"]! >= 1);
        await Eventually.HoldsAsync(
            async () => (string?)(await system.GetAsync($"/queries/{id}")).Json["status"] == "completed", TimeSpan.FromSeconds(30), () => system.Log);
    }

    [SkippableFact]
    public async Task A_question_that_is_worked_on_is_left_alone()
    {
        var id = await AskAsync();
        await HoldUpAsync("QueryJobs", id, """{"status": "running", "lease": {"owner": "another", "until": "2999-01-01T00:00:00.000Z"}}""");
        Assert.True((int)(await system.SweepAsync())["waiting"]! >= 1);
        Assert.Equal("0", await system.QueryAsync<string>("SELECT item ->> 'sweeps' FROM embedded.items WHERE partition_key = @id", ("id", id)));
        await system.TamperAsync("DELETE FROM embedded.items WHERE partition_key = @id", ("id", id));
    }

    [SkippableFact]
    public async Task A_question_that_nothing_moves_fails_and_says_so()
    {
        var id = await AskAsync();
        await HoldUpAsync("QueryJobs", id, """{"status": "queued", "summary": null, "completed_at": null, "sweeps": 8}""");
        Assert.True((int)(await system.SweepAsync())["given_up"]! >= 1);
        var job = (await system.GetAsync($"/queries/{id}")).Json;
        Assert.Equal("failed", (string?)job["status"]);
        Assert.Contains("stood still", (string?)job["failure_reason"], StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("{}", "payload")]
    [InlineData("""{"sweep":{},"reconcile":{}}""", "payload")]
    [InlineData("""{"sweep":{"older":1}}""", "sweep.older")]
    [InlineData("""{"sweep":{"older_than_seconds":"soon"}}""", "sweep.older_than_seconds")]
    [InlineData("""{"clean":{"older_than_seconds":299}}""", "clean.older_than_seconds")]
    [InlineData("""{"reconcile":{"tenant_id":"all"}}""", "reconcile.tenant_id")]
    [InlineData("""{"reconcile":{"tenant_id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","cursor":"rows:x"}}""", "reconcile.cursor")]
    [InlineData("""{"reconcile":{"tenant_id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","cursor":"reports:x"}}""", "reconcile.cursor")]
    public async Task A_payload_that_cannot_be_is_refused_by_field(string payload, string field)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var answer = await system.InvokeAsync("Upkeep", JsonNode.Parse(payload)!);
        Assert.Equal(field, (string?)answer["errors"]?[0]?["field"]);
    }

    private const string Indexed = "SELECT count(*) FROM embedded.index_entries WHERE index_name = 'unfinished-index' AND partition_key = @id";

    private async Task<string> ReportAsync()
    {
        Skip.If(system.Missing is not null, system.Missing);
        return (string)(await system.ReportAsync(RunningSystem.NewReport("Deep pothole on the road")))["incident_id"]!;
    }

    private async Task<string> AskAsync()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var body = new JsonObject { ["domain_id"] = RunningSystem.Domain, ["question"] = "Where are the potholes?", ["wait_seconds"] = 20 };
        return (string)(await system.PostAsync("/queries", body)).Json["query_id"]!;
    }

    /// <summary>Puts an item into a state that it is stuck in: its members are replaced (null takes one away) and no stream tells of it.</summary>
    private async Task HoldUpAsync(string table, string id, string members)
    {
        // A message that is still under way would move it before the sweeper does.
        await system.DoneAsync(id);
        var key = ("id", (object)id);
        Assert.Equal(1, await system.TamperAsync(
            """
            UPDATE embedded.items
            SET item = (item || @members::jsonb) - ARRAY(SELECT key FROM jsonb_each(@members::jsonb) WHERE value = 'null')
            WHERE table_name = @table AND partition_key = @id
            """,
            key, ("table", table), ("members", members)));
        await system.TamperAsync(
            """
            INSERT INTO embedded.index_entries (table_name, index_name, index_partition, index_sort, partition_key, sort_key)
            SELECT table_name, 'unfinished-index', '3', item ->> 'updated_at', partition_key, '' FROM embedded.items WHERE partition_key = @id
            ON CONFLICT DO NOTHING
            """,
            key);
    }
}
