using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

[Collection(SystemCollection.Name)]
public class Conversations(RunningSystem system)
{
    private const string OtherDomain = "german-complaints";

    [SkippableFact]
    public async Task Questions_at_once_in_one_session_lose_no_message()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var id = await OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AskAsync(id, $"Question number {i}?")));
        Assert.All(answers, a => Assert.True(a.Status is 200 or 202, a.Text));
        await Eventually.HoldsAsync(
            async () => (int)(await system.GetAsync($"/sessions/{id}")).Json["message_count"]! == 12, TimeSpan.FromSeconds(60), () => system.Log);
        Assert.Equal(12, (await system.GetAsync($"/sessions/{id}/messages?limit=100")).Json["items"]!.AsArray().Count);
    }

    [SkippableFact]
    public async Task A_session_of_another_domain_is_refused_by_field()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await AddGermanDomainAsync();
        var answer = await AskAsync(await OpenAsync(), "Anything new?", OtherDomain);
        Assert.True(answer.Status == 400, answer.Text);
        Assert.Equal("session_id", answer.Field);
    }

    [SkippableFact]
    public async Task A_search_in_a_domain_stems_words_as_its_language_does()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await AddGermanDomainAsync();
        var report = await system.ReportAsync(new() { ["domain_id"] = OtherDomain, ["text"] = "Mehrere Gehwegplatten sind zerbrochen" });
        var answer = await system.GetAsync($"/search?text=Gehwegplatte&mode=text&domain_id={OtherDomain}");
        Assert.True(answer.Status == 200, answer.Text);
        var found = answer.Json["items"]!.AsArray();
        Assert.Equal((string?)report["incident_id"], (string?)Assert.Single(found)!["incident_id"]);
    }

    private Task<JsonNode> AddGermanDomainAsync() => system.InvokeAsync("DbInit", new JsonObject
    {
        ["tenant"] = new JsonObject
        {
            ["id"] = system.Tenant.ToString(),
            ["name"] = "Test city " + system.Tenant.ToString()[..8],
            ["domains"] = new JsonArray(new JsonObject { ["domain_id"] = OtherDomain, ["template"] = RunningSystem.Domain, ["language"] = "de" }),
        },
    });

    private async Task<string> OpenAsync() =>
        (string)(await system.PostAsync("/sessions", new JsonObject { ["domain_id"] = RunningSystem.Domain })).Json["session_id"]!;

    private Task<Answer> AskAsync(string session, string question, string domain = RunningSystem.Domain) =>
        system.PostAsync("/queries", new JsonObject { ["domain_id"] = domain, ["question"] = question, ["session_id"] = session });
}
