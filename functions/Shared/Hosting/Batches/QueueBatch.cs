using Amazon.Lambda.SQSEvents;

namespace DomainFlow.Hosting.Batches;

/// <summary>
/// Handles a batch message by message. One that fails, or takes longer than its share of the invocation's time, is reported as a batch item
/// failure and is delivered again; the others are not held up by it.
/// </summary>
public static class QueueBatch
{
    /// <summary>Time between a message's deadline and the moment at which a handler that ignores it is given up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, Func<SQSEvent.SQSMessage, Invocation, Task> handle, Invocation invocation)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();

        // What failed before may fail slowly again: it must not spend the time of messages that come for the first time.
        var messages = (batch.Records ?? []).OrderBy(ReceiveCount).ToList();
        for (var i = 0; i < messages.Count; i++)
        {
            using var share = invocation.Share(invocation.Remaining / (messages.Count - i));
            if (!await IsHandledAsync(messages[i], handle, share))
            {
                failures.Add(new() { ItemIdentifier = messages[i].MessageId });
            }
        }

        return new(failures);
    }

    /// <summary>How many times the message was delivered, this time included.</summary>
    public static int ReceiveCount(this SQSEvent.SQSMessage message) =>
        message.Attributes is { } attributes && attributes.TryGetValue("ApproximateReceiveCount", out var text) && int.TryParse(text, out var count)
            ? count
            : 1;

    private static async Task<bool> IsHandledAsync(SQSEvent.SQSMessage message, Func<SQSEvent.SQSMessage, Invocation, Task> handle, Invocation share)
    {
        try
        {
            share.Deadline.ThrowIfCancellationRequested();

            // On another thread, so that a handler that computes past its deadline does not hold up the batch. Its token is cancelled by then,
            // so that its next call of a store ends it.
            var work = Task.Run(() => handle(message, share), CancellationToken.None);
            var patience = share.Remaining > TimeSpan.Zero ? share.Remaining + Grace : Grace;
            using var done = new CancellationTokenSource();
            if (await Task.WhenAny(work, Task.Delay(patience, done.Token)) == work)
            {
                await done.CancelAsync();
                await work;
                return true;
            }

            FunctionLog.Error("message {0} did not end at its deadline and was given up", message.MessageId);
        }
        catch (MessageAgainException again)
        {
            FunctionLog.Information("message {0} comes again: {1}", message.MessageId, again.Message);
        }
        catch (OperationCanceledException late) when (share.Deadline.IsCancellationRequested)
        {
            FunctionLog.Error(late, "message {0} took longer than its share of the invocation's time", message.MessageId);
        }
        catch (Exception failure)
        {
            FunctionLog.Error(failure, "message {0} failed", message.MessageId);
        }

        return false;
    }
}

/// <summary>The message is to be delivered again, though nothing went wrong.</summary>
public sealed class MessageAgainException(string why) : Exception(why);
