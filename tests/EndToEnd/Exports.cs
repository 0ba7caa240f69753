using System.Text.Json.Nodes;
using CsvHelper;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>What was imported comes out again, in each format, under the list's filters, and goes in again.</summary>
[Collection(SystemCollection.Name)]
public sealed class Exports(RunningSystem system) : IDisposable
{
    private static readonly string[] Texts =
    [
        "Deep pothole on Signal Street", "=cmd|'/c calc'!A1", "-5 degrees and ice on Clover Street", "'Quoted' \"words\", and commas", "Two\nlines about a street light",
    ];

    private readonly Guid tenant = Guid.NewGuid();
    private readonly string folder = Directory.CreateTempSubdirectory("domainflow-export-").FullName;

    [SkippableFact]
    public async Task What_was_imported_is_exported_in_three_formats_and_imported_again()
    {
        await ImportedAsync();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var csv = await ExportAsync("csv");
        using (var reader = CsvReader.FromText(await File.ReadAllTextAsync(csv)))
        {
            while (reader.Read())
            {
                ids.Add(reader.GetString("id"));
                Assert.Equal("completed", reader.GetString("status"));
                Assert.False(reader.GetString("text") is ['=' or '-' or '+' or '@', ..], reader.GetString("text"));
            }
        }

        var features = JsonNode.Parse(await File.ReadAllTextAsync(await ExportAsync("geojson")))!["features"]!.AsArray();
        Assert.Equal(Texts.Order(), features.Select(f => (string?)f!["properties"]!["text"]).Order());
        Assert.Equal(ids.Order(), features.Select(f => (string)f!["id"]!).Order());
        Assert.Contains(features, f => f!["geometry"] is null);
        var place = features.Single(f => (string?)f!["properties"]!["text"] == Texts[0])!["geometry"]!["coordinates"]!.AsArray();
        Assert.InRange((double)place[0]!, -71, -70);
        Assert.InRange((double)place[1]!, 43, 44);

        var lines = (await File.ReadAllLinesAsync(await ExportAsync("jsonl", "--full"))).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(Texts.Order(), lines.Select(l => (string?)l["text"]).Order());
        Assert.All(lines, line => Assert.NotNull(line["ingestion_data"]!["temporal"]!["urgency"]));

        var other = Guid.NewGuid();
        await system.MakeTenantAsync(other);
        var again = await system.ClientAsync("import", csv, "--tenant", other.ToString());
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        const string texts = "SELECT array_agg(item ->> 'raw_text') FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant";
        Assert.Equal(Texts.Order(), (await system.QueryAsync<string[]>(texts, ("tenant", other)))!.Order());
    }

    [SkippableFact]
    public async Task Filters_are_those_of_the_list()
    {
        await ImportedAsync();
        Assert.Equal([Texts[0]], await TextsAsync("--category", "pothole"));
        Assert.Equal([Texts[2], Texts[1]], await TextsAsync("--from", "2026-09-01T01:00:00Z", "--to", "2026-09-01T03:00:00Z"));
        Assert.Empty(await TextsAsync("--status", "failed"));
        Assert.Equal(5, (await TextsAsync("--work-status", "pending")).Count);
        Assert.Equal([Texts[0]], await TextsAsync("--bbox", "-71,43,-70,44", "--text", "pothole"));
        Assert.Equal(5, (await TextsAsync("--updated-since", "2026-01-01T00:00:00Z")).Count);
        Assert.Empty(await TextsAsync("--bbox", "10,10,11,11"));
        var wrong = await system.ClientAsync("export", "--format", "csv", "--tenant", tenant.ToString(), "--folder", folder, "--output", "wrong.csv", "--status", "lost");
        Assert.Equal((1, false), (wrong.ExitCode, Directory.EnumerateFiles(folder, "wrong.csv*").Any()));
        Assert.Contains("[status]", wrong.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<IReadOnlyList<string>> TextsAsync(params string[] filters)
    {
        var lines = await File.ReadAllLinesAsync(await ExportAsync("jsonl", filters));
        return [.. lines.Select(l => (string)JsonNode.Parse(l)!["text"]!).Order(StringComparer.Ordinal)];
    }

    private async Task ImportedAsync()
    {
        Skip.If(system.Missing is not null, system.Missing);
        await system.MakeTenantAsync(tenant);
        var file = Path.Combine(folder, "in.csv");
        var rows = Texts.Select((text, i) => $"{i},2026-09-01T0{i}:00:00Z,\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\n");
        await File.WriteAllTextAsync(file, "id,created_at_local,summary,description\n" + string.Concat(rows));
        var run = await system.ClientAsync("import", file, "--tenant", tenant.ToString(), "--wait");
        Assert.True(run.ExitCode == 0, run.Output + run.Error + system.Log);
    }

    /// <summary>The file that was written, relative to a folder and without a name of its own.</summary>
    private async Task<string> ExportAsync(string format, params string[] more)
    {
        var run = await system.ClientAsync(["export", "--format", format, "--tenant", tenant.ToString(), "--folder", folder, .. more]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error + system.Log);
        return Path.Combine(folder, "reports." + format);
    }
}
