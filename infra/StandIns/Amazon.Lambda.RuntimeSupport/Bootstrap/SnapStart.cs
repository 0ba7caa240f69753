using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The steps between initialisation and the first invocation of a function with SnapStart.</summary>
internal sealed class SnapStart(RuntimeApi api, ConsoleLog log)
{
    /// <summary>Runs the hooks around the snapshot. A hook that fails is reported and ends the process with 1.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (SnapshotRestore.BeforeSnapshot.TryPop(out var hook)) await hook().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.Write(LogLevel.Error, exception, null);
            await api.ReportInitErrorAsync(exception, "Runtime.BeforeSnapshotError", cancellationToken).ConfigureAwait(false);
            Environment.Exit(1);
        }

        await api.RestoreNextAsync(cancellationToken).ConfigureAwait(false);

        try
        {
            while (SnapshotRestore.AfterRestore.TryDequeue(out var hook)) await hook().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.Write(LogLevel.Error, exception, null);
            await api.ReportRestoreErrorAsync(exception, "Runtime.AfterRestoreError", cancellationToken).ConfigureAwait(false);
            Environment.Exit(1);
        }
    }
}
