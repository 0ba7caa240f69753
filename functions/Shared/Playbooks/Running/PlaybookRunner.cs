using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Graphs;

namespace DomainFlow.Playbooks.Running;

/// <summary>An agent threw: <paramref name="fault"/> is for the log, not for the reports' readers.</summary>
public delegate void AgentFault(string agentId, Exception fault);

/// <summary>A playbook's graph does not fit the agents that there are; the message names the node, edge or cycle.</summary>
public sealed class PlaybookRefusedException(string problems) : Exception(problems);

/// <summary>
/// Runs a graph of agents: a node starts as soon as its last parent has finished, at most ten at once, each once. It gets its parents'
/// outputs. A failure is met by the node's policy. One runner may serve many runs.
/// </summary>
/// <param name="onFault">Told of each agent that threw, which is a bug: the log entry's reason says only that it happened.</param>
public sealed class PlaybookRunner(TimeProvider time, AgentFault? onFault = null)
{
    public const int MaxConcurrentAgents = 10;

    /// <summary>Runs the graph, which must be accepted by <see cref="GraphRules"/>.</summary>
    /// <param name="earlier">An earlier run to go on with; what finished there is logged as <c>cached</c>.</param>
    /// <param name="deadline">When cancelled, unfinished nodes end with the error <c>deadline</c> and the run fails with it.</param>
    /// <exception cref="PlaybookRefusedException">The graph is not accepted.</exception>
    public async Task<PlaybookRun> RunAsync(
        PlaybookGraph graph,
        AgentClass agentClass,
        IReadOnlyDictionary<string, AgentDefinition> agents,
        AgentCall call,
        EarlierRun? earlier,
        CancellationToken deadline)
    {
        if (GraphRules.Check(graph, agentClass, agents) is not GraphCheck.Accepted accepted)
            throw new PlaybookRefusedException(string.Join(" ", ((GraphCheck.Refused)GraphRules.Check(graph, agentClass, agents)).Problems));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        using var slots = new SemaphoreSlim(MaxConcurrentAgents);
        var run = new RunState(time, slots, stop, call, earlier, onFault, deadline);
        var nodes = new Dictionary<string, Task<NodeEnd>>();
        foreach (var id in accepted.Order)
        {
            var parents = graph.Edges.Where(edge => edge.To == id).ToDictionary(edge => edge.From, edge => nodes[edge.From]);
            var policy = graph.Policies?.GetValueOrDefault(id) ?? new FailurePolicy.SkipDependents();
            nodes[id] = run.NodeAsync(agents[id], policy, parents);
        }

        var ends = await Task.WhenAll(nodes.Values);
        return new PlaybookRun(
            Outcome(ends, run),
            ends.Where(end => end.Output is not null).ToDictionary(end => end.Entry.AgentId, end => end.Output!),
            run.Log,
            ends.Where(end => end.Sources.Count > 0).ToDictionary(end => end.Entry.AgentId, end => end.Sources));
    }

    private static RunOutcome Outcome(NodeEnd[] ends, RunState run)
    {
        if (Array.Exists(ends, end => end.Entry.Reason == RunState.Deadline))
            return new RunOutcome.Failed(RunState.Deadline);
        if (run.FailedBy is { } failed)
            return new RunOutcome.Failed($"agent '{failed.AgentId}' failed: {failed.Reason}");
        if (ends.Length > 0 && Array.TrueForAll(ends, end => end.Output is null))
            return new RunOutcome.Failed($"no agent succeeded: {run.Log.First(entry => entry.Status == RunState.Error).Reason}");
        return new RunOutcome.Completed();
    }
}
