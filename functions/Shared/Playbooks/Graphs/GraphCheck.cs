namespace DomainFlow.Playbooks.Graphs;

/// <summary>Whether a playbook may be stored and run.</summary>
public abstract record GraphCheck
{
    private GraphCheck()
    {
    }

    /// <param name="Order">The nodes, parents before children; by name where the graph leaves it open.</param>
    public sealed record Accepted(IReadOnlyList<string> Order) : GraphCheck;

    /// <param name="Problems">Each in one sentence that names the node or edge.</param>
    public sealed record Refused(IReadOnlyList<string> Problems) : GraphCheck;
}
