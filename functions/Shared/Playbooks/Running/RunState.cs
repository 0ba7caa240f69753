using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Playbooks.Running;

/// <summary>How one node ended. Without an output its dependents are skipped.</summary>
internal sealed record NodeEnd(ExecutionLogEntry Entry, JsonObject? Output, IReadOnlyList<ValueSource> Sources);

/// <summary>One run while it lasts.</summary>
internal sealed class RunState(
    TimeProvider time, SemaphoreSlim slots, CancellationTokenSource stop, AgentCall call, EarlierRun? earlier,
    AgentFault? onFault, CancellationToken deadline)
{
    public const string Deadline = "deadline";
    public const string Error = "error";
    public const string InternalError = "an internal error, which was logged";

    private readonly Lock gate = new();
    private readonly List<ExecutionLogEntry> log = [];

    public IReadOnlyList<ExecutionLogEntry> Log => log;

    /// <summary>The entry of the first node whose policy fails the run.</summary>
    public ExecutionLogEntry? FailedBy { get; private set; }

    public async Task<NodeEnd> NodeAsync(AgentDefinition agent, FailurePolicy policy, IReadOnlyDictionary<string, Task<NodeEnd>> parents)
    {
        // Children must not run on the stack of the loop that creates them.
        await Task.Yield();
        await Task.WhenAll(parents.Values);
        var ends = new Dictionary<string, NodeEnd>();
        foreach (var (id, parent) in parents)
            ends[id] = await parent;

        if (earlier is not null && earlier.Outputs.TryGetValue(agent.AgentId, out var kept)
            && earlier.Versions.GetValueOrDefault(agent.AgentId, agent.Version) == agent.Version)
            return End(Entry(agent, "cached", time.GetUtcNow(), 0, AgentUsage.None, null, kept), kept);
        if (deadline.IsCancellationRequested)
            return Fail(agent, policy, time.GetUtcNow(), 0, AgentUsage.None, Deadline);
        if (FailedBy is { } failed)
            return Skip(agent, $"agent '{failed.AgentId}' failed the run");
        if (ends.FirstOrDefault(end => end.Value.Output is null).Key is { } missing)
            return Skip(agent, $"agent '{missing}' gave no output");
        return await CallAsync(agent, policy, ends.ToDictionary(end => end.Key, end => end.Value.Output!));
    }

    private async Task<NodeEnd> CallAsync(AgentDefinition agent, FailurePolicy policy, IReadOnlyDictionary<string, JsonObject> parents)
    {
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        try
        {
            await slots.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopped(agent, policy, startedAt, 0);
        }

        try
        {
            startedAt = time.GetUtcNow();
            started = time.GetTimestamp();
            var result = await call(agent, parents, stop.Token);
            var duration = time.GetElapsedTime(started).TotalMilliseconds;
            return result switch
            {
                AgentResult.Succeeded done =>
                    End(Entry(agent, "success", startedAt, duration, done.Usage, null, done.Output), done.Output, done.Sources),
                AgentResult.Failed bad => Fail(agent, policy, startedAt, duration, bad.Usage, bad.Reason),
                _ => throw new InvalidOperationException($"Unknown result {result}."),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopped(agent, policy, startedAt, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception error)
        {
            // A bug. Its text may hold what a reader must not see, so the entry says only that it happened; the policy says what it means for the run.
            onFault?.Invoke(agent.AgentId, error);
            return Fail(agent, policy, startedAt, time.GetElapsedTime(started).TotalMilliseconds, AgentUsage.None, InternalError);
        }
        finally
        {
            slots.Release();
        }
    }

    private NodeEnd Stopped(AgentDefinition agent, FailurePolicy policy, DateTimeOffset startedAt, double duration) =>
        deadline.IsCancellationRequested
            ? Fail(agent, policy, startedAt, duration, AgentUsage.None, Deadline)
            : Skip(agent, $"agent '{FailedBy?.AgentId}' failed the run");

    private NodeEnd Fail(
        AgentDefinition agent, FailurePolicy policy, DateTimeOffset startedAt, double duration, AgentUsage usage, string reason)
    {
        // A default stands in for what an agent cannot do, not for what there was no time for: that may still be run.
        if (policy is FailurePolicy.UseDefault standIn && reason != Deadline)
        {
            var output = (JsonObject)standIn.Output.DeepClone();
            return End(Entry(agent, "defaulted", startedAt, duration, usage, reason, output), output);
        }

        var entry = Entry(agent, Error, startedAt, duration, usage, reason, null);
        if (policy is FailurePolicy.FailRun)
        {
            lock (gate)
                FailedBy ??= entry;
            stop.Cancel();
        }

        return End(entry, null);
    }

    private NodeEnd Skip(AgentDefinition agent, string reason) =>
        End(Entry(agent, "skipped", time.GetUtcNow(), 0, AgentUsage.None, reason, null), null);

    private NodeEnd End(ExecutionLogEntry entry, JsonObject? output, IReadOnlyList<ValueSource>? sources = null)
    {
        lock (gate)
            log.Add(entry);
        return new NodeEnd(entry, output, sources ?? []);
    }

    private static ExecutionLogEntry Entry(
        AgentDefinition agent, string status, DateTimeOffset startedAt, double duration, AgentUsage usage, string? reason, JsonObject? output) =>
        new(agent.AgentId, agent.Version, status, startedAt, duration, usage.TokensIn, usage.TokensOut, reason, output);
}
