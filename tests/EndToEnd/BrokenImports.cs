using System.Diagnostics;
using System.Text;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>Imports that are killed, run twice, or hold rows that nobody can take.</summary>
[Collection(SystemCollection.Name)]
public sealed class BrokenImports(RunningSystem system) : IDisposable
{
    private const string Header = "id,created_at_local,status,category,summary,description,address,lat,lng\n";

    private readonly Guid tenant = Guid.NewGuid();
    private readonly string folder = Directory.CreateTempSubdirectory("domainflow-import-").FullName;

    [SkippableFact]
    public async Task An_import_that_is_killed_twice_makes_each_row_one_report()
    {
        var file = await FileAsync(Header + string.Concat(Enumerable.Range(0, 300).Select(Row)));
        await KillAtAsync(file, 60, async () =>
        {
            var beside = await ImportAsync(file);
            Assert.Equal(1, beside.ExitCode);
            Assert.Contains("the same import is running already", beside.Error, StringComparison.Ordinal);
        });
        await KillAtAsync(file, 180);
        var last = await ImportAsync(file);
        Assert.True(last.ExitCode == 0, last.Output + last.Error + system.Log);
        Assert.Contains("300 sent (", last.Output, StringComparison.Ordinal);
        Assert.Contains("going on: ", last.Output, StringComparison.Ordinal);
        await AssertReportsAsync(300);
        Assert.Contains("300 sent (0 new, 300 repeated), 0 failed", (await ImportAsync(file)).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_import_that_is_interrupted_says_how_far_it_came_and_how_to_go_on()
    {
        var file = await FileAsync(Header + string.Concat(Enumerable.Range(0, 300).Select(Row)));
        // One after the other: the signal is to find it at work.
        using var import = system.StartClient("import", file, "--tenant", tenant.ToString(), "--parallel", "1");
        await Eventually.HoldsAsync(async () => import.HasExited || await ReportsAsync() >= 30, TimeSpan.FromSeconds(60), () => system.Log);
        (await Process.Start("/bin/sh", ["-c", $"kill -INT {import.Id}"])!.WaitedAsync()).Dispose();
        var output = await import.StandardOutput.ReadToEndAsync();
        await import.WaitForExitAsync();
        Assert.True(import.ExitCode == 130, output);
        Assert.Matches(@"\d+ sent \(\d+ new, 0 repeated\), 0 failed", output);
        Assert.Contains("the same command goes on from here", output, StringComparison.Ordinal);
        Assert.Equal(0, (await ImportAsync(file)).ExitCode);
        await AssertReportsAsync(300);
    }

    [SkippableFact]
    public async Task An_import_whose_journal_was_lost_on_the_way_makes_each_row_one_report()
    {
        var file = await FileAsync(Header + string.Concat(Enumerable.Range(0, 120).Select(Row)));
        await KillAtAsync(file, 50);
        Directory.Delete(Path.Combine(system.State, "imports"), recursive: true);
        Assert.Contains("120 sent (", (await ImportAsync(file)).Output, StringComparison.Ordinal);
        await AssertReportsAsync(120);
        Assert.Contains("120 sent (0 new, 120 repeated)", (await ImportAsync(file, "--restart")).Output, StringComparison.Ordinal);
        await AssertReportsAsync(120);
    }

    [SkippableFact]
    public async Task An_import_without_keys_and_journal_finds_what_is_there()
    {
        var file = await FileAsync(Header + string.Concat(Enumerable.Range(0, 30).Select(Row)));
        Assert.Equal(0, (await ImportAsync(file, "--wait")).ExitCode);
        Directory.Delete(Path.Combine(system.State, "imports"), recursive: true);
        await system.QueryAsync<int>("DELETE FROM embedded.items WHERE table_name = 'Idempotency' AND tenant_id = @tenant", ("tenant", tenant));
        Assert.Contains("30 sent (0 new, 30 repeated), 0 failed", (await ImportAsync(file)).Output, StringComparison.Ordinal);
        await AssertReportsAsync(30);
    }

    [SkippableFact]
    public async Task Rows_that_cannot_be_taken_are_named_and_listed_and_the_others_go_in()
    {
        var ahead = TimeProvider.System.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        string[] rows =
        [
            "good1,2026-09-01T07:12:00,Open,X,A pothole,,,,",
            ",2026-09-01T07:12:00,Open,X,no id,,,,",
            "two words,2026-09-01T07:12:00,Open,X,hole,,,,",
            "bad-time,31/31/2026,Open,X,hole,,,,",
            $"ahead,{ahead},Open,X,hole,,,,",
            "old,1850-01-01T00:00:00,Open,X,hole,,,,",
            "empty,2026-09-01T07:12:00,Open,X, , ,,,",
            $"long,2026-09-01T07:12:00,Open,X,{new string('x', 10_001)},,,,",
            "half,2026-09-01T07:12:00,Open,X,hole,,,43.66,", // Goes in without a position.
            "short,2026-09-01T07:12:00,Open",
            "good1,2026-09-01T07:12:00,Open,X,Another,,,,",
            "quote,2026-09-01T07:12:00,Open,X,\"hole\" deep,,,,",
            "latin,2026-09-01T07:12:00,Open,X,caf\u00e9,,,,", // In the file's encoding, which is found out.
            "good2,2026-09-01T07:12:00,Open,X,A street light is out,,,,",
            "open,2026-09-01T07:12:00,Open,X,\"hole,,,,",
        ];
        var file = await FileAsync("");
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes(Header + string.Join('\n', rows) + "\n"));
        var run = await ImportAsync(file);
        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        Assert.Contains("4 sent (4 new, 0 repeated), 11 failed", run.Output, StringComparison.Ordinal);
        string[] told =
        [
            "row 3: id: it is empty", "row 4 (id two words): id: must be", "row 5 (id bad-time): created_at_local: ", "row 6 (id ahead): reported_at: ",
            "row 7 (id old): reported_at: ", "row 8 (id empty): summary: ", "row 9 (id long): text: ", "row 10 (id half): warning: lat: ", "row 11 (id short): it has 3 fields",
            "row 12 (id good1): id: an earlier row", "row 13 (id quote): text follows", "row 16 (id open): a quote is never closed",
        ];
        Assert.All(told, line => Assert.Contains("\n" + line, "\n" + run.Output, StringComparison.Ordinal));
        var listed = await File.ReadAllTextAsync(Path.ChangeExtension(file, ".errors.csv"));
        Assert.StartsWith("row,error," + Header, listed, StringComparison.Ordinal);
        Assert.Equal(12, listed.Split("\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await AssertReportsAsync(4);
    }

    [SkippableFact]
    public async Task A_row_that_changed_since_it_was_imported_is_named()
    {
        await ImportAsync(await FileAsync(Header + Row(1) + Row(2)));
        var run = await ImportAsync(await FileAsync(Header + Row(1) + Row(2).Replace("Pothole", "Crater", StringComparison.Ordinal)));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 sent (0 new, 1 repeated), 1 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("row 3 (id 2): id: ", run.Output, StringComparison.Ordinal);
        await AssertReportsAsync(2);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Row(int i) => $"{i},2026-09-01T{i % 24:00}:{i % 60:00}:00,Open,Potholes,Pothole {i},It is deep.,,,\n";

    private async Task<string> FileAsync(string content)
    {
        Skip.If(system.Missing is not null, system.Missing);
        if (!Directory.EnumerateFiles(folder).Any()) await system.MakeTenantAsync(tenant);
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(file, content);
        return file;
    }

    private Task<ClientRun> ImportAsync(string file, params string[] more) => system.ClientAsync(["import", file, "--tenant", tenant.ToString(), .. more]);

    /// <summary>Kills an import once so many reports are there.</summary>
    private async Task KillAtAsync(string file, int reports, Func<Task>? before = null)
    {
        using var import = system.StartClient("import", file, "--tenant", tenant.ToString());
        await Eventually.HoldsAsync(
            async () => import.HasExited || await ReportsAsync() >= reports, TimeSpan.FromSeconds(60), () => $"the import made no {reports} reports:\n" + system.Log);
        if (before is not null) await before();
        Assert.False(import.HasExited, "the import was over before it was killed");
        import.Kill();
        await import.WaitForExitAsync();
    }

    private Task<long> ReportsAsync() =>
        system.QueryAsync<long>("SELECT count(*) FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant", ("tenant", tenant));

    private async Task AssertReportsAsync(int count)
    {
        Assert.Equal(count, await ReportsAsync());
        const string ids = "SELECT count(DISTINCT item #>> '{labels,external_id}') FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant";
        Assert.Equal(count, await system.QueryAsync<long>(ids, ("tenant", tenant)));
    }
}
