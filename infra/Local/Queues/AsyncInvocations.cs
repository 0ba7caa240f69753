using System.Text;
using DomainFlow.Local.Lambda;

namespace DomainFlow.Local.Queues;

/// <summary>
/// Invocations that nobody waits for: kept in the database first, tried again after a minute and then two, and in the end kept in the
/// function's failure queue.
/// </summary>
internal sealed class AsyncInvocations(MessageStore store, HostOptions options)
{
    private const int DefaultRetries = 2;

    private readonly Dictionary<string, QueueConsumer> consumers = [];

    /// <summary>Keeps an invocation; it is durable when this returns.</summary>
    public async Task SendAsync(string function, string payload, CancellationToken cancellationToken)
    {
        await store.SendAsync(QueueOf(function), payload, cancellationToken);
        consumers[function].Wake();
    }

    public void Attach(string function, QueueConsumer consumer) => consumers[function] = consumer;

    public ConsumerSettings SettingsOf(FunctionPool pool)
    {
        var function = pool.Definition.Name;
        var configured = options.System.AsyncInvocations.SingleOrDefault(invocation => invocation.Function == function);
        return new ConsumerSettings(
            QueueOf(function), configured?.FailureQueue ?? function + "-failures",
            (configured?.MaxRetries ?? DefaultRetries) + 1, BatchSize: 1, pool.BackgroundLimit,
            TimeSpan.FromSeconds(pool.Definition.TimeoutSeconds) + options.AcquireBound + TimeSpan.FromSeconds(10),
            deliveries => options.QueueVisibility ?? TimeSpan.FromMinutes(deliveries));
    }

    public static async Task<BatchOutcome> HandleAsync(FunctionPool pool, IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var message = messages.Single();
        var (_, result) = await pool.InvokeAsync(Encoding.UTF8.GetBytes(message.Body), InvocationKind.Background, cancellationToken);
        return result switch
        {
            InvocationResult.Answered => new BatchOutcome.Tried(new HashSet<Guid>(), ""),
            InvocationResult.Failed failed => new BatchOutcome.Tried(new HashSet<Guid> { message.Id }, $"{failed.ErrorType}: {failed.Message}"),
            _ => new BatchOutcome.NotTried(),
        };
    }

    /// <summary>The queue in which invocations of a function wait.</summary>
    public static string QueueOf(string function) => "async:" + function;
}
