using System.CommandLine;
using System.Security.Cryptography;
using DomainFlow.Imports;
using DomainFlow.Imports.Rows;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Import;

/// <summary>Sends a file of reports, each row exactly once over as many runs as it takes. Exit code 1 when a row failed, 130 after Ctrl-C.</summary>
internal static class ImportCommand
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);
    private static readonly Argument<string> InputFile = new("file")
    {
        Description = "CSV or XLSX with the columns id, reported_at (or created_at_local), text (or summary, description), address, lat, lon, status, category; other names by --map",
    };

    private static readonly Option<DirectoryInfo> State = CommonOptions.State();
    private static readonly Option<string> Url = CommonOptions.Url();
    private static readonly Option<Guid?> Tenant = CommonOptions.Tenant();
    private static readonly Option<string?> Domain = CommonOptions.Domain();
    private static readonly Option<string> Folder = CommonOptions.Folder();
    private static readonly Option<int?> Limit = new("--limit") { Description = "Send only the first so many rows" };
    private static readonly Option<int> Parallel = new("--parallel") { Description = "How many rows are sent at once, 1 to 64", DefaultValueFactory = _ => 4 };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Wait until every report is completed or failed" };
    private static readonly Option<string?> Errors = new("--errors") { Description = "Where rows that fail are listed; FILE.errors.csv unless given" };
    private static readonly Option<double> Patience = new("--patience")
    {
        Description = "For how many seconds a system that is away or full is waited for",
        DefaultValueFactory = _ => 300,
    };

    private static readonly Option<bool> Restart = new("--restart")
    {
        Description = "Forget what earlier runs of this import did, and ask the system for each row instead",
    };

    private static readonly Option<bool> Dry = new("--dry-run") { Description = "Send nothing, and say what would become of the rows, by cause" };

    public static Command Create()
    {
        var command = new Command("import", "Send a CSV or XLSX file of reports; a second time goes on where the first ended, and adds nothing twice")
        {
            InputFile, State, Url, Tenant, Domain, Folder, Limit, Parallel, Wait, Errors, Patience, Restart, Dry,
        };
        foreach (var option in ImportOptions.All) command.Add(option);
        command.SetAction((parsed, token) => ClientRun.GuardAsync(run => RunAsync(run, parsed, token), token));
        return command;
    }

    private static async Task<int> RunAsync(ClientRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetRequiredValue(InputFile), parsed.GetRequiredValue(Folder));
        try
        {
            return await RunAsync(run, parsed, path, cancellationToken);
        }
        catch (ImportException e)
        {
            throw ImportOptions.Explained(e, Path.GetFileName(path));
        }
    }

    private static async Task<int> RunAsync(ClientRun run, ParseResult parsed, string path, CancellationToken cancellationToken)
    {
        var state = parsed.GetRequiredValue(State).FullName;
        Check(parsed);
        using var content = Open(path);
        var tenant = ActingTenant.Choose(state, parsed.GetValue(Tenant), parsed.GetValue(Domain));
        var api = run.Api(parsed.GetRequiredValue(Url), state, tenant, TimeSpan.FromSeconds(parsed.GetValue(Patience)));
        var options = ImportOptions.Read(parsed, ImportOptions.Zone(parsed) ?? await ZoneAsync(api, tenant.DomainId, cancellationToken));
        var file = ReportFile.Open(content, options, cancellationToken);
        foreach (var line in file.Description) await run.Out.WriteLineAsync(line);
        var limit = parsed.GetValue(Limit) ?? int.MaxValue;
        if (parsed.GetValue(Dry)) return await DryRun.RunAsync(run.Out, file, limit, cancellationToken) ? 0 : 1;

        var head = new ImportHead(
            await HashAsync(path, cancellationToken), Path.GetFileName(path), tenant.TenantId, tenant.DomainId, options.TimeZone, false, ImportOptions.Text(options));
        using var journal = ImportJournal.Open(JournalPath(state, head, tenant.UserId), parsed.GetValue(Restart), run.Clock);
        await BeginAsync(run, journal, head, new EarlierReports(api, tenant.DomainId), cancellationToken);
        var errorsPath = parsed.GetValue(Errors) is { } named ? Path.GetFullPath(named, parsed.GetRequiredValue(Folder)) : Path.ChangeExtension(path, ".errors.csv");
        using var errors = ErrorRows.At(errorsPath, file);
        return await SendAsync(run, parsed, api, tenant.DomainId, file, journal, errors, cancellationToken);
    }

    private static async Task<int> SendAsync(
        ClientRun run, ParseResult parsed, ApiClient api, string domain, ReportFile file, ImportJournal journal, ErrorRows errors, CancellationToken cancellationToken)
    {
        var limit = parsed.GetValue(Limit) ?? int.MaxValue;
        var sending = run.Progress("sent", (int)Math.Min(limit, file.Count), LineInterval);
        var summary = new ReadingSummary();
        var warnings = new RowWarnings(summary);
        var import = new ReportImport(api, domain, parsed.GetValue(Parallel), journal, errors, summary, warnings);
        var outcome = new ImportOutcome(run, import, errors, warnings, summary, sending);
        long last = 0;
        if (!await outcome.FollowAsync(() => import.SendAsync(Told(file.Rows().Take(limit), row => last = row), () => sending.Advance(), cancellationToken), cancellationToken))
            return 130;
        var failed = parsed.GetValue(Wait) && await new ImportWait(run, api).WaitAsync(journal.Incidents(last), import.New + import.Repeated, LineInterval, cancellationToken);
        return errors.Count > 0 || failed ? 1 : 0;
    }

    private static async Task<string> ZoneAsync(ApiClient api, string domain, CancellationToken cancellationToken) =>
        (await api.GetAsync<DomainState>($"/domains/{Uri.EscapeDataString(domain)}", cancellationToken)).TimeZone;

    private static void Check(ParseResult parsed)
    {
        if (parsed.GetValue(Parallel) is < 1 or > 64) throw new ClientException($"--parallel {parsed.GetValue(Parallel)} must be from 1 to 64");
        if (parsed.GetValue(Limit) is < 1 and var few) throw new ClientException($"--limit {few} must be at least 1");
        if (parsed.GetValue(Patience) is not (>= 0 and <= 86_400) and var seconds) throw new ClientException($"--patience {seconds} must be from 0 to 86400 seconds");
    }

    private static FileStream Open(string path)
    {
        if (!File.Exists(path)) throw new ClientException($"{path} is not there");
        try
        {
            var file = File.OpenRead(path);
            return file.CanSeek ? file : throw new ClientException($"{path} must be a file: it is read more than once");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ClientException($"{path} may not be read", e);
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private static string JournalPath(string state, ImportHead head, Guid user)
    {
        var name = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{head.Sha256} {head.Tenant} {user} {head.Domain}"));
        return Path.Combine(state, "imports", Convert.ToHexStringLower(name)[..32] + ".jsonl");
    }

    private static async Task BeginAsync(ClientRun run, ImportJournal journal, ImportHead head, EarlierReports earlier, CancellationToken cancellationToken)
    {
        if (journal.Head is not { } before)
        {
            // Without a journal an earlier import is not ruled out, except in a domain that holds nothing.
            journal.Begin(head with { AsksFirst = await earlier.AnyAsync(cancellationToken) });
            return;
        }

        if (before.TimeZone != head.TimeZone)
            throw new ClientException($"this file was imported with --time-zone {before.TimeZone}: give the same, or --restart");
        if ((before.Reading ?? "") != head.Reading)
            throw new ClientException($"this file was imported {(before.Reading is { Length: > 0 } reading ? $"with {reading}" : "without options")}: give the same, or --restart");
        if (journal.Done > 0) await run.Out.WriteLineAsync($"going on: {journal.Done} rows were imported by earlier runs");
    }

    private static IEnumerable<MappedRow> Told(IEnumerable<MappedRow> rows, Action<long> number)
    {
        foreach (var row in rows)
        {
            number(row.Number);
            yield return row;
        }
    }
}
