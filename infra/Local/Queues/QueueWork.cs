using DomainFlow.Local.Aws;
using DomainFlow.Local.Console;
using DomainFlow.Local.Lambda;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>Everything that runs from queues: pipes, event source mappings, asynchronous invocations, schedules, expiry.</summary>
internal sealed class QueueWork : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, QueueConsumer> consumers = [];
    private readonly Pipes pipes;
    private readonly AwsStores? aws;
    private readonly Expiry expiry;
    private readonly Schedules schedules;
    private Task running = Task.CompletedTask;

    private QueueWork(HostOptions options, NpgsqlDataSource source, FunctionPools pools, AwsStores? aws, HostLog log)
    {
        (this.source, this.aws) = (source, aws);
        var store = new MessageStore(source);
        AsyncInvocations = new AsyncInvocations(store, options);
        pipes = new Pipes(source, options.System.Pipes, Wake, log);
        expiry = new Expiry(source, options.System.Queues, log, options.Clock);
        schedules = new Schedules(source, options, Wake, log);
        DeadLetters = new DeadLetters(source, Wake, log);
        foreach (var trigger in options.System.QueueTriggers)
        {
            var queue = options.System.Queues.Single(definition => definition.Name == trigger.Queue);
            var mapping = new EventSourceMapping(trigger, queue, pools.Get(trigger.Function), options);
            consumers[queue.Name] = new QueueConsumer(mapping.Settings, store, mapping.HandleAsync, log, options.Clock);
        }

        foreach (var pool in pools.All)
        {
            var settings = AsyncInvocations.SettingsOf(pool);
            var consumer = new QueueConsumer(settings, store, (messages, token) => AsyncInvocations.HandleAsync(pool, messages, token), log, options.Clock);
            consumers[settings.Queue] = consumer;
            AsyncInvocations.Attach(pool.Definition.Name, consumer);
        }
    }

    public AsyncInvocations AsyncInvocations { get; }

    public DeadLetters DeadLetters { get; }

    /// <exception cref="HostException">The database cannot be reached, or the host's tables cannot be made.</exception>
    public static async Task<QueueWork> OpenAsync(
        HostOptions options, DatabaseSettings database, FunctionPools pools, AwsStores? aws, HostLog log, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        try
        {
            await HostSchema.LayAsync(source, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            await source.DisposeAsync();
            throw new HostException($"The database at {database.Host}:{database.Port} refused: {e.Message.ReplaceLineEndings(" ")}", e);
        }

        return new QueueWork(options, source, pools, aws, log);
    }

    public void Start() => running = Task.WhenAll(
    [
        aws is null ? pipes.RunAsync(stopping.Token) : aws.RunAsync(source, Wake, stopping.Token),
        expiry.RunAsync(stopping.Token),
        schedules.RunAsync(stopping.Token),
        .. consumers.Values.Select(consumer => consumer.RunAsync(stopping.Token)),
    ]);

    private void Wake(string queue) => consumers.GetValueOrDefault(queue)?.Wake();

    /// <summary>Takes no more messages. <see cref="DisposeAsync"/> waits for those that are being handled.</summary>
    public Task StopAsync() => stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        foreach (var consumer in consumers.Values) consumer.Dispose();
        await source.DisposeAsync();
        stopping.Dispose();
    }
}
