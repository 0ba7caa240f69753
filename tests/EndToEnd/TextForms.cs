using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>Text in the forms in which keyboards write it: kept as it was meant, found as it is typed.</summary>
[Collection(SystemCollection.Name)]
public class TextForms(RunningSystem system)
{
    private const string Domain = "written-forms";
    private const string Composed = "M\u00FCnsterplatz";
    private const string Decomposed = "Mu\u0308nsterplatz";

    /// <summary>X01 and more of its kind: what is meaning stays, what controls goes.</summary>
    [SkippableTheory]
    [InlineData("qtr آب را قطع می\u200Cکنند", "qtr آب را قطع می\u200Cکنند")]
    [InlineData("family \U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F waits", "family \U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F waits")]
    [InlineData("\u05E8\u05D7\u05D5\u05D1\u200F (A1) \u05E0\u05E1\u05D2\u05E8", "\u05E8\u05D7\u05D5\u05D1\u200F (A1) \u05E0\u05E1\u05D2\u05E8")]
    [InlineData("Lamp\u0007 out\r\nagain\fnow\u0085here", "Lamp out\nagain\nnow\nhere")]
    [InlineData("Ba\u0308ckerei e\u0302\u0323 \u1112\u1161\u11AB", "B\u00E4ckerei \u1EC7 \uD55C")]
    public async Task Stored_text_keeps_what_was_written(string sent, string stored)
    {
        Skip.If(system.Missing is not null, system.Missing);
        await AddDomainAsync();
        Assert.Equal(stored, (string?)(await ReportAsync(sent))["text"]);
    }

    /// <summary>X01, X03, X05: the list and the search find alike, whichever form the report and the question have.</summary>
    [SkippableTheory]
    [InlineData("zqa می\u200Cکنند", "می\u200Cکنند")]
    [InlineData("zqb Ba\u0308ckereischild", "B\u00E4ckereischild")]
    [InlineData("zqc K\u00FCchenschild", "Ku\u0308chenschild")]
    [InlineData("zqd น้ำท่วมถนนสุขุมวิทตั้งแต่เช้า", "สุขุมวิท")]
    [InlineData("zqe 横浜駅前の道路に穴", "横浜駅")]
    public async Task List_and_search_find_alike(string text, string asked)
    {
        Skip.If(system.Missing is not null, system.Missing);
        await AddDomainAsync();
        var id = (string?)(await ReportAsync(text))["incident_id"];
        var words = Uri.EscapeDataString(asked);
        foreach (var path in new[] { $"/reports?text={words}", $"/search?mode=text&text={words}" })
        {
            await Eventually.HoldsAsync(
                async () => (await system.GetAsync($"{path}&domain_id={Domain}")).Json["items"]!.AsArray().Select(i => (string?)i!["incident_id"]).Contains(id),
                TimeSpan.FromSeconds(30), () => system.Log);
        }
    }

    /// <summary>A12: a name is one name in both forms, in the report and in the domain.</summary>
    [SkippableTheory]
    [InlineData($"Lärm am {Decomposed}")]
    [InlineData($"Lärm am {Composed}")]
    public async Task A_place_is_found_by_its_name_in_either_form(string text)
    {
        Skip.If(system.Missing is not null, system.Missing);
        await AddDomainAsync();
        var report = await ReportAsync(text);
        Assert.Equal(50.737, (double)report["location"]!["lat"]!, 0.0001);
        Assert.Equal(Composed, (string?)report["ingestion_data"]!["geo"]!["location_text"]);
    }

    [SkippableTheory]
    [InlineData("\u200B\u2060", "text")]
    [InlineData("\U000E0041\U000E0042\u200E", "text")]
    public async Task A_text_that_nobody_sees_is_no_report(string text, string field)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var answer = await system.PostAsync("/reports", RunningSystem.NewReport(text));
        Assert.Equal((400, field), (answer.Status, answer.Field));
    }

    /// <summary>Days of the domain's zone (America/New_York): <c>to</c> takes its whole day in, an instant is left out.</summary>
    [SkippableFact]
    public async Task A_date_is_a_whole_day_in_the_domains_zone()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await AddDomainAsync();
        var ids = new List<string>();
        foreach (var at in new[] { "2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z" })
        {
            var body = new JsonObject { ["domain_id"] = Domain, ["text"] = $"zqday lamp at {at}", ["reported_at"] = at };
            ids.Add((string)(await system.ReportAsync(body))["incident_id"]!);
        }

        foreach (var (period, expected) in new[]
        {
            ("from=2026-03-08&to=2026-03-08", new[] { 1, 2 }),
            ("from=2026-03-08T05:00:00Z&to=2026-03-09T03:59:59Z", [1]),
            ("to=2026-03-07", [0]),
            ("from=2026-03-09&to=2026-03-09", [3]),
        })
        {
            foreach (var path in new[] { "/reports?text=zqday", "/search?mode=text&text=zqday", "/data/geo?text=zqday&bbox=-180,-90,180,90" })
            {
                await Eventually.HoldsAsync(
                    async () => path.StartsWith("/data", StringComparison.Ordinal)
                        ? (await system.GetAsync($"{path}&domain_id={Domain}&{period}")).Status == 200
                        : (await system.GetAsync($"{path}&domain_id={Domain}&{period}")).Json["items"]!.AsArray().Select(i => (string)i!["incident_id"]!).Order()
                            .SequenceEqual(expected.Select(i => ids[i]).Order()),
                    TimeSpan.FromSeconds(30), () => $"{path} {period}\n{system.Log}");
            }
        }
    }

    [SkippableFact]
    public async Task A_filter_names_its_choices_and_counts_are_grouped_by_the_same_name()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await AddDomainAsync();
        foreach (var path in new[] { "/reports?", "/data/geo?bbox=0,0,1,1&", "/data/aggregated?" })
        {
            var refused = await system.GetAsync($"{path}category=potholes&domain_id={Domain}");
            Assert.True(refused is { Status: 400, Field: "category" }, refused.Text);
            Assert.Contains("graffiti", refused.Text, StringComparison.Ordinal);
        }

        foreach (var (filter, value) in new[] { ("category", "potholes"), ("work_status", "done"), ("from", "soon"), ("to", "2026-13-01") })
        {
            var refused = await system.PostAsync("/queries", new JsonObject { ["domain_id"] = Domain, ["question"] = "How many?", ["filters"] = new JsonObject { [filter] = value } });
            Assert.True(refused.Status == 400 && refused.Field == $"filters.{filter}", refused.Text);
        }

        var counted = await system.GetAsync($"/data/aggregated?group_by=category&domain_id={Domain}");
        Assert.True(counted.Status == 200, counted.Text);
        Assert.All(counted.Json["groups"]!.AsArray(), group => Assert.True(group!["keys"]!.AsObject().ContainsKey("category")));
    }

    private Task<JsonObject> ReportAsync(string text) => system.ReportAsync(new() { ["domain_id"] = Domain, ["text"] = text });

    private async Task AddDomainAsync() => Assert.Null((await system.InvokeAsync("DbInit", new JsonObject
    {
        ["tenant"] = new JsonObject
        {
            ["id"] = system.Tenant.ToString(),
            ["name"] = "Test city " + system.Tenant.ToString()[..8],
            ["domains"] = new JsonArray(new JsonObject
            {
                ["domain_id"] = Domain,
                ["template"] = RunningSystem.Domain,
                ["language"] = "de",
                ["time_zone"] = "America/New_York",
                ["places"] = new JsonArray(new JsonObject { ["name"] = Decomposed, ["kind"] = "square", ["location"] = new JsonArray(7.098, 50.737), ["radius_m"] = 50 }),
            }),
        },
    }))["errors"]);
}
