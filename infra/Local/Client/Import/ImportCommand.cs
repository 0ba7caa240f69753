using System.CommandLine;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Import;

/// <summary>Sends a CSV file of reports. Exit code 2 when a row failed.</summary>
internal static class ImportCommand
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(2);
    private static readonly Argument<FileInfo> CsvFile = new("file") { Description = "CSV with the columns id, created_at_local, summary, description, address, lat, lng, status, category" };
    private static readonly Option<DirectoryInfo> State = CommonOptions.State();
    private static readonly Option<string> Url = CommonOptions.Url();
    private static readonly Option<Guid?> Tenant = CommonOptions.Tenant();
    private static readonly Option<string?> Domain = CommonOptions.Domain();
    private static readonly Option<string> TimeZone = new("--time-zone")
    {
        Description = "IANA name of the zone that created_at_local is in; an hour shown twice means the first, a skipped one is counted on",
        DefaultValueFactory = _ => "America/New_York",
    };

    private static readonly Option<int?> Limit = new("--limit") { Description = "Send only the first so many rows" };
    private static readonly Option<int> Parallel = new("--parallel") { Description = "How many rows are sent at once, 1 to 64", DefaultValueFactory = _ => 4 };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Wait until every report is completed or failed" };

    public static Command Create()
    {
        var command = new Command("import", "Send a CSV file of reports; a second time adds nothing") { CsvFile, State, Url, Tenant, Domain, TimeZone, Limit, Parallel, Wait };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(run => RunAsync(run, parsed, token), token));
        return command;
    }

    private static async Task<int> RunAsync(ClientRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var state = parsed.GetRequiredValue(State).FullName;
        var file = parsed.GetRequiredValue(CsvFile).FullName;
        var parallel = parsed.GetValue(Parallel);
        if (!File.Exists(file)) throw new ClientException($"{file} is not there");
        if (parallel is < 1 or > 64) throw new ClientException($"--parallel {parallel} must be from 1 to 64");
        if (parsed.GetValue(Limit) is < 1 and var few) throw new ClientException($"--limit {few} must be at least 1");
        var tenant = ActingTenant.Choose(state, parsed.GetValue(Tenant), parsed.GetValue(Domain));
        var api = run.Api(parsed.GetRequiredValue(Url), state, tenant);
        var rows = Rows(file, tenant.DomainId, LocalTimes.In(parsed.GetValue(TimeZone)!), parsed.GetValue(Limit) ?? int.MaxValue);

        var sending = run.Progress("sent", rows.Count(), LineInterval);
        var result = await new ReportImport(api, tenant.DomainId, parallel).SendAsync(rows, () => sending.Advance(), cancellationToken);
        sending.End();
        await ReportAsync(run.Out, result);
        var failed = parsed.GetValue(Wait) && await WaitAsync(run, api, result.Incidents, cancellationToken);
        return result.Failures.Count > 0 || failed ? 2 : 0;
    }

    /// <summary>Read anew each time that it is enumerated.</summary>
    private static IEnumerable<ImportRow> Rows(string file, string domain, LocalTimes times, int limit)
    {
        using var text = new StreamReader(file);
        foreach (var row in CsvReports.Read(text, domain, times).Take(limit)) yield return row;
    }

    private static async Task ReportAsync(TextWriter output, ImportResult result)
    {
        foreach (var failure in result.Failures) await output.WriteLineAsync($"row {failure.Number}: {failure.Reason}");
        await output.WriteLineAsync($"{result.Sent} sent ({result.New} new, {result.Repeated} repeated), {result.Failures.Count} failed");
    }

    /// <returns>Whether a report failed.</returns>
    private static async Task<bool> WaitAsync(ClientRun run, ApiClient api, IReadOnlyList<Guid> incidents, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<ReportState>();
        var progress = run.Progress("finished", incidents.Count, LineInterval);
        await new SettledReports(api, run.Clock).WaitAsync(
            incidents,
            Stall,
            state => state.IsSettled,
            state =>
            {
                counts[state.Status] = counts.GetValueOrDefault(state.Status) + 1;
                if (state.Status == "failed") failures.Add(state);
                progress.Advance();
            },
            cancellationToken);
        progress.End();
        foreach (var failure in failures) await run.Out.WriteLineAsync($"report {failure.IncidentId} failed: {failure.FailureReason}");
        await run.Out.WriteLineAsync(string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}")));
        return failures.Count > 0;
    }
}
