using System.Diagnostics;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Graphs;

namespace DomainFlow.Postgres;

/// <summary>The JSON columns of agent_definitions and domain_configurations, both ways.</summary>
public static class ConfigurationJson
{
    /// <exception cref="FormatException">The JSON is not a playbook.</exception>
    public static PlaybookGraph ToPlaybook(JsonObject json) => GraphJson.Parse(json) switch
    {
        GraphParse.Parsed parsed => parsed.Graph,
        GraphParse.Malformed malformed => throw new FormatException(string.Join(' ', malformed.Problems)),
        _ => throw new UnreachableException(),
    };

    public static JsonArray FromNeeded(IReadOnlyList<NeededValue> needed) =>
    [
        .. needed.Select(n => new JsonObject
        {
            ["agent"] = n.Agent, ["key"] = n.Key, ["question"] = n.Question, ["minimum_confidence"] = n.MinimumConfidence,
        }),
    ];

    public static IReadOnlyList<NeededValue> ToNeeded(JsonNode? json) =>
    [
        .. Objects(json).Select(n => new NeededValue(Text(n, "agent"), Text(n, "key"), Text(n, "question"), (double?)n["minimum_confidence"] ?? 0.5)),
    ];

    public static JsonObject FromTransitions(IReadOnlyDictionary<string, IReadOnlyList<string>> transitions) =>
        new(transitions.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Key, FromStrings(t.Value))));

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ToTransitions(JsonObject json) =>
        json.ToDictionary(t => t.Key, t => ToStrings(t.Value), StringComparer.Ordinal);

    public static JsonArray FromStrings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];

    public static IReadOnlyList<string> ToStrings(JsonNode? json) => json is JsonArray array ? [.. array.Select(value => (string)value!)] : [];

    /// <summary>The name of a class in agent_definitions.agent_class.</summary>
    public static string FromClass(AgentClass agentClass) => agentClass switch
    {
        AgentClass.Ingestion => "ingestion",
        AgentClass.Query => "query",
        _ => "management",
    };

    public static AgentClass ToClass(string name) => name switch
    {
        "ingestion" => AgentClass.Ingestion,
        "query" => AgentClass.Query,
        "management" => AgentClass.Management,
        _ => throw new FormatException($"There is no agent class '{name}'."),
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? json) => json is JsonArray array ? array.OfType<JsonObject>() : [];

    private static string Text(JsonObject json, string key) => (string?)json[key] ?? throw new FormatException($"'{key}' is missing.");
}
