using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Graphs;

namespace DomainFlow.Playbooks.Templates;

/// <summary>A domain to start from: everything but its places.</summary>
/// <param name="StatusTransitions">From each status of work to those that may follow.</param>
public sealed record DomainTemplate(
    string Id,
    string Name,
    string Description,
    PlaybookGraph Ingestion,
    PlaybookGraph Query,
    PlaybookGraph Management,
    IReadOnlyList<Category> Categories,
    IReadOnlyDictionary<string, IReadOnlyList<string>> StatusTransitions,
    string TimeZone,
    string Language,
    IReadOnlyList<NeededValue> Needed)
{
    /// <summary>A domain of a tenant, version 1.</summary>
    /// <param name="domainId">The template's id where null.</param>
    public DomainConfiguration ToDomain(
        Guid tenant, IReadOnlyList<Place> places, string? domainId = null, string? name = null, string? timeZone = null, string? language = null) => new(
        tenant, domainId ?? Id, name ?? Name, Description, Ingestion, Query, Management, Categories, places, StatusTransitions,
        timeZone ?? TimeZone, language ?? Language, 1, Needed);
}

/// <summary>The templates that come with the product.</summary>
public static class DomainTemplates
{
    private const string Folder = "Templates/";

    public static IReadOnlyList<DomainTemplate> All { get; } =
    [
        .. typeof(DomainTemplates).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>The template: <c>civic-complaints</c>, <c>disaster-response</c>, <c>agriculture</c> or <c>water-loss</c>; null for any other id.</summary>
    public static DomainTemplate? Find(string id) => All.FirstOrDefault(template => template.Id == id);

    private static DomainTemplate Read(string resource)
    {
        using var stream = typeof(DomainTemplates).Assembly.GetManifestResourceStream(resource)!;
        var json = (JsonObject)JsonNode.Parse(stream)!;
        string Text(string key) => JsonText.String(json[key]) ?? throw new InvalidOperationException($"{resource}: {key} is missing.");
        return new DomainTemplate(
            Text("id"),
            Text("name"),
            Text("description"),
            Graph(json, "ingestion_playbook"),
            Graph(json, "query_playbook"),
            Graph(json, "management_playbook"),
            [.. Objects(json["categories"]).Select(Category)],
            ((JsonObject)json["status_transitions"]!).ToDictionary(status => status.Key, status => Strings(status.Value)),
            Text("time_zone"),
            Text("language"),
            [.. Objects(json["needed"]).Select(Needed)]);
    }

    private static PlaybookGraph Graph(JsonObject json, string key) => GraphJson.Parse(json[key]) switch
    {
        GraphParse.Parsed parsed => parsed.Graph,
        GraphParse.Malformed malformed => throw new InvalidOperationException($"{key}: {string.Join(' ', malformed.Problems)}"),
        _ => throw new InvalidOperationException(key),
    };

    private static Category Category(JsonObject json) => new(
        JsonText.String(json["id"])!, JsonText.String(json["name"])!, Strings(json["words"]), JsonText.String(json["default_urgency"]) ?? "medium");

    private static NeededValue Needed(JsonObject json) => new(
        JsonText.String(json["agent"])!, JsonText.String(json["key"])!, JsonText.String(json["question"])!, JsonText.Number(json["minimum_confidence"]) ?? 0.5);

    private static IEnumerable<JsonObject> Objects(JsonNode? json) => (json as JsonArray ?? []).OfType<JsonObject>();

    private static IReadOnlyList<string> Strings(JsonNode? json) => [.. (json as JsonArray ?? []).Select(JsonText.String).OfType<string>()];
}
