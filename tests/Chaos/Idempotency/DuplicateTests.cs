using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Idempotency;

/// <summary>The same request many times at once is one request.</summary>
[Collection(SystemCollection.Name)]
public sealed class DuplicateTests(RunningSystem system)
{
    private const int Connections = 100;

    [SkippableFact]
    public async Task Concurrent_duplicates_are_executed_once_and_all_get_the_same_answer()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var (keys, duplicates) = (ProofSize.Of(small: 20, full: 1000), ProofSize.Of(small: 20, full: 100));
        var tenant = Guid.NewGuid();
        await system.MakeTenantAsync(tenant);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) };
        var repeats = 0;
        for (var key = 0; key < keys; key++)
        {
            var request = Request(key);
            var answers = await Task.WhenAll(Enumerable.Range(0, duplicates).Select(_ => AskAsync(http, request, tenant, $"key-{key}")));
            Assert.Single(answers.Select(answer => answer.Same).Distinct());
            repeats += answers.Sum(answer => answer.Repeats);
        }

        Assert.Equal((keys + 1) / 2, await CountAsync("Reports", tenant));
        Assert.Equal(keys / 2, await CountAsync("QueryJobs", tenant));
        await ExecutedOnceAsync(tenant, keys / 2);
        await Found.SayAsync($"{keys} requests x {duplicates} at once: one execution and one answer each, {repeats} told to come again");
    }

    private static (string Path, string Body) Request(int key) => key % 2 == 0
        ? ("/reports", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["text"] = $"Pothole number {key} on Tinsmith Street" }.ToJsonString())
        : ("/queries", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["question"] = $"Where is pothole number {key}?", ["wait_seconds"] = key % 4 == 1 ? 0 : 10 }.ToJsonString());

    /// <returns>What must be the same in every answer, and how often the client was told to come again.</returns>
    private async Task<(string Same, int Repeats)> AskAsync(HttpClient http, (string Path, string Body) asked, Guid tenant, string key)
    {
        for (var repeats = 0; ; repeats++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, system.Url + asked.Path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", system.Token(tenant));
            request.Headers.Add("Idempotency-Key", key);
            request.Content = new StringContent(asked.Body, Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode) return (Same(JsonNode.Parse(text)!.AsObject()), repeats);
            Assert.True((int)response.StatusCode is 409 or 429 or 503 && response.Headers.RetryAfter?.Delta is not null, $"{response.StatusCode} {text}");
            await Task.Delay(response.Headers.RetryAfter!.Delta!.Value);
        }
    }

    /// <summary>An accepted report but for its grants; of a question what does not move on with its job.</summary>
    private static string Same(JsonObject answer) => answer.ContainsKey("incident_id")
        ? $"{answer["incident_id"]} {answer["status"]}"
        : $"{answer["query_id"]} {answer["question"]} {answer["created_at"]}";

    /// <summary>No job was begun twice; those that nobody waited for are worked on by their queue.</summary>
    private async Task ExecutedOnceAsync(Guid tenant, long jobs)
    {
        const string Done = """
            SELECT count(*) FROM embedded.items
            WHERE table_name = 'QueryJobs' AND tenant_id = @tenant AND item ->> 'status' = 'completed' AND (item ->> 'attempts')::int = 1
            """;
        long done = 0;
        await Eventually.HoldsAsync(
            async () => (done = await system.QueryAsync<long>(Done, ("tenant", tenant))) == jobs,
            TimeSpan.FromMinutes(ProofSize.Of(small: 1, full: 10)),
            () => $"{done} of {jobs} questions were answered in one attempt\n{system.Log}");
    }

    private Task<long> CountAsync(string table, Guid tenant) => system.QueryAsync<long>(
        "SELECT count(*) FROM embedded.items WHERE table_name = @table AND tenant_id = @tenant", ("table", table), ("tenant", tenant));
}
