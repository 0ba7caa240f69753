using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>Body of PATCH /reports/{id}, checked against what the domain's agents may give.</summary>
/// <param name="Values">By path; a null says that there is none.</param>
/// <param name="Revert">Paths whose correction is taken back.</param>
public sealed record CorrectionBody(IReadOnlyDictionary<string, JsonNode?> Values, IReadOnlyList<string> Revert)
{
    private static readonly string[] Known = ["category", "location", "time", "ingestion_data", "revert"];

    /// <exception cref="ProblemException">400, naming the field.</exception>
    public static CorrectionBody Read(JsonObject body, DomainSetup setup)
    {
        foreach (var (name, _) in body)
        {
            Require(Known.Contains(name), name, $"The field '{name}' is not known here: {string.Join(", ", Known)}");
        }

        var values = new Dictionary<string, JsonNode?>();
        ReadOutputs(body, setup, values);
        if (body.TryGetPropertyValue("category", out var category))
        {
            values[Correction.Category] = category?.DeepClone();
        }

        if (values.TryGetValue(Correction.Category, out var named) && named is not null)
        {
            var ids = setup.Configuration.Categories.Select(c => c.Id).ToList();
            Require(ids.Count == 0 || ids.Contains(Text(named) ?? ""), "category", $"category must be one of {string.Join(", ", ids)}");
        }

        if (body.TryGetPropertyValue("time", out var time))
        {
            values[Correction.Time] = time is null ? null : Time(time);
        }

        if (body.TryGetPropertyValue("location", out var location))
        {
            values[Correction.Location] = location is null ? null : Place(location);
        }

        var revert = Revertible(body);
        Require(values.Count + revert.Count > 0, "body", "nothing to correct: give category, location, time, ingestion_data or revert");
        Require(!revert.Any(values.ContainsKey), "revert", "a value cannot be corrected and reverted at once");
        return new(values, revert);
    }

    private static void ReadOutputs(JsonObject body, DomainSetup setup, Dictionary<string, JsonNode?> values)
    {
        if (!body.TryGetPropertyValue("ingestion_data", out var node))
        {
            return;
        }

        var outputs = node as JsonObject ?? throw Invalid("ingestion_data", "ingestion_data must be an object: {agent: {key: value}}");
        var agents = setup.Agents.Where(a => a.Class == AgentClass.Ingestion && setup.Configuration.Ingestion.Nodes.Contains(a.AgentId)).ToDictionary(a => a.AgentId);
        foreach (var (id, output) in outputs)
        {
            var field = $"ingestion_data.{id}";
            Require(agents.ContainsKey(id), field, $"There is no agent '{id}' in this domain's playbook: {string.Join(", ", agents.Keys.Order())}");
            var keys = output as JsonObject ?? throw Invalid(field, $"{field} must be an object: {{key: value}}");
            var properties = agents[id].OutputSchema["properties"] as JsonObject ?? [];
            foreach (var (key, value) in keys)
            {
                var schema = properties[key] as JsonObject ?? throw Invalid($"{field}.{key}", $"The agent '{id}' has no key '{key}'");
                var wrong = value is null ? [] : JsonSchemaCheck.Problems(value, schema);
                Require(wrong.Count == 0, $"{field}.{key}", wrong.Count == 0 ? "" : wrong[0].Replace("output", $"{field}.{key}", StringComparison.Ordinal));
                values[$"{id}.{key}"] = value?.DeepClone();
            }
        }
    }

    private static JsonValue Time(JsonNode node) =>
        Text(node) is { } text && UtcJsonConverter.TryParse(text, out var time) && time >= NewReport.Earliest
            ? JsonValue.Create(UtcJsonConverter.Write(time))
            : throw Invalid("time", $"time must be an ISO 8601 time with Z or an offset, from {NewReport.Earliest.Year} on");

    private static JsonObject Place(JsonNode node)
    {
        var place = node as JsonObject;
        var point = place is not null && Number(place["lat"]) is { } lat && Number(place["lon"]) is { } lon ? new GeoPoint(lat, lon) : null;
        return point is { IsValid: true } && place!.Count == 2
            ? new JsonObject { ["lat"] = point.Lat, ["lon"] = point.Lon }
            : throw Invalid("location", "location must have lat from -90 to 90 and lon from -180 to 180");
    }

    private static IReadOnlyList<string> Revertible(JsonObject body)
    {
        if (body["revert"] is not { } node)
        {
            return [];
        }

        var paths = (node as JsonArray)?.Select(Text).ToList() ?? throw Invalid("revert", "revert must be a list of paths");
        return [.. paths.Select(path => path switch
        {
            "category" => Correction.Category,
            "time" => Correction.Time,
            not null when path == Correction.Location || path.IndexOf('.', StringComparison.Ordinal) > 0 => path,
            _ => throw Invalid("revert", "revert takes category, time, location and paths such as entity.sentiment"),
        })];
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) ? number : null;

    private static void Require(bool holds, string field, string detail)
    {
        if (!holds)
        {
            throw Invalid(field, detail);
        }
    }

    private static ProblemException Invalid(string field, string detail) => new(Problem.Invalid(field, detail));
}
