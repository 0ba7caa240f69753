using System.Text.Json.Nodes;

namespace DomainFlow.DbInit;

/// <summary>What a run did, by name: <c>0007_incidents.sql</c>, <c>role domainflow_functions</c>, <c>domain civic-complaints</c>.</summary>
public sealed class WorkLog
{
    private readonly List<string> _created = [];
    private readonly List<string> _changed = [];
    private readonly List<string> _alreadyThere = [];

    public IReadOnlyList<string> Made => _created;

    public void Created(string what) => _created.Add(what);

    public void Changed(string what) => _changed.Add(what);

    public void AlreadyThere(string what) => _alreadyThere.Add(what);

    /// <summary><c>{"created":[],"changed":[],"already_there":[],"took_ms":12.5}</c></summary>
    public JsonObject ToJson(TimeSpan took) => new()
    {
        ["created"] = Names(_created),
        ["changed"] = Names(_changed),
        ["already_there"] = Names(_alreadyThere),
        ["took_ms"] = Math.Round(took.TotalMilliseconds, 1),
    };

    private static JsonArray Names(List<string> names) => [.. names.Select(name => (JsonNode?)name)];
}

/// <summary>What an upsert did to its row.</summary>
public enum RowChange
{
    None,
    Created,
    Changed,
}

/// <summary>Something that a request asks for and cannot have.</summary>
/// <param name="Field">Path into the payload (tenant.domains[0].time_zone), or the name of a script.</param>
public sealed record FieldError(string Field, string Message);
