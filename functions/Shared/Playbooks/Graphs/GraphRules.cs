using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Graphs;

/// <summary>What a playbook's graph must hold.</summary>
public static class GraphRules
{
    public const int MaxNodes = 25;

    /// <summary>
    /// Nodes exist, are enabled and of the playbook's class; edges join nodes; there is no cycle; each dependency of an agent is an edge;
    /// at most <see cref="MaxNodes"/> nodes, none twice; policies name nodes.
    /// </summary>
    public static GraphCheck Check(PlaybookGraph graph, AgentClass agentClass, IReadOnlyDictionary<string, AgentDefinition> agents)
    {
        var problems = new List<string>();
        CheckNodes(graph, agentClass, agents, problems);
        CheckEdges(graph, problems);
        CheckDependencies(graph, agents, problems);
        foreach (var id in graph.Policies?.Keys ?? [])
        {
            if (!graph.Nodes.Contains(id))
                problems.Add($"policies: '{id}' is not a node.");
        }

        var order = Order(graph);
        if (order.Count < graph.Nodes.Distinct().Count())
            problems.Add($"edges: there is a cycle: {string.Join(" -> ", FindCycle(graph, order))}.");
        return problems.Count == 0 ? new GraphCheck.Accepted(order) : new GraphCheck.Refused(problems);
    }

    private static void CheckNodes(
        PlaybookGraph graph, AgentClass agentClass, IReadOnlyDictionary<string, AgentDefinition> agents, List<string> problems)
    {
        if (graph.Nodes.Count > MaxNodes)
            problems.Add($"nodes: there are {graph.Nodes.Count}, at most {MaxNodes} are allowed.");
        foreach (var twice in graph.Nodes.GroupBy(node => node).Where(group => group.Count() > 1))
            problems.Add($"nodes: '{twice.Key}' is named {twice.Count()} times.");
        foreach (var node in graph.Nodes.Distinct())
        {
            if (!agents.TryGetValue(node, out var agent))
                problems.Add($"nodes: there is no agent '{node}'.");
            else if (!agent.Enabled)
                problems.Add($"nodes: agent '{node}' is disabled.");
            else if (agent.Class != agentClass)
                problems.Add($"nodes: agent '{node}' is of class {Word(agent.Class)}, the playbook of class {Word(agentClass)}.");
        }
    }

    private static void CheckEdges(PlaybookGraph graph, List<string> problems)
    {
        foreach (var edge in graph.Edges)
        {
            foreach (var end in new[] { edge.From, edge.To }.Where(end => !graph.Nodes.Contains(end)))
                problems.Add($"edges: {edge.From} -> {edge.To} joins '{end}', which is not a node.");
        }

        foreach (var twice in graph.Edges.GroupBy(edge => edge).Where(group => group.Count() > 1))
            problems.Add($"edges: {twice.Key.From} -> {twice.Key.To} is named {twice.Count()} times.");
    }

    private static void CheckDependencies(PlaybookGraph graph, IReadOnlyDictionary<string, AgentDefinition> agents, List<string> problems)
    {
        foreach (var node in graph.Nodes.Distinct().Where(agents.ContainsKey))
        {
            foreach (var needed in agents[node].Dependencies.Where(needed => !graph.Edges.Contains(new PlaybookEdge(needed, node))))
                problems.Add($"edges: agent '{node}' depends on '{needed}', but there is no edge {needed} -> {node}.");
        }
    }

    /// <summary>Nodes that no cycle holds back, parents first.</summary>
    private static List<string> Order(PlaybookGraph graph)
    {
        var waiting = new SortedSet<string>(graph.Nodes, StringComparer.Ordinal);
        var edges = graph.Edges.Where(edge => waiting.Contains(edge.From) && waiting.Contains(edge.To)).ToList();
        var order = new List<string>();
        while (waiting.FirstOrDefault(node => !edges.Exists(edge => edge.To == node && waiting.Contains(edge.From))) is { } next)
        {
            order.Add(next);
            waiting.Remove(next);
        }

        return order;
    }

    private static List<string> FindCycle(PlaybookGraph graph, List<string> order)
    {
        var held = graph.Nodes.Except(order).ToHashSet();
        var path = new List<string> { held.Order(StringComparer.Ordinal).First() };
        while (true)
        {
            // Each node that is held back has a parent that is held back: walking up must come round.
            var parent = graph.Edges.First(edge => edge.To == path[^1] && held.Contains(edge.From)).From;
            var seen = path.IndexOf(parent);
            path.Add(parent);
            if (seen < 0)
                continue;
            var cycle = path[seen..];
            cycle.Reverse();
            return cycle;
        }
    }

    private static string Word(AgentClass agentClass) => agentClass.ToString().ToLowerInvariant();
}
