using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Graphs;
using DomainFlow.Playbooks.Templates;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Graphs;

public sealed class GraphRulesTests
{
    private static readonly Dictionary<string, AgentDefinition> Agents =
        Make.ById([Make.Agent("a"), Make.Agent("b"), Make.Agent("c"), Make.Agent("off") with { Enabled = false }, Make
            .Agent("query") with { Class = AgentClass.Query },
            Make.Agent("needs-a") with { Dependencies = ["a"] }]);

    [Theory]
    [InlineData("a b", "a>b b>a", "a -> b -> a")]
    [InlineData("a b c", "a>b b>c c>a", "cycle: a -> b -> c -> a")]
    [InlineData("a", "a>a", "a -> a")]
    [InlineData("a x", "", "no agent 'x'")]
    [InlineData("a off", "", "'off' is disabled")]
    [InlineData("a query", "", "'query' is of class query")]
    [InlineData("a a", "", "'a' is named 2 times")]
    [InlineData("a", "a>b", "joins 'b', which is not a node")]
    [InlineData("a needs-a", "", "no edge a -> needs-a")]
    [InlineData("a b", "a>b a>b", "a -> b is named 2 times")]
    public void A_graph_that_breaks_a_rule_is_refused_with_its_name(string nodes, string edges, string problem)
    {
        var refused = Assert.IsType<GraphCheck.Refused>(GraphRules.Check(Graph(nodes, edges), AgentClass.Ingestion, Agents));
        Assert.Contains(refused.Problems, given => given.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_26th_node_is_one_too_many()
    {
        var agents = Make.ById(Enumerable.Range(0, 26).Select(i => Make.Agent($"n{i}")));
        Assert.IsType<GraphCheck.Refused>(GraphRules.Check(new PlaybookGraph([.. agents.Keys], []), AgentClass.Ingestion, agents));
        Assert.IsType<GraphCheck.Accepted>(GraphRules.Check(new PlaybookGraph([.. agents.Keys.Take(25)], []), AgentClass.Ingestion, agents));
    }

    [Fact]
    public void A_graph_survives_writing_and_reading()
    {
        var graph = Graph("a b c", "a>b b>c") with
        {
            Policies = new Dictionary<string, FailurePolicy>
            {
                ["a"] = new FailurePolicy.FailRun(),
                ["b"] = new FailurePolicy.UseDefault(Make.Json("""{"n":7}""")),
                ["c"] = new FailurePolicy.SkipDependents(),
            },
        };
        var read = Assert.IsType<GraphParse.Parsed>(GraphJson.Parse(GraphJson.Write(graph).ToJsonString())).Graph;
        Assert.Equal(graph.Nodes, read.Nodes);
        Assert.Equal(graph.Edges, read.Edges);
        Assert.IsType<FailurePolicy.FailRun>(read.Policies!["a"]);
        Assert.Equal(7, (int)Assert.IsType<FailurePolicy.UseDefault>(read.Policies["b"]).Output["n"]!);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "agent_execution_graph")]
    [InlineData("""{"agent_execution_graph":{"nodes":[1],"edges":[]}}""", "nodes")]
    [InlineData("""{"agent_execution_graph":{"nodes":["a"],"edges":[{"from":"a"}]}}""", "edges[0]")]
    [InlineData("""{"agent_execution_graph":{"nodes":["a"],"edges":[],"policies":{"a":"maybe"}}}""", "policies.a")]
    public void Malformed_graph_JSON_is_told_by_field(string json, string problem)
    {
        var malformed = Assert.IsType<GraphParse.Malformed>(GraphJson.Parse(json));
        Assert.Contains(malformed.Problems, given => given.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_template_brings_playbooks_that_are_accepted()
    {
        Assert.Equal(["agriculture", "civic-complaints", "disaster-response", "water-loss"], DomainTemplates.All.Select(template => template.Id));
        foreach (var template in DomainTemplates.All)
        {
            Assert.IsType<GraphCheck.Accepted>(GraphRules.Check(template.Ingestion, AgentClass.Ingestion, BuiltInAgents.ById));
            Assert.IsType<GraphCheck.Accepted>(GraphRules.Check(template.Query, AgentClass.Query, BuiltInAgents.ById));
            Assert.IsType<GraphCheck.Accepted>(GraphRules.Check(template.Management, AgentClass.Management, BuiltInAgents.ById));
        }
    }

    [Fact]
    public void Built_in_agents_have_at_most_five_keys()
    {
        Assert.Equal(17, BuiltInAgents.All.Count);
        Assert.All(BuiltInAgents.All, agent => Assert.InRange(agent.OutputSchema["properties"]!.AsObject().Count, 1, AgentDefinition.MaxOutputKeys));
    }

    internal static PlaybookGraph Graph(string nodes, string edges) => new(
        nodes.Split(' '),
        [.. edges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(edge => new PlaybookEdge(edge.Split('>')[0], edge.Split('>')[1]))]);
}
