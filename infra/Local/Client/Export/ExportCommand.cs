using System.CommandLine;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Export;

/// <summary>Writes the reports that match to a file.</summary>
internal static class ExportCommand
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private static readonly Option<DirectoryInfo> State = CommonOptions.State();
    private static readonly Option<string> Url = CommonOptions.Url();
    private static readonly Option<Guid?> Tenant = CommonOptions.Tenant();
    private static readonly Option<string?> Domain = CommonOptions.Domain();
    private static readonly Option<string> Folder = CommonOptions.Folder();
    private static readonly Option<string> Format = new("--format") { Description = "csv, geojson or jsonl", Required = true };
    private static readonly Option<string?> Output = new("--output") { Description = "The file; reports.FORMAT unless given. It is there only once it is whole" };
    private static readonly Option<bool> Full = new("--full") { Description = "Each report whole, with what was extracted from it: a request each" };

    public static Command Create()
    {
        var command = new Command("export", "Write reports to a CSV, GeoJSON or JSON Lines file") { Format, State, Url, Tenant, Domain, Folder, Output, Full };
        foreach (var filter in ReportFilterOptions.All) command.Add(filter);
        command.SetAction((parsed, token) => ClientRun.GuardAsync(run => RunAsync(run, parsed, token), token));
        return command;
    }

    private static async Task<int> RunAsync(ClientRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var format = parsed.GetRequiredValue(Format);
        if (!ReportWriter.Formats.Contains(format)) throw new ClientException($"--format {format} must be one of {string.Join(", ", ReportWriter.Formats)}");
        var state = parsed.GetRequiredValue(State).FullName;
        var tenant = ActingTenant.Choose(state, parsed.GetValue(Tenant), parsed.GetValue(Domain));
        var api = run.Api(parsed.GetRequiredValue(Url), state, tenant);
        var filter = ReportFilterOptions.Read(parsed, tenant.DomainId);
        var full = parsed.GetValue(Full);
        var path = Path.GetFullPath(parsed.GetValue(Output) ?? $"reports.{format}", parsed.GetRequiredValue(Folder));
        await using var file = PartFile.Create(path);
        var progress = run.Counter("written", LineInterval);
        ExportCounts counts;
        await using (var writer = ReportWriter.To(file.Content, format, full))
        {
            counts = await new ReportExport(api, full).WriteAsync(filter, writer, () => progress.Advance(), cancellationToken);
        }

        await file.CompleteAsync(cancellationToken);
        progress.End();
        await run.Out.WriteLineAsync($"{counts.Written} reports ({counts.WithoutPlace} without a place) written to {path}");
        return 0;
    }
}
