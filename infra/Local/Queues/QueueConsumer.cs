using DomainFlow.Local.Console;

namespace DomainFlow.Local.Queues;

/// <summary>How a queue is consumed.</summary>
/// <param name="Hidden">How long a message stays hidden once delivered.</param>
/// <param name="Again">Delay before a failed message is seen again, by its number of deliveries.</param>
internal sealed record ConsumerSettings(
    string Queue, string DeadLetters, int MaxReceives, int BatchSize, int Concurrency, TimeSpan Hidden, Func<int, TimeSpan> Again);

/// <summary>What came of a batch.</summary>
internal abstract record BatchOutcome
{
    private BatchOutcome()
    {
    }

    /// <summary>No process was free: nothing was tried.</summary>
    public sealed record NotTried : BatchOutcome;

    /// <param name="Failed">Ids of the messages that failed; none if all went well.</param>
    public sealed record Tried(IReadOnlySet<Guid> Failed, string Reason) : BatchOutcome;
}

/// <summary>Takes messages from one queue, as many batches at once as it may, and settles them by their outcome.</summary>
internal sealed class QueueConsumer(
    ConsumerSettings settings, MessageStore store,
    Func<IReadOnlyList<Message>, CancellationToken, Task<BatchOutcome>> handle, HostLog log, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim slots = new(settings.Concurrency);
    private readonly WakeUp wakeUp = new();

    public void Wake() => wakeUp.Set();

    /// <summary>Runs until told to stop, then waits for the batches that are under way.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await slots.WaitAsync(stopping);
                var taken = await TryTakeAsync(stopping);
                if (taken.Count > 0) _ = SettleAsync(taken);
                else
                {
                    slots.Release();
                    await wakeUp.WaitAsync(await WaitTimeAsync(stopping), stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            for (var i = 0; i < settings.Concurrency; i++) await slots.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        slots.Dispose();
        wakeUp.Dispose();
    }

    private async Task<IReadOnlyList<Message>> TryTakeAsync(CancellationToken stopping)
    {
        try
        {
            var dead = await store.BuryAsync(settings.Queue, settings.DeadLetters, settings.MaxReceives, stopping);
            if (dead > 0) log.Write("queues", LogLevel.Error, $"{dead} of {settings.Queue} moved to {settings.DeadLetters}");
            return await store.ReceiveAsync(settings.Queue, settings.BatchSize, settings.Hidden, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            slots.Release();
            throw;
        }
        catch (Exception e)
        {
            // Whatever it was, the queue goes on: a consumer that ended would be missed by nobody.
            log.Write("queues", LogLevel.Error, $"{settings.Queue}: {e.Message}");
            return [];
        }
    }

    private async Task<TimeSpan> WaitTimeAsync(CancellationToken stopping)
    {
        try
        {
            var next = await store.NextVisibleAsync(settings.Queue, stopping) ?? LongestWait;
            return TimeSpan.FromTicks(Math.Clamp(next.Ticks, TimeSpan.FromMilliseconds(10).Ticks, LongestWait.Ticks));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return LongestWait;
        }
    }

    /// <summary>Not stopped by the host's stop: what a function has done must be written down.</summary>
    private async Task SettleAsync(IReadOnlyList<Message> messages)
    {
        try
        {
            var started = clock.GetTimestamp();
            var outcome = await handle(messages, CancellationToken.None);
            if (outcome is BatchOutcome.Tried tried) await SettleAsync(messages, tried, clock.GetElapsedTime(started));
            else await store.ReleaseAsync(messages, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The messages appear again when their time is over.
            log.Write("queues", LogLevel.Error, $"{settings.Queue}: {e.Message}");
        }
        finally
        {
            slots.Release();
            wakeUp.Set();
        }
    }

    private async Task SettleAsync(IReadOnlyList<Message> messages, BatchOutcome.Tried outcome, TimeSpan elapsed)
    {
        var (failed, done) = (messages.Where(m => outcome.Failed.Contains(m.Id)).ToList(), messages.Where(m => !outcome.Failed.Contains(m.Id)).ToList());
        if (done.Count > 0) await store.DeleteAsync(done, CancellationToken.None);
        foreach (var group in failed.GroupBy(message => message.ReceiveCount))
        {
            var again = group.Key >= settings.MaxReceives ? TimeSpan.Zero : settings.Again(group.Key) - elapsed;
            await store.FailAsync(group, outcome.Reason, again < TimeSpan.Zero ? TimeSpan.Zero : again, CancellationToken.None);
        }

        var last = failed.Any(message => message.ReceiveCount >= settings.MaxReceives);
        if (failed.Count > 0)
            log.Write("queues", last ? LogLevel.Warning : LogLevel.Info, $"{settings.Queue}: {failed.Count} of {messages.Count} come again: {outcome.Reason}");
    }
}
