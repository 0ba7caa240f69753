using DomainFlow.Local.Lambda;
using DomainFlow.Topology;

namespace DomainFlow.Local.Queues;

/// <summary>Feeds a function from a queue.</summary>
internal sealed class EventSourceMapping(QueueTrigger trigger, QueueDefinition queue, FunctionPool pool, HostOptions options)
{
    public ConsumerSettings Settings
    {
        get
        {
            var visibility = options.QueueVisibility ?? TimeSpan.FromSeconds(queue.VisibilitySeconds);
            // The wait for a process comes on top: the visibility time is the function's.
            return new ConsumerSettings(
                queue.Name, queue.DeadLetters, queue.MaxReceives, trigger.BatchSize, pool.BackgroundLimit, visibility + options.AcquireBound, _ => visibility);
        }
    }

    public async Task<BatchOutcome> HandleAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var (_, result) = await pool.InvokeAsync(SqsBatch.ToEvent(queue.Name, messages), InvocationKind.Background, cancellationToken);
        return result switch
        {
            InvocationResult.Answered answered => SqsBatch.ReadAnswer(messages, answered.Payload),
            InvocationResult.Failed failed => new BatchOutcome.Tried(messages.Select(m => m.Id).ToHashSet(), $"{failed.ErrorType}: {failed.Message}"),
            _ => new BatchOutcome.NotTried(),
        };
    }
}
