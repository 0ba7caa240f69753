using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>What a row says beside its text arrives where the system keeps it, in the domain's own time zone.</summary>
[Collection(SystemCollection.Name)]
public sealed class ImportedFields(RunningSystem system) : IDisposable
{
    private readonly Guid tenant = Guid.NewGuid();
    private readonly string folder = Directory.CreateTempSubdirectory("domainflow-import-").FullName;

    [SkippableFact]
    public async Task I01_place_address_and_status_of_a_row_are_the_reports()
    {
        var file = await FileAsync(
            "id;created_at_local;status;category;summary;description;address;lat;lng\n"
            + "at;2026-09-01T07:12:00;Closed;Potholes;Pothole;Deep.;12 Signal Street;43,6555;-70,2555\n"
            + "named;2026-09-01T07:13:00;Open;Potholes;Pothole;Deep.;Signal Street;0;0\n");
        var run = await ImportAsync(file, "--wait");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("warning: position 0,0: 1 row", run.Output, StringComparison.Ordinal);
        var at = await ReportAsync("at");
        Assert.Equal(
            (43.6555, -70.2555, "request", "closed"),
            ((double)at["location"]!["lat"]!, (double)at["location"]!["lon"]!, (string)at["location"]!["source"]!, (string)at["management_data"]!["status"]!));
        Assert.Equal(("12 Signal Street", "Potholes", "Closed"), ((string)at["address"]!, (string)at["labels"]!["category"]!, (string)at["labels"]!["status"]!));
        var named = await ReportAsync("named");
        Assert.Equal(("geo", "pending"), ((string)named["location"]!["source"]!, (string)named["management_data"]!["status"]!));
        Assert.Contains("Signal Street", (string)named["ingestion_data"]!["geo"]!["address"]!, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task I02_times_without_an_offset_are_in_the_domains_zone()
    {
        var file = await FileAsync("id,created_at_local,text\none,2026-09-01T07:12:00,hole\n");
        var domain = (await system.GetAsync($"/domains/{RunningSystem.Domain}", system.Token(tenant))).Json;
        var zone = TimeZoneInfo.FindSystemTimeZoneById((string)domain["time_zone"]!);
        Assert.Contains($"times in {zone.Id}", (await ImportAsync(file)).Output, StringComparison.Ordinal);
        var expected = TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 9, 1, 7, 12, 0, DateTimeKind.Unspecified), zone);
        var found = DateTimeOffset.Parse((string)(await ReportAsync("one"))["reported_at"]!, CultureInfo.InvariantCulture);
        Assert.Equal(expected, found.UtcDateTime);
    }

    [SkippableFact]
    public async Task A_dry_run_sends_nothing_and_says_what_would_become_of_the_rows()
    {
        var file = await FileAsync("id,created_at_local,text\none,2026-09-01T07:12:00,hole\ntwo,never,hole\n");
        var run = await ImportAsync(file, "--dry-run");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("failed: time cannot be read: 1 row", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 rows: 1 would be sent (0 with a position, 0 with an address alone), 1 would fail; nothing was sent", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await system.QueryAsync<long>("SELECT count(*) FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant", ("tenant", tenant)));
    }

    [SkippableFact]
    public async Task A_file_exported_here_and_imported_into_its_own_tenant_changes_nothing()
    {
        var file = await FileAsync("id,created_at_local,text,status,lat,lon\na,2026-09-01T07:12:00,A pothole,Closed,43.65,-70.25\nb,2026-09-01T07:13:00,=A street light is out,Open,,\n");
        Assert.Equal(0, (await ImportAsync(file, "--wait")).ExitCode);
        var exported = Path.Combine(folder, "exported.csv");
        Assert.Equal(0, (await system.ClientAsync("export", "--format", "csv", "--full", "--tenant", tenant.ToString(), "--output", exported)).ExitCode);
        const string versions = "SELECT string_agg(item::text, ' ' ORDER BY partition_key) FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant";
        var before = await system.QueryAsync<string>(versions, ("tenant", tenant));
        Assert.Contains("2 sent (0 new, 2 repeated), 0 failed", (await ImportAsync(exported)).Output, StringComparison.Ordinal);
        Assert.Equal(before, await system.QueryAsync<string>(versions, ("tenant", tenant)));
    }

    [SkippableTheory]
    [InlineData("address", "301")]
    [InlineData("management_data.status", "done")]
    public async Task What_a_report_cannot_be_made_with_is_named(string field, string value)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var body = new JsonObject { ["domain_id"] = RunningSystem.Domain, ["text"] = "hole" };
        if (field == "address") body["address"] = new string('x', int.Parse(value, CultureInfo.InvariantCulture));
        else body["management_data"] = new JsonObject { ["status"] = value };
        var answer = await system.PostAsync("/reports", body, system.Token(), Guid.NewGuid().ToString());
        Assert.Equal(400, answer.Status);
        Assert.Equal(field, (string?)answer.Json["errors"]![0]!["field"]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> FileAsync(string content)
    {
        Skip.If(system.Missing is not null, system.Missing);
        await system.MakeTenantAsync(tenant);
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(file, content);
        return file;
    }

    private Task<ClientRun> ImportAsync(string file, params string[] more) => system.ClientAsync(["import", file, "--tenant", tenant.ToString(), .. more]);

    private async Task<JsonNode> ReportAsync(string externalId)
    {
        var id = await system.QueryAsync<string>(
            "SELECT partition_key FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant AND item #>> '{labels,external_id}' = @id",
            ("tenant", tenant), ("id", externalId));
        return (await system.GetAsync($"/reports/{id}", system.Token(tenant))).Json;
    }
}
