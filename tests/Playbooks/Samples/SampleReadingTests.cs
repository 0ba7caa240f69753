using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Running;
using Xunit.Abstractions;

namespace DomainFlow.Playbooks.Tests.Samples;

/// <summary>How well the offline provider reads the sample reports: floors below what it reaches, so that a change for the worse shows.</summary>
public sealed class SampleReadingTests(ITestOutputHelper output)
{
    private static readonly IngestionPlaybook Playbook = new(new OfflineChatClient(), TimeProvider.System);

    [Theory]
    [InlineData("category", 0.9)]
    [InlineData("place", 0.9)]
    [InlineData("time", 0.85)]
    [InlineData("urgency", 0.85)]
    public async Task The_sample_reports_are_read_right(string field, double least)
    {
        var (right, judged, misses) = (0, 0, new StringBuilder());
        foreach (var report in SampleCity.Reports)
        {
            var run = await Playbook.RunAsync(SampleCity.Domain, BuiltInAgents.All, SampleCity.Text(report), CancellationToken.None);
            Assert.IsType<RunOutcome.Completed>(run.Outcome);
            if (Judge(field, report, run) is not { } judgement)
                continue;
            judged++;
            right += judgement.Right ? 1 : 0;
            if (!judgement.Right)
                misses.AppendLine($"{report["id"]}: {judgement.Given}, not {judgement.Expected}: {report["text"]}");
        }

        output.WriteLine($"{field}: {right} of {judged}\n{misses}");
        Assert.True(right >= least * judged, $"{field}: {right} of {judged}\n{misses}");
    }

    private static (bool Right, string Given, string Expected)? Judge(string field, JsonObject report, PlaybookRun run)
    {
        var expect = (JsonObject)report["expect"]!;
        var (geo, temporal, entity) = (run.Outputs["geo"], run.Outputs["temporal"], run.Outputs["entity"]);
        switch (field)
        {
            case "category":
                return ((string?)entity["category"] == (string?)expect["category"], $"{entity["category"]}", $"{expect["category"]}");
            case "urgency":
                return ((string?)temporal["urgency"] == (string?)expect["urgency"], $"{temporal["urgency"]}", $"{expect["urgency"]}");
            case "time":
                if (SampleCity.Time(expect["time"]) is not { } time)
                    return null;
                var given = SampleCity.Time(temporal["timestamp"]);
                return (given is not null && Math.Abs((given.Value - time).TotalMinutes) <= (double)expect["time_tolerance_minutes"]!, $"{given:u}",
                    $"{time:u}");
            default:
                return Place(report, expect, geo);
        }
    }

    private static (bool, string, string)? Place(JsonObject report, JsonObject expect, JsonObject geo)
    {
        // Positions that come with the request or with a photo are no matter of reading.
        var expected = (string?)expect["place"];
        var fromText = ((string)report["text"]!).Contains("43.", StringComparison.Ordinal);
        if (expected is null && expect["lat"] is not null && !fromText)
            return null;
        var at = geo["geo_location"]?["coordinates"];
        if (expected is null && !fromText)
            return (at is null, $"{geo["address"]}", "no place");
        if (at is null)
            return (false, "no place", expected ?? "coordinates");
        var allowed = new[] { expected }.Concat((expect["also"] as JsonArray ?? []).Select(also => (string?)also)).OfType<string>();
        var named = $"{geo["address"]}";
        var metres = DomainFlow.Playbooks.Tests.Support.Distance.Metres((double)at[0]!, (double)at[1]!, (double)expect["lat"]!, (double)expect["lon"]!);
        return (allowed.Any(name => named.Contains(name, StringComparison.Ordinal)) || metres <= (double)expect["tolerance_m"]!, $"{named} ({metres:F0} m)",
            $"{expected}");
    }
}
