using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>What a hostile or an unlucky client sends, and stores that went away for a moment.</summary>
[Collection(SystemCollection.Name)]
public class EdgeCases(RunningSystem system)
{
    public static TheoryData<string, string> Bodies() => new()
    {
        { """{"domain_id":"civic-complaints","text":"x","location":{"lat":43.6}}""", "location" },
        { """{"domain_id":"civic-complaints","text":"x","location":{}}""", "location" },
        { """{"domain_id":"civic-complaints","text":"x","labels":{"a":"\u0000"}}""", "labels" },
        { """{"domain_id":"civic-complaints","text":"x","labels":{"a":"\ud800"}}""", "labels" },
        { """{"domain_id":"civic-complaints","text":"x","labels":{"a":1e999999}}""", "labels" },
        { """{"domain_id":"civic\u0000complaints","text":"x"}""", "domain_id" },
        { """{"domain_id":"civic-complaints","text":"since yesterday","reported_at":"0001-01-01T00:00:00Z"}""", "reported_at" },
    };

    [SkippableTheory]
    [MemberData(nameof(Bodies))]
    public async Task A_report_that_no_store_can_keep_is_refused_by_field(string body, string field)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var answer = await system.SendAsync(HttpMethod.Post, "/reports", body);
        Assert.True(answer.Status == 400, answer.Text);
        Assert.Equal(field, answer.Field);
    }

    [SkippableTheory]
    [InlineData("P06", -70.2598, 43.6599, true)]
    [InlineData("far", 12.5, 13.75, true)]
    [InlineData("near", 43.6599, -70.2598, false)]
    public async Task A_location_far_from_every_place_is_taken_with_a_warning(string row, double lat, double lon, bool isWarned)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var body = new JsonObject { ["domain_id"] = RunningSystem.Domain, ["text"] = row, ["location"] = new JsonObject { ["lat"] = lat, ["lon"] = lon } };
        var answer = await system.SendAsync(HttpMethod.Post, "/reports", body.ToJsonString());
        Assert.Equal((202, isWarned ? "location" : null), (answer.Status, (string?)answer.Json["warnings"]?[0]?["field"]));
    }

    [SkippableTheory]
    [InlineData("/reports?domain_id=%00", "domain_id")]
    [InlineData("/reports?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("/search?text=%20&mode=text", "text")]
    [InlineData("/data/geo?bbox=-180,-90,180,90&category=%00", "category")]
    public async Task A_parameter_that_cannot_be_is_refused_by_name(string path, string field)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var answer = await system.GetAsync(path);
        Assert.True(answer.Status == 400, answer.Text);
        Assert.Equal(field, answer.Field);
    }

    [SkippableFact]
    public async Task A_hundred_requests_at_once_under_one_key_make_one_report()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var key = Guid.NewGuid().ToString();
        var body = RunningSystem.NewReport("A hundred hands at one doorbell " + key);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => system.PostAsync("/reports", body, idempotencyKey: key)));
        Assert.All(answers, a => Assert.True(a.Status is 202 or 429, a.Text));
        Assert.Single(answers.Where(a => a.Status == 202).Select(a => (string?)a.Json["incident_id"]).Distinct());
        Assert.Equal(1L, await system.QueryAsync<long>(
            "SELECT count(*) FROM embedded.items WHERE table_name = 'Reports' AND item ->> 'raw_text' = @text", ("text", (string)body["text"]!)));
    }

    [SkippableFact]
    public async Task A_report_of_somebody_with_an_endless_address_is_completed()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var token = system.Token(user: Guid.NewGuid(), email: new string('a', 300) + "@city.example");
        var accepted = await system.PostAsync("/reports", RunningSystem.NewReport("Broken bench"), token);
        Assert.Equal("completed", (string?)(await system.SettledAsync((string)accepted.Json["incident_id"]!))["status"]);
    }

    [SkippableFact]
    public async Task A_report_that_PostgreSQL_refuses_is_failed_with_the_reason()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await ExecuteAsync("ALTER TABLE public.incidents ADD CONSTRAINT no_zebras CHECK (raw_text NOT LIKE '%zebra crossing%') NOT VALID");
        try
        {
            var accepted = await system.PostAsync("/reports", RunningSystem.NewReport("The zebra crossing has faded"));
            JsonObject report = [];
            await Eventually.HoldsAsync(
                async () => (string?)(report = (await system.GetAsync($"/reports/{accepted.Json["incident_id"]}")).Json)["status"] == "failed",
                TimeSpan.FromSeconds(30),
                () => report.ToJsonString() + system.Log);
            Assert.Contains("no_zebras", (string?)report["failure_reason"], StringComparison.Ordinal);
        }
        finally
        {
            await ExecuteAsync("ALTER TABLE public.incidents DROP CONSTRAINT no_zebras");
        }
    }

    [SkippableTheory]
    [InlineData("/sessions")]
    [InlineData("/search?text=lamp")]
    [InlineData("/reports")]
    public async Task The_next_request_succeeds_though_every_connection_was_cut(string path)
    {
        Skip.If(system.Missing is not null, system.Missing);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(200, (await system.GetAsync(path)).Status);
        }

        await ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'domainflow_functions'", asSuperuser: true);
        for (var i = 0; i < 6; i++)
        {
            var answer = await system.GetAsync(path);
            Assert.True(answer.Status == 200, answer.Text);
        }
    }

    private async Task ExecuteAsync(string sql, bool asSuperuser = false)
    {
        await using var connection = new NpgsqlConnection(asSuperuser ? system.Superuser : system.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
