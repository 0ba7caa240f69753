using Amazon.Lambda.SQSEvents;

namespace DomainFlow.Hosting.Batches;

/// <summary>Runs a batch message by message; one that fails comes again and holds up no other.</summary>
public static class QueueBatch
{
    public static async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, Func<SQSEvent.SQSMessage, Invocation, Task> handle, Invocation invocation)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in batch.Records ?? [])
        {
            try
            {
                invocation.Deadline.ThrowIfCancellationRequested();
                await handle(message, invocation);
            }
            catch (MessageAgainException again)
            {
                FunctionLog.Information("message {0} comes again: {1}", message.MessageId, again.Message);
                failures.Add(new() { ItemIdentifier = message.MessageId });
            }
            catch (Exception failure)
            {
                FunctionLog.Error(failure, "message {0} failed", message.MessageId);
                failures.Add(new() { ItemIdentifier = message.MessageId });
            }
        }

        return new(failures);
    }

    /// <summary>How many times the message was delivered, this time included.</summary>
    public static int ReceiveCount(this SQSEvent.SQSMessage message) =>
        message.Attributes is { } attributes && attributes.TryGetValue("ApproximateReceiveCount", out var text) && int.TryParse(text, out var count)
            ? count
            : 1;
}

/// <summary>The message is to be delivered again, though nothing went wrong.</summary>
public sealed class MessageAgainException(string why) : Exception(why);
