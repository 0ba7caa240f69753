using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Client.Tests.Api;
using DomainFlow.Client.Tests.Import;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Export;

namespace DomainFlow.Client.Tests.Export;

public class ReportExportTests
{
    private static readonly DateTimeOffset Reported = new(2026, 9, 1, 7, 12, 0, TimeSpan.Zero);

    private static readonly string[] Texts =
    [
        "A deep pothole", "=HYPERLINK(\"http://x\")", "+1 for \"this\"", "-5 degrees, ice", "@city", "'quoted' at the start", "'=both", "two\nlines", "a,b;c", "Ünïcödé 🕳",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_exported_as_CSV_is_imported_with_the_same_texts(bool full)
    {
        await using var api = await WithReportsAsync();
        var csv = await ExportAsync(api, "csv", full);
        Assert.DoesNotContain(csv.Split("\r\n"), line => line.Split(',').Any(cell => cell.TrimStart('"') is ['=' or '+' or '@', ..]));
        var rows = Reading.Rows(csv).Select(Reading.Good).ToList();
        Assert.Equal(Texts.Order(), rows.Select(r => r.Report.Text).Order());
        Assert.All(rows, row => Assert.InRange(row.Report.ReportedAt, Reported, Reported.AddHours(1)));
        Assert.Equal(api.Stored.Values.Select(s => s.Incident.ToString()).Order(), rows.Select(r => r.Id).Order());
    }

    [Fact]
    public async Task CSV_has_the_place_as_numbers_and_what_was_extracted_where_reports_are_whole()
    {
        await using var api = await WithReportsAsync();
        api.PageSize = 100;
        var first = (await ExportAsync(api, "csv", full: true)).Split("\r\n");
        Assert.Equal("id,domain_id,reported_at,category,status,work_status,lat,lng,text,created_at,updated_at,urgency,address,source,external_id", first[0]);
        Assert.Contains(first, line => line.Contains(",pothole,completed,,43.5,-70.25,A deep pothole,,,high,,import,0", StringComparison.Ordinal));
        Assert.Contains(first, line => line.Contains(",pothole,completed,,,,\"'-5 degrees, ice\",", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GeoJSON_has_longitude_first_and_no_geometry_for_a_report_without_a_place()
    {
        await using var api = await WithReportsAsync();
        var collection = JsonNode.Parse(await ExportAsync(api, "geojson", full: false))!;
        Assert.Equal("FeatureCollection", (string?)collection["type"]);
        var features = collection["features"]!.AsArray();
        Assert.Equal(Texts.Order(), features.Select(f => (string?)f!["properties"]!["text"]).Order());
        var placed = features.Single(f => f!["geometry"] is not null)!;
        Assert.Equal("""{"type":"Point","coordinates":[-70.25,43.5]}""", placed["geometry"]!.ToJsonString());
        Assert.Null(placed["properties"]!["location"]);
        Assert.Equal(api.Stored.Values.Select(s => s.Incident.ToString()).Order(), features.Select(f => (string?)f!["id"]).Order());
        Assert.All(features, f => Assert.True(f!.AsObject().ContainsKey("geometry")));
    }

    [Fact]
    public async Task JSON_Lines_has_one_report_a_line()
    {
        await using var api = await WithReportsAsync();
        var lines = (await ExportAsync(api, "jsonl", full: false)).Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.Equal(Texts.Order(), lines[..^1].Select(l => (string?)JsonNode.Parse(l)!["text"]).Order());
    }

    [Theory]
    [InlineData("csv", "id,domain_id,reported_at,category,status,work_status,lat,lng,text,created_at,updated_at\r\n")]
    [InlineData("geojson", "{\"type\":\"FeatureCollection\",\"features\":[\n\n]}\n")]
    [InlineData("jsonl", "")]
    public async Task Nothing_is_a_valid_file_too(string format, string content)
    {
        await using var api = await FakeApi.StartAsync();
        Assert.Equal(content, await ExportAsync(api, format, full: false));
    }

    [Fact]
    public async Task A_filter_goes_with_every_page()
    {
        await using var api = await WithReportsAsync();
        await ExportAsync(api, "jsonl", full: false);
        Assert.Equal(4, api.Queries.Count);
        Assert.All(api.Queries, query => Assert.Contains("text=deep%20hole%26", query));
    }

    [Fact]
    public async Task A_list_of_changes_is_read_until_there_is_none_and_each_report_is_written_once()
    {
        await using var api = await WithReportsAsync();
        using var content = new MemoryStream();
        await using var writer = ReportWriter.To(content, "jsonl", full: false);
        var export = new ReportExport(api.Client(), full: false);
        // Reports that change while they are listed move to the end, where they are shown again.
        var first = api.Stored.First();
        api.Stored.Add("changed", first.Value);
        var counts = await export.WriteAsync(new Dictionary<string, string> { ["updated_since"] = "2026-01-01T00:00:00Z" }, writer, () => { }, default);
        Assert.Equal(Texts.Length, counts.Written);
    }

    [Fact]
    public async Task A_file_is_there_only_once_it_is_whole()
    {
        var path = Path.Combine(Path.GetTempPath(), $"domainflow-{Guid.NewGuid():N}.csv");
        await using (var broken = PartFile.Create(path))
        {
            await broken.Content.WriteAsync("half"u8.ToArray());
            Assert.Throws<ClientException>(() => PartFile.Create(path));
        }

        Assert.False(File.Exists(path) || File.Exists(path + ".part"));
        await using (var whole = PartFile.Create(path))
        {
            await whole.Content.WriteAsync("whole"u8.ToArray());
            await whole.CompleteAsync(default);
        }

        Assert.Equal("whole", await File.ReadAllTextAsync(path));
        Assert.False(File.Exists(path + ".part"));
        File.Delete(path);
    }

    /// <summary>The first with a place, in pages of three.</summary>
    private static async Task<FakeApi> WithReportsAsync()
    {
        var api = await FakeApi.StartAsync();
        api.PageSize = 3;
        api.Shows = body => new()
        {
            ["status"] = "completed",
            ["category"] = "pothole",
            ["location"] = (string?)body["text"] == Texts[0] ? new JsonObject { ["lat"] = 43.5, ["lon"] = -70.25 } : null,
            ["ingestion_data"] = new JsonObject { ["temporal"] = new JsonObject { ["urgency"] = "high" } },
        };
        foreach (var (text, i) in Texts.Select((t, i) => (t, i)))
        {
            var report = new ReportToSend("d", text, Reported.AddMinutes(i), "import", Labels: new() { ["external_id"] = $"{i}" });
            await api.Client().SendReportAsync(report, $"k{i}", default);
        }

        return api;
    }

    private static async Task<string> ExportAsync(FakeApi api, string format, bool full)
    {
        using var content = new MemoryStream();
        await using (var writer = ReportWriter.To(content, format, full))
        {
            var count = await new ReportExport(api.Client(), full).WriteAsync(new Dictionary<string, string> { ["text"] = "deep hole&" }, writer, () => { }, default);
            Assert.Equal(api.Stored.Count, count.Written);
        }

        return Encoding.UTF8.GetString(content.ToArray());
    }
}
