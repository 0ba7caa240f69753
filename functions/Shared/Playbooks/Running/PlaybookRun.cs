using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Playbooks.Running;

/// <summary>How a run ended.</summary>
public abstract record RunOutcome
{
    private RunOutcome()
    {
    }

    /// <summary>The run came to its end; single agents may have failed or been skipped.</summary>
    public sealed record Completed : RunOutcome;

    /// <param name="Reason"><c>deadline</c>, or a sentence that names the agent.</param>
    public sealed record Failed(string Reason) : RunOutcome;
}

/// <summary>What a playbook gave.</summary>
/// <param name="Outputs">By agent id: of those that succeeded, were cached or defaulted.</param>
/// <param name="Log">An entry for each node, in the order in which they ended.</param>
/// <param name="Sources">Where values came from, by agent id, as far as the agents said so and the text bears them out.</param>
public sealed record PlaybookRun(
    RunOutcome Outcome,
    IReadOnlyDictionary<string, JsonObject> Outputs,
    IReadOnlyList<ExecutionLogEntry> Log,
    IReadOnlyDictionary<string, IReadOnlyList<ValueSource>> Sources)
{
    public bool IsCompleted => Outcome is RunOutcome.Completed;

    /// <summary>The outputs as one object by agent id, copied.</summary>
    public JsonObject OutputsJson() => new(Outputs.Select(output => KeyValuePair.Create(output.Key, (JsonNode?)output.Value.DeepClone())));
}

/// <summary>What is kept of an earlier run so that it can go on: agents that finished are not called again.</summary>
/// <param name="Outputs">By agent id.</param>
/// <param name="Versions">Version of each agent then; an agent that has changed since runs again.</param>
public sealed record EarlierRun(IReadOnlyDictionary<string, JsonObject> Outputs, IReadOnlyDictionary<string, int> Versions)
{
    public static EarlierRun From(PlaybookRun run) => new(run.Outputs, run.Log.ToDictionary(entry => entry.AgentId, entry => entry.Version));

    /// <summary>The same without these agents: they run again.</summary>
    public EarlierRun Without(IReadOnlySet<string> agents) =>
        this with { Outputs = Outputs.Where(output => !agents.Contains(output.Key)).ToDictionary() };
}

/// <summary>Calls one agent. Throws only for bugs, broken environments and cancellation.</summary>
/// <param name="parents">Outputs of the agents that an edge joins to this one, by agent id.</param>
public delegate Task<AgentResult> AgentCall(AgentDefinition agent, IReadOnlyDictionary<string, JsonObject> parents, CancellationToken cancellationToken);
