using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Postgres;

/// <summary>The JSON columns of agent_definitions and domain_configurations, both ways.</summary>
public static class ConfigurationJson
{
    /// <returns><c>{"agent_execution_graph":{"nodes":["a"],"edges":[{"from":"a","to":"b"}]},"policies":{"a":{"on_failure":"fail"}}}</c></returns>
    public static JsonObject FromPlaybook(PlaybookGraph graph)
    {
        var json = new JsonObject
        {
            ["agent_execution_graph"] = new JsonObject
            {
                ["nodes"] = FromStrings(graph.Nodes),
                ["edges"] = new JsonArray([.. graph.Edges.Select(edge => new JsonObject { ["from"] = edge.From, ["to"] = edge.To })]),
            },
        };
        if (graph.Policies is { Count: > 0 } policies)
            json["policies"] = new JsonObject(policies.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, FromPolicy(p.Value))));
        return json;
    }

    /// <exception cref="FormatException">The JSON is not a playbook.</exception>
    public static PlaybookGraph ToPlaybook(JsonObject json)
    {
        if (json["agent_execution_graph"] is not JsonObject graph) throw new FormatException("A playbook needs agent_execution_graph.");
        var edges = Objects(graph["edges"]).Select(edge => new PlaybookEdge(Text(edge, "from"), Text(edge, "to")));
        var policies = (json["policies"] as JsonObject)?.ToDictionary(p => p.Key, p => ToPolicy(p.Value as JsonObject), StringComparer.Ordinal);
        return new PlaybookGraph(ToStrings(graph["nodes"]), [.. edges], policies);
    }

    public static JsonArray FromCategories(IReadOnlyList<Category> categories) =>
    [
        .. categories.Select(c => new JsonObject
        {
            ["id"] = c.Id, ["name"] = c.Name, ["words"] = FromStrings(c.Words), ["default_urgency"] = c.DefaultUrgency,
        }),
    ];

    public static IReadOnlyList<Category> ToCategories(JsonNode? json) =>
    [
        .. Objects(json).Select(c => new Category(Text(c, "id"), Text(c, "name"), ToStrings(c["words"]), (string?)c["default_urgency"] ?? "medium")),
    ];

    public static JsonArray FromPlaces(IReadOnlyList<Place> places) =>
    [
        .. places.Select(p => new JsonObject
        {
            ["name"] = p.Name,
            ["kind"] = p.Kind,
            ["aliases"] = FromStrings(p.Aliases),
            ["location"] = new JsonArray(p.Longitude, p.Latitude),
            ["radius_m"] = p.RadiusMetres,
        }),
    ];

    public static IReadOnlyList<Place> ToPlaces(JsonNode? json) =>
    [
        .. Objects(json).Select(p => new Place(
            Text(p, "name"), Text(p, "kind"), ToStrings(p["aliases"]), (double)p["location"]![0]!, (double)p["location"]![1]!, (double)p["radius_m"]!)),
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

    private static JsonObject FromPolicy(FailurePolicy policy) => policy switch
    {
        FailurePolicy.FailRun => new JsonObject { ["on_failure"] = "fail" },
        FailurePolicy.UseDefault use => new JsonObject { ["on_failure"] = "default", ["default"] = use.Output.DeepClone() },
        _ => new JsonObject { ["on_failure"] = "skip" },
    };

    private static FailurePolicy ToPolicy(JsonObject? json) => (string?)json?["on_failure"] switch
    {
        "fail" => new FailurePolicy.FailRun(),
        "default" when json["default"] is JsonObject output => new FailurePolicy.UseDefault((JsonObject)output.DeepClone()),
        "skip" => new FailurePolicy.SkipDependents(),
        var other => throw new FormatException($"on_failure is '{other}': it must be fail, skip, or default with an object."),
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? json) => json is JsonArray array ? array.OfType<JsonObject>() : [];

    private static string Text(JsonObject json, string key) => (string?)json[key] ?? throw new FormatException($"'{key}' is missing.");
}
