using System.CommandLine;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Upkeep;

/// <summary>Compares all stores of a tenant with its reports, and mends what differs where it is told to.</summary>
internal static class ReconcileCommand
{
    /// <summary>How long what was mended may take through the queues.</summary>
    private static readonly TimeSpan MendBound = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var state = CommonOptions.State();
        var url = CommonOptions.Url();
        var tenant = CommonOptions.Tenant();
        var fix = new Option<bool>("--fix") { Description = "Mend what differs, then compare again" };
        var grace = new Option<double?>("--grace-seconds") { Description = "What changed less than so many seconds ago is on its way (300)" };
        var command = new Command("reconcile", "Compare all stores of a tenant; exit 1 where they differ") { state, url, tenant, fix, grace };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(
            run =>
            {
                var folder = parsed.GetRequiredValue(state).FullName;
                var id = ActingTenant.Choose(folder, parsed.GetValue(tenant), null).TenantId;
                var stores = new StoreComparison(new FunctionInvoker(run.Operator(parsed.GetRequiredValue(url), folder)), id, parsed.GetValue(grace));
                return RunAsync(run, stores, parsed.GetValue(fix), token);
            },
            token));
        return command;
    }

    private static async Task<int> RunAsync(ClientRun run, StoreComparison stores, bool fix, CancellationToken cancellationToken)
    {
        var found = await stores.RunAsync(fix, cancellationToken);
        await WriteAsync(run.Out, found);
        if (!fix || found.Differences == 0) return found.Differences == 0 ? 0 : 1;

        await run.Out.WriteLineAsync($"{found.Mended} on their way to be mended");
        var started = run.Clock.GetTimestamp();
        do
        {
            await Task.Delay(Pause, run.Clock, cancellationToken);
            found = await stores.RunAsync(fix: false, cancellationToken);
        }
        while (found.Differences + found.Pending > 0 && run.Clock.GetElapsedTime(started) < MendBound);
        await run.Out.WriteLineAsync("after that:");
        await WriteAsync(run.Out, found);
        return found.Differences == 0 ? 0 : 1;
    }

    private static async Task WriteAsync(TextWriter output, StoreDifferences found)
    {
        foreach (var (kind, count) in found.ByKind) await output.WriteLineAsync($"{count,8}  {kind}");
        foreach (var example in found.Examples) await output.WriteLineAsync($"          {example["kind"]}  {example["id"]}: {example["what"]}");
        var looked = string.Join(", ", found.LookedAt.Select(store => $"{store.Value} {store.Key}"));
        await output.WriteLineAsync($"looked at {looked}; {found.Pending} reports on their way");
        await output.WriteLineAsync($"{found.Differences} differences");
    }
}
