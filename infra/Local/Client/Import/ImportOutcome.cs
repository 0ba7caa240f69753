using DomainFlow.Imports.Rows;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>Says how an import ended, in whatever way it did.</summary>
internal sealed class ImportOutcome(ClientRun run, ReportImport import, ErrorRows errors, RowWarnings warnings, ReadingSummary summary, ProgressLine sending)
{
    /// <returns>False after Ctrl-C.</returns>
    /// <exception cref="ClientException">The import could not go on.</exception>
    public async Task<bool> FollowAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        try
        {
            await send();
            await TellAsync();
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await TellAsync();
            await run.Out.WriteLineAsync("stopped; the same command goes on from here, and nothing is sent twice");
            return false;
        }
        catch (ClientException e)
        {
            await TellAsync();
            throw new ClientException($"{e.Message}. The same command goes on from here, and nothing is sent twice", e);
        }
    }

    private async Task TellAsync()
    {
        var seconds = sending.Elapsed.TotalSeconds;
        sending.End();
        await warnings.TellAsync(run.Out);
        await errors.TellAsync(run.Out);
        foreach (var line in summary.Lines()) await run.Out.WriteLineAsync(line);
        var sent = import.New + import.Repeated;
        var rate = seconds > 0 ? sent / seconds : 0;
        await run.Out.WriteLineAsync(FormattableString.Invariant(
            $"{sent} sent ({import.New} new, {import.Repeated} repeated), {errors.Count} failed, {rate:0.0} rows/s"));
    }
}
