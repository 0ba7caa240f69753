using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>Follows imported reports until each is completed or failed, and says how many are which.</summary>
internal sealed class ImportWait(ClientRun run, ApiClient api)
{
    private const int MaxTold = 100;
    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(2);

    /// <returns>Whether a report failed.</returns>
    /// <exception cref="ClientException">None was finished for two minutes.</exception>
    public async Task<bool> WaitAsync(IEnumerable<Guid> incidents, int count, TimeSpan lineInterval, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<ReportState>();
        var progress = run.Progress("finished", count, lineInterval);
        await new SettledReports(api, run.Clock).WaitAsync(
            incidents,
            Stall,
            state => state.IsSettled,
            state =>
            {
                counts[state.Status] = counts.GetValueOrDefault(state.Status) + 1;
                if (state.Status == "failed" && failures.Count < MaxTold) failures.Add(state);
                progress.Advance();
            },
            cancellationToken);
        progress.End();
        foreach (var failure in failures) await run.Out.WriteLineAsync($"report {failure.IncidentId} failed: {failure.FailureReason}");
        await run.Out.WriteLineAsync(string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}")));
        return failures.Count > 0;
    }
}
