using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The steps between initialisation and the first invocation of a function with SnapStart.</summary>
internal sealed class SnapStart(RuntimeApi api, ConsoleLog log)
{
    /// <summary>Runs the hooks around the snapshot. A hook that fails is reported; false then: no invocation is served.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (SnapshotRestore.BeforeSnapshot.TryPop(out var hook)) await hook().ConfigureAwait(false);
            await api.RestoreNextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.Write(LogLevel.Error, exception, null);
            await api.ReportInitErrorAsync(exception, "Runtime.BeforeSnapshotError", cancellationToken).ConfigureAwait(false);
            return false;
        }

        try
        {
            while (SnapshotRestore.AfterRestore.TryDequeue(out var hook)) await hook().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.Write(LogLevel.Error, exception, null);
            await api.ReportRestoreErrorAsync(exception, "Runtime.AfterRestoreError", cancellationToken).ConfigureAwait(false);
            return false;
        }

        return true;
    }
}
