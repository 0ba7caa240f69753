using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>What an operator does with messages that failed for good.</summary>
[Collection(SystemCollection.Name)]
public class Redriving(RunningSystem system)
{
    [SkippableFact]
    public async Task A_report_whose_message_died_goes_on_once_it_is_put_back()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var id = (string)(await system.ReportAsync(RunningSystem.NewReport("Deep pothole on the road")))["incident_id"]!;
        await system.QuietAsync(id);
        await system.TamperAsync("UPDATE embedded.items SET item = item - 'projected' WHERE table_name = 'Reports' AND partition_key = @id", ("id", id));
        var message = Guid.NewGuid();
        await BuryAsync(message, new JsonObject { ["table"] = "Reports", ["keys"] = new JsonObject { ["incident_id"] = id }, ["event"] = "MODIFY" });

        var (listed, letters) = await system.RunAsync("dead-letters", "--queue", "report-changes");
        Assert.True(listed == 0 && letters.Contains($"{message}", StringComparison.Ordinal), letters);
        Assert.Contains($"8 deliveries  incident_id={id}", letters, StringComparison.Ordinal);
        Assert.Contains("the store was away", letters, StringComparison.Ordinal);

        var (tried, dry) = await system.RunAsync("redrive", "--message", $"{message}", "--dry-run");
        Assert.True(tried == 0 && dry.Contains("1 would be put back", StringComparison.Ordinal), dry);
        Assert.Equal("pending", (string?)(await system.GetAsync($"/reports/{id}")).Json["stores"]!["postgres"]);

        var (done, told) = await system.RunAsync("redrive", "--message", $"{message}");
        Assert.True(done == 0 && told.Contains("1 put back", StringComparison.Ordinal), told);
        await system.SettledAsync(id);
        Assert.Equal(1, (await system.RunAsync("redrive", "--message", $"{message}")).ExitCode);
    }

    [SkippableFact]
    public async Task Which_messages_are_meant_must_be_said()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var (code, said) = await system.RunAsync("redrive");
        Assert.True(code == 1 && said.Contains("--message ID, --queue QUEUE or --all", StringComparison.Ordinal), said);
    }

    private Task BuryAsync(Guid message, JsonObject body) =>
        system.TamperAsync(
            """
            INSERT INTO host.dead_letters (id, queue, source, body, reason, receive_count, sent_at)
            VALUES (@message, 'report-changes-dead-letters', 'report-changes', @body, 'the store was away', 8, now())
            """,
            ("message", message), ("body", body.ToJsonString()));
}
