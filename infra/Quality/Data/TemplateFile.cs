using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Playbooks.Templates;
using DomainFlow.Quality.Commands;

namespace DomainFlow.Quality.Data;

/// <summary>A learned domain as a file: one of the <c>domains</c> of DbInit's payload <c>{"tenant": ...}</c>.</summary>
internal static class TemplateFile
{
    /// <summary>What is not learned from data comes from this template: playbooks, transitions, what a report needs.</summary>
    public const string Base = "civic-complaints";

    public static JsonObject Write(LearnedDomain learned, string domainId, string? name, string timeZone)
    {
        var json = new JsonObject { ["domain_id"] = domainId, ["template"] = Base };
        if (name is not null)
            json["name"] = name;
        json["time_zone"] = timeZone;
        json["categories"] = DomainParts.FromCategories(learned.Categories);
        json["places"] = DomainParts.FromPlaces(learned.Places);
        if (learned.Model is { } model)
            json["learned"] = DomainParts.FromLearned(model);
        return json;
    }

    /// <exception cref="Fault">It is not there, or no template.</exception>
    public static DomainConfiguration Read(string path)
    {
        if (!File.Exists(path))
            throw new Fault($"--template {path} is not there: make it with ./run learn FILE.csv --output {path}");
        try
        {
            return ToDomain((JsonObject)JsonNode.Parse(File.ReadAllText(path))!);
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidCastException)
        {
            throw new Fault($"--template {path} is no learned domain: {broken.Message}", broken);
        }
    }

    public static DomainConfiguration ToDomain(JsonObject json)
    {
        var template = DomainTemplates.Find((string?)json["template"] ?? "") ?? throw new FormatException($"there is no template '{json["template"]}'");
        return template.ToDomain(
            Guid.Empty, DomainParts.ToPlaces(json["places"]), (string?)json["domain_id"], (string?)json["name"], (string?)json["time_zone"]) with
        {
            Categories = DomainParts.ToCategories(json["categories"]),
            Learned = DomainParts.ToLearned(json["learned"]),
        };
    }
}
