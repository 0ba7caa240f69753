using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

[Collection(SystemCollection.Name)]
public class ReportStory(RunningSystem system)
{
    [SkippableFact]
    public async Task A_report_in_plain_words_becomes_structured_located_and_searchable()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var report = await system.ReportAsync(new()
        {
            ["domain_id"] = RunningSystem.Domain,
            ["text"] = "Huge pothole at 43.6655, -70.2550, my zebrawood tyre burst there yesterday around 7pm",
            ["reported_at"] = "2026-10-07T14:00:00Z",
        });
        Assert.Equal("completed", (string?)report["status"]);
        Assert.Equal("pothole", (string?)report["ingestion_data"]!["entity"]!["category"]);
        Assert.Equal(43.6655, (double)report["location"]!["lat"]!, 3);
        Assert.Equal(-70.2550, (double)report["location"]!["lon"]!, 3);
        Assert.Equal("2026-10-06T23:00:00.000Z", ((DateTimeOffset)report["ingestion_data"]!["temporal"]!["timestamp"]!).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'"));

        var id = (string)report["incident_id"]!;
        var found = (await system.GetAsync("/search?text=zebrawood+tyre&domain_id=civic-complaints")).Json;
        Assert.Equal(id, (string?)found["items"]![0]!["incident_id"]);
        var map = (await system.GetAsync("/data/geo?domain_id=civic-complaints&bbox=-70.2551,43.6654,-70.2549,43.6656")).Json;
        Assert.Contains(map["features"]!.AsArray(), f => (string?)f!["id"] == id);
        var list = (await system.GetAsync("/reports?category=pothole&from=2026-10-07T13:59:00Z&to=2026-10-07T14:01:00Z")).Json;
        Assert.Contains(list["items"]!.AsArray(), i => (string?)i!["incident_id"] == id);
    }

    [SkippableFact]
    public async Task The_same_request_under_the_same_key_makes_one_report()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var key = Guid.NewGuid().ToString();
        var body = RunningSystem.NewReport("Street light out, whole block dark");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => system.PostAsync("/reports", body, idempotencyKey: key)));
        Assert.All(answers, a => Assert.True(a.Status == 202, a.Text));
        Assert.Single(answers.Select(a => (string?)a.Json["incident_id"]).Distinct());

        var other = await system.PostAsync("/reports", RunningSystem.NewReport("Something else"), idempotencyKey: key);
        Assert.Equal(422, other.Status);
        Assert.Equal("Idempotency-Key", other.Field);
    }

    [SkippableFact]
    public async Task A_question_is_answered_with_references_that_exist_and_a_map()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var ids = new List<string?>();
        foreach (var at in new[] { "43.6650, -70.2560", "43.6660, -70.2570" })
        {
            ids.Add((string?)(await system.ReportAsync(RunningSystem.NewReport($"A tapir-shaped sinkhole swallowed the corner at {at}")))["incident_id"]);
        }

        var answer = await system.PostAsync("/queries", new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = "Where is the tapir-shaped sinkhole?",
            ["wait_seconds"] = 25,
        });
        Assert.True(answer.Status == 200, answer.Text + system.Log);
        var job = answer.Json;
        Assert.Equal("completed", (string?)job["status"]);
        Assert.NotEmpty((string)job["summary"]!);
        var references = job["references_used"]!.AsArray().Select(r => (string?)r!["id"]).ToList();
        Assert.Contains(ids[0], references);
        Assert.Contains(ids[1], references);
        foreach (var id in references)
        {
            Assert.Equal(200, (await system.GetAsync($"/reports/{id}")).Status);
        }

        Assert.NotEmpty(job["map_data"]!["features"]!.AsArray());
        Assert.Null(job["execution_log"]);
        Assert.Null(job["job_id"]);
        var told = (await system.GetAsync($"/queries/{job["query_id"]}?include=execution_log")).Json;
        Assert.NotEmpty(told["execution_log"]!.AsArray());
        Assert.Equal("include", (await system.GetAsync($"/queries/{job["query_id"]}?include=everything")).Field);
    }

    [SkippableFact]
    public async Task A_question_that_nothing_bears_on_gets_insufficient_evidence()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await system.ReportAsync(RunningSystem.NewReport("Blocked drain beside the school"));
        var job = (await system.PostAsync("/queries", new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = "How many xylophones were stolen from the orchestra?",
            ["wait_seconds"] = 25,
        })).Json;
        Assert.Contains("nsufficient evidence", (string?)job["summary"], StringComparison.Ordinal);
        Assert.Empty(job["references_used"]!.AsArray());
    }

    [SkippableFact]
    public async Task A_job_that_nobody_waits_for_completes_though_every_function_is_frozen()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await system.ReportAsync(RunningSystem.NewReport("Graffiti on the quarry wall"));
        var accepted = await system.PostAsync("/queries", new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = "Where is graffiti?",
            ["wait_seconds"] = 0,
        });
        Assert.Equal(202, accepted.Status);

        // Not a further call: what happens is read from the table itself.
        await Eventually.HoldsAsync(
            async () => await system.QueryAsync<string>(
                "SELECT item ->> 'status' FROM embedded.items WHERE table_name = 'QueryJobs' AND partition_key = @id",
                ("id", (string)accepted.Json["query_id"]!)) == "completed",
            TimeSpan.FromSeconds(60),
            () => "the job did not complete\n" + system.Log);
    }

    [SkippableFact]
    public async Task A_session_keeps_questions_and_answers_and_is_its_users_alone()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var session = (await system.PostAsync("/sessions", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["title"] = "Morning round" })).Json;
        var id = (string)session["session_id"]!;
        await system.PostAsync("/queries", new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = "What was reported?",
            ["session_id"] = id,
        });
        var messages = (await system.GetAsync($"/sessions/{id}/messages")).Json["items"]!.AsArray();
        Assert.Equal(["user", "assistant"], messages.Select(m => (string?)m!["role"]));
        Assert.Equal(2, (int)(await system.GetAsync($"/sessions/{id}")).Json["message_count"]!);

        var stranger = system.Token(user: Guid.NewGuid());
        Assert.Equal(404, (await system.GetAsync($"/sessions/{id}", stranger)).Status);
        Assert.Equal(404, (await system.SendAsync(HttpMethod.Delete, $"/sessions/{id}", null, stranger)).Status);
        Assert.Equal(200, (await system.SendAsync(HttpMethod.Put, $"/sessions/{id}", """{"title":"Evening round"}""")).Status);
        Assert.Contains((await system.GetAsync("/sessions")).Json["items"]!.AsArray(), s => (string?)s!["title"] == "Evening round");
        Assert.Equal(204, (await system.SendAsync(HttpMethod.Delete, $"/sessions/{id}", null)).Status);
        Assert.Equal(404, (await system.GetAsync($"/sessions/{id}")).Status);
    }
}
