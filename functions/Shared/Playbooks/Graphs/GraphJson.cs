using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Graphs;

/// <summary>What reading a playbook's JSON gave.</summary>
public abstract record GraphParse
{
    private GraphParse()
    {
    }

    public sealed record Parsed(PlaybookGraph Graph) : GraphParse;

    /// <param name="Problems">Each names the field.</param>
    public sealed record Malformed(IReadOnlyList<string> Problems) : GraphParse;
}

/// <summary>
/// A playbook as it is stored: <c>{"agent_execution_graph":{"nodes":["a"],"edges":[{"from":"a","to":"b"}],"policies":{"a":"fail"}}}</c>.
/// A policy is <c>"fail"</c>, <c>"skip"</c> or <c>{"default":{...}}</c>; policies may be left out.
/// </summary>
public static class GraphJson
{
    private const string Root = "agent_execution_graph";

    /// <summary>Reads the text of a playbook.</summary>
    public static GraphParse Parse(string json)
    {
        try
        {
            return Parse(JsonNode.Parse(json));
        }
        catch (JsonException error)
        {
            return new GraphParse.Malformed([$"{Root}: not JSON: {error.Message}"]);
        }
    }

    /// <summary>Reads a playbook; what it says is checked by <see cref="GraphRules"/>.</summary>
    public static GraphParse Parse(JsonNode? json)
    {
        var problems = new List<string>();
        if (json is not JsonObject outer || outer[Root] is not JsonObject root)
            return new GraphParse.Malformed([$"{Root}: an object with nodes and edges is needed."]);
        var nodes = Nodes(root["nodes"], problems);
        var edges = Edges(root["edges"], problems);
        var policies = Policies(root["policies"], problems);
        return problems.Count == 0
            ? new GraphParse.Parsed(new PlaybookGraph(nodes, edges, policies))
            : new GraphParse.Malformed(problems);
    }

    public static JsonObject Write(PlaybookGraph graph)
    {
        var root = new JsonObject
        {
            ["nodes"] = new JsonArray([.. graph.Nodes.Select(node => (JsonNode)node)]),
            ["edges"] = new JsonArray([.. graph.Edges.Select(edge => (JsonNode)new JsonObject { ["from"] = edge.From, ["to"] = edge.To })]),
        };
        if (graph.Policies is { Count: > 0 } policies)
            root["policies"] = new JsonObject(policies.Select(policy => KeyValuePair.Create(policy.Key, Write(policy.Value))));
        return new JsonObject { [Root] = root };
    }

    private static JsonNode? Write(FailurePolicy policy) => policy switch
    {
        FailurePolicy.FailRun => "fail",
        FailurePolicy.UseDefault standIn => new JsonObject { ["default"] = standIn.Output.DeepClone() },
        _ => "skip",
    };

    private static List<string> Nodes(JsonNode? json, List<string> problems)
    {
        if (json is not JsonArray array || array.Any(item => Text(item) is null))
        {
            problems.Add($"{Root}.nodes: an array of agent ids is needed.");
            return [];
        }

        return [.. array.Select(item => Text(item)!)];
    }

    private static List<PlaybookEdge> Edges(JsonNode? json, List<string> problems)
    {
        var edges = new List<PlaybookEdge>();
        if (json is not JsonArray array)
        {
            problems.Add($"{Root}.edges: an array of {{\"from\",\"to\"}} is needed.");
            return edges;
        }

        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is JsonObject edge && Text(edge["from"]) is { } from && Text(edge["to"]) is { } to)
                edges.Add(new PlaybookEdge(from, to));
            else
                problems.Add($"{Root}.edges[{i}]: 'from' and 'to' are needed.");
        }

        return edges;
    }

    private static Dictionary<string, FailurePolicy>? Policies(JsonNode? json, List<string> problems)
    {
        if (json is null)
            return null;
        if (json is not JsonObject given)
        {
            problems.Add($"{Root}.policies: an object by agent id is needed.");
            return null;
        }

        var policies = new Dictionary<string, FailurePolicy>();
        foreach (var (id, value) in given)
        {
            if (Policy(value) is { } policy)
                policies[id] = policy;
            else
                problems.Add($"{Root}.policies.{id}: \"fail\", \"skip\" or {{\"default\":{{...}}}} is needed.");
        }

        return policies;
    }

    private static FailurePolicy? Policy(JsonNode? json) => json switch
    {
        JsonObject standIn when standIn["default"] is JsonObject output => new FailurePolicy.UseDefault((JsonObject)output.DeepClone()),
        _ when Text(json) == "fail" => new FailurePolicy.FailRun(),
        _ when Text(json) == "skip" => new FailurePolicy.SkipDependents(),
        _ => null,
    };

    private static string? Text(JsonNode? json) => json is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
