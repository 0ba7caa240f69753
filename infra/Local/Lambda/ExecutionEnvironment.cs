using System.ComponentModel;
using DomainFlow.Local.Console;

namespace DomainFlow.Local.Lambda;

/// <summary>One place for a process of a function: starts it, hands it one invocation at a time, starts it again when it dies.</summary>
internal sealed class ExecutionEnvironment(EnvironmentSpec spec, ProcessLauncher launcher, Action<Poll> offer, HostLog log, TimeProvider clock)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FunctionProcess? process;
    private Invocation? current;
    private Poll? parked;
    private bool asked;
    private string? lastLine;
    private string? initError;

    /// <summary>Ends when the process has asked for its first invocation; fails with <see cref="HostException"/> when it cannot start.</summary>
    public Task Ready => ready.Task;

    /// <summary>Id of the process that runs now; null between two.</summary>
    public int? ProcessId => process?.Id;

    /// <summary>Keeps a process running until told to stop; then kills it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            int exitCode;
            try
            {
                exitCode = await RunProcessAsync(stopping);
            }
            catch (Win32Exception e)
            {
                ready.TrySetException(new HostException($"setsid and setpriv (util-linux) are needed to start {spec.Function}: {e.Message}", e));
                return;
            }

            if (stopping.IsCancellationRequested) return;
            failures = asked ? 0 : failures + 1;
            var reason = initError ?? $"{ExitText(exitCode)}{(lastLine is null ? "" : ": " + lastLine)}";
            log.Write(spec.Label, LogLevel.Error, asked ? $"the process ended ({ExitText(exitCode)}); starting another" : $"init failed: {reason}");
            if (failures >= EnvironmentSpec.StartAttempts)
                ready.TrySetException(new HostException($"{spec.Function} could not start: {reason}"));
            var backoff = TimeSpan.FromTicks(Math.Min(LongestBackoff.Ticks, FirstBackoff.Ticks << Math.Min(failures, 10)));
            try
            {
                await Task.Delay(backoff, clock, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The process asks for work: parks it, frozen if so configured, until an invocation is handed to it.</summary>
    public async Task<Invocation> NextAsync(CancellationToken aborted)
    {
        Poll poll;
        lock (gate)
        {
            if (process is null) throw new OperationCanceledException("The process is gone");
            current?.Complete(InvocationResult.Failed.Of("Runtime.NoResponse",
                $"RequestId: {current.RequestId} Error: the runtime asked for the next event without an answer"));
            current = null;
            asked = true;
            parked?.Cancel();
            parked = poll = new Poll(this, process);
        }

        await using var registration = aborted.Register(poll.Cancel);
        if (spec.Freeze) poll.Process.Freeze();
        ready.TrySetResult();
        offer(poll);
        return await poll.Handed;
    }

    /// <summary>Hands an invocation to a parked process; false when that process is gone.</summary>
    public bool TryHand(Poll poll, Invocation invocation)
    {
        lock (gate)
        {
            if (poll != parked || poll.Process.HasExited) return false;
            parked = null;
            current = invocation;
        }

        invocation.Deadline = clock.GetUtcNow() + spec.Timeout;
        poll.Process.Thaw();
        if (poll.TryHand(invocation)) return true;
        lock (gate) current = null;
        return false;
    }

    /// <summary>The process answers; false when that invocation is not the one it holds.</summary>
    public bool TryComplete(string requestId, InvocationResult result)
    {
        lock (gate)
        {
            if (current?.RequestId != requestId) return false;
            current.Complete(result);
            current = null;
            return true;
        }
    }

    /// <summary>Past its time-out: the process is killed, as Lambda does.</summary>
    public void TimeOut(Invocation invocation)
    {
        FunctionProcess? late;
        lock (gate)
        {
            if (current != invocation) return;
            current = null;
            late = process;
        }

        var message = FormattableString.Invariant($"RequestId: {invocation.RequestId} Error: Task timed out after {spec.Timeout.TotalSeconds:0.00} seconds");
        log.Write(spec.Label, LogLevel.Error, message);
        invocation.Complete(InvocationResult.Failed.Of("Sandbox.Timedout", message));
        late?.Kill();
    }

    public void InitFailed(string message)
    {
        lock (gate) initError = message;
    }

    private async Task<int> RunProcessAsync(CancellationToken stopping)
    {
        lock (gate)
        {
            asked = false;
            lastLine = initError = null;
        }

        using var started = new FunctionProcess(await launcher.StartAsync(spec.Executable, spec.Variables), Line);
        lock (gate) process = started;
        await using var registration = stopping.Register(started.Kill);
        var exitCode = await started.Exit;
        lock (gate)
        {
            process = null;
            parked?.Cancel();
            parked = null;
            current?.Complete(InvocationResult.Failed.Of("Runtime.ExitError",
                $"RequestId: {current.RequestId} Error: Runtime exited with error: {ExitText(exitCode)}"));
            current = null;
        }

        return exitCode;
    }

    private void Line(string line)
    {
        lock (gate)
        {
            if (!string.IsNullOrWhiteSpace(line)) lastLine = line.Trim();
            current?.Log.Add(line);
        }

        log.FunctionLine(spec.Label, line);
    }

    private static string ExitText(int exitCode) => exitCode > 128 ? $"signal {exitCode - 128}" : $"exit status {exitCode}";
}

/// <summary>What an execution environment runs.</summary>
/// <param name="Label">Function and slot, for the log.</param>
internal sealed record EnvironmentSpec(
    string Function, string Label, string Executable, IReadOnlyDictionary<string, string> Variables, TimeSpan Timeout, bool Freeze)
{
    /// <summary>Failed starts in a row after which the host gives up, when it has not been ready yet.</summary>
    public const int StartAttempts = 3;
}

/// <summary>A process that waits in `next`.</summary>
internal sealed class Poll(ExecutionEnvironment environment, FunctionProcess process)
{
    private readonly TaskCompletionSource<Invocation> handed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ExecutionEnvironment Environment { get; } = environment;

    public FunctionProcess Process { get; } = process;

    public Task<Invocation> Handed => handed.Task;

    public bool TryHand(Invocation invocation) => handed.TrySetResult(invocation);

    public void Cancel() => handed.TrySetCanceled();
}
