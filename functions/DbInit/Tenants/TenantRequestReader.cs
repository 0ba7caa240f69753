using System.Text.Json;
using System.Text.RegularExpressions;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Templates;

namespace DomainFlow.DbInit.Tenants;

/// <summary>Reads and checks the payload's <c>tenant</c>.</summary>
public static partial class TenantRequestReader
{
    private const int MaxDomains = 100;
    private const int MaxPlaces = 50_000;
    private const int MaxCategories = 500;
    private static readonly string[] Urgencies = ["low", "medium", "high", "critical"];

    /// <returns>The request; null where <paramref name="errors"/> says what is wrong with it.</returns>
    public static TenantRequest? Read(JsonElement json, List<FieldError> errors)
    {
        var fields = new JsonFields(json, "tenant", errors).Only("id", "name", "dedicated", "domains");
        var id = fields.Id("id");
        var name = fields.Text("name", 200);
        var dedicated = fields.Flag("dedicated");
        var domains = fields.Objects("domains", MaxDomains)?.Select(Domain).ToList() ?? [];
        foreach (var twice in domains.OfType<DomainRequest>().GroupBy(d => d.DomainId).Where(group => group.Count() > 1))
            fields.Fail("tenant.domains", $"'{twice.Key}' is there {twice.Count()} times.");
        return errors.Count == 0 ? new TenantRequest(id!.Value, name!, dedicated, [.. domains.OfType<DomainRequest>()]) : null;
    }

    private static DomainRequest? Domain(JsonFields fields)
    {
        fields.Only("domain_id", "template", "name", "time_zone", "language", "self_reporting", "places", "categories", "learned", "area");
        var domainId = fields.Text("domain_id", 100);
        if (domainId is not null && !DomainIds().IsMatch(domainId))
            fields.Fail(fields.At("domain_id"), "must be of small letters, digits and -, and begin with a letter or digit.");
        var template = Template(fields);
        var name = fields.Text("name", 200, required: false);
        var timeZone = fields.Text("time_zone", 100, required: false);
        var language = fields.Text("language", 2, required: false);
        if (language is not null && !Languages().IsMatch(language)) fields.Fail(fields.At("language"), "must be an ISO 639-1 code: two small letters.");
        var selfReporting = fields.OptionalFlag("self_reporting");
        var places = fields.Objects("places", MaxPlaces)?.Select(Place).ToList();
        var categories = fields.Objects("categories", MaxCategories)?.Select(Category).ToList();
        var learned = fields.Object("learned") is { } model ? LearnedReader.Read(model, categories) : null;
        return domainId is null || template is null
            ? null
            : new DomainRequest(domainId, template, name, timeZone, language, places?.OfType<Place>().ToList(), categories?.OfType<Category>().ToList(),
                learned, selfReporting, fields.Area("area"));
    }

    private static DomainTemplate? Template(JsonFields fields)
    {
        if (fields.Text("template", 100) is not { } name) return null;
        if (DomainTemplates.Find(name) is { } template) return template;
        fields.Fail(fields.At("template"), $"'{name}' is not known; there are {string.Join(", ", DomainTemplates.All.Select(t => t.Id))}.");
        return null;
    }

    private static Place? Place(JsonFields fields)
    {
        fields.Only("name", "kind", "aliases", "location", "radius_m", "houses");
        var name = fields.Text("name", 200);
        var kind = fields.Text("kind", 50);
        var aliases = fields.Texts("aliases", 200);
        var location = fields.Position("location");
        var radius = fields.Number("radius_m", above: 0, atMost: 1_000_000);
        var houses = fields.Houses("houses");
        return name is null || kind is null || location is not { } at || radius is null
            ? null
            : new Place(name, kind, aliases, at.Longitude, at.Latitude, radius.Value, houses);
    }

    private static Category? Category(JsonFields fields)
    {
        fields.Only("id", "name", "words", "default_urgency");
        var id = fields.Text("id", 100);
        var name = fields.Text("name", 200);
        var words = fields.Texts("words", 200);
        var urgency = fields.Text("default_urgency", 20, required: false) ?? "medium";
        if (!Urgencies.Contains(urgency)) fields.Fail(fields.At("default_urgency"), $"must be one of {string.Join(", ", Urgencies)}.");
        return id is null || name is null ? null : new Category(id, name, words, urgency);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex DomainIds();

    [GeneratedRegex("^[a-z]{2}$")]
    private static partial Regex Languages();
}
