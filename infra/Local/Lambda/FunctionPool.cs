using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using DomainFlow.Local.Console;
using DomainFlow.Topology;

namespace DomainFlow.Local.Lambda;

/// <summary>All processes of one function. A process serves one invocation at a time.</summary>
internal sealed class FunctionPool : IDisposable
{
    private readonly Channel<Poll> idle = Channel.CreateUnbounded<Poll>();
    private readonly ConcurrentDictionary<Invocation, bool> running = new();
    private readonly SemaphoreSlim background;
    private readonly TimeProvider clock;
    private readonly TimeSpan acquireBound;
    private readonly CancellationTokenSource closing = new();

    public FunctionPool(
        FunctionDefinition definition, HostOptions options, bool hasRoutes,
        Func<int, EnvironmentSpec> spec, ProcessLauncher launcher, HostLog log)
    {
        Definition = definition;
        clock = options.Clock;
        acquireBound = options.AcquireBound;
        BackgroundLimit = hasRoutes ? Math.Max(1, definition.LocalConcurrency - 1) : definition.LocalConcurrency;
        background = new SemaphoreSlim(BackgroundLimit);
        Environments =
        [
            .. Enumerable.Range(0, definition.LocalConcurrency)
                .Select(slot => new ExecutionEnvironment(spec(slot), launcher, poll => idle.Writer.TryWrite(poll), log, clock)),
        ];
    }

    public FunctionDefinition Definition { get; }

    public IReadOnlyList<ExecutionEnvironment> Environments { get; }

    /// <summary>Processes that background work may hold at once: one is kept for people where the function has routes.</summary>
    public int BackgroundLimit { get; }

    public string Arn => $"arn:aws:lambda:{LocalNames.Region}:{LocalNames.Account}:function:{Definition.Name}";

    /// <summary>Runs the function once. The token ends the wait for a process; an invocation that runs is left to end.</summary>
    public async Task<(Invocation Invocation, InvocationResult Result)> InvokeAsync(
        ReadOnlyMemory<byte> payload, InvocationKind kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var traceId = $"Root=1-{now.ToUnixTimeSeconds():x8}-{RandomNumberGenerator.GetHexString(24, lowercase: true)};Sampled=0";
        var invocation = new Invocation(Guid.NewGuid().ToString(), payload, traceId);
        if (kind == InvocationKind.Background && !await background.WaitAsync(acquireBound, cancellationToken))
            return (invocation, new InvocationResult.Throttled());
        try
        {
            return (invocation, await RunAsync(invocation, cancellationToken));
        }
        finally
        {
            if (kind == InvocationKind.Background) background.Release();
        }
    }

    /// <summary>Takes nothing new and waits for what runs.</summary>
    public async Task DrainAsync(TimeSpan bound)
    {
        await closing.CancelAsync();
        try
        {
            await Task.WhenAll(running.Keys.Select(invocation => invocation.Completion)).WaitAsync(bound, clock);
        }
        catch (TimeoutException)
        {
            // What has not ended by now is cut off with its process.
        }
    }

    public void Dispose()
    {
        background.Dispose();
        closing.Dispose();
    }

    private async Task<InvocationResult> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        running[invocation] = true;
        try
        {
            if (await TryStartAsync(invocation, cancellationToken) is not { } environment) return new InvocationResult.Throttled();
            try
            {
                return await invocation.Completion.WaitAsync(TimeSpan.FromSeconds(Definition.TimeoutSeconds), clock, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                environment.TimeOut(invocation);
                return await invocation.Completion;
            }
        }
        finally
        {
            running.TryRemove(invocation, out _);
            invocation.Complete(new InvocationResult.Throttled());
        }
    }

    private async Task<ExecutionEnvironment?> TryStartAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(acquireBound, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, closing.Token, cancellationToken);
        try
        {
            while (true)
            {
                var poll = await idle.Reader.ReadAsync(either.Token);
                if (poll.Environment.TryHand(poll, invocation)) return poll.Environment;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
