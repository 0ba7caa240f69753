using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>Says how an import ended, in whatever way it did.</summary>
internal sealed class ImportOutcome(ClientRun run, ReportImport import, ErrorRows errors, ProgressLine sending)
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
        await errors.TellAsync(run.Out);
        var sent = import.New + import.Repeated;
        var rate = seconds > 0 ? sent / seconds : 0;
        await run.Out.WriteLineAsync(FormattableString.Invariant(
            $"{sent} sent ({import.New} new, {import.Repeated} repeated), {errors.Count} failed, {rate:0.0} rows/s"));
    }
}
