using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks;

/// <summary>What deterministic code knows before a model is asked, as the context block of a prompt.</summary>
internal static class PromptContext
{
    public static JsonObject Of(DomainConfiguration domain, DateTimeOffset at, string? language) => new()
    {
        ["reported_at"] = Iso.Utc(at),
        ["time_zone"] = domain.TimeZone,
        ["language"] = language ?? domain.Language,
        ["domain"] = domain.Name,
        ["categories"] = new JsonArray([.. domain.Categories.Select(Category)]),
    };

    public static JsonArray Places(IEnumerable<PlaceMatch> matches) => new([.. matches.Select(match => (JsonNode)new JsonObject
    {
        ["text"] = match.Text,
        ["start"] = match.Start,
        ["address"] = match.Address,
        ["kind"] = match.Kind,
        ["location"] = match.Longitude is { } longitude ? Geo.Point(longitude, match.Latitude!.Value) : null,
        ["radius_m"] = match.RadiusMetres,
        ["score"] = Math.Round(match.Confidence, 2),
    })]);

    /// <summary>Positions that the text itself gives, with how surely each is meant: low where it lies far from the domain's area.</summary>
    public static JsonArray Positions(IEnumerable<Coordinates.Found> positions) => new([.. positions.Select(position => (JsonNode)new JsonObject
    {
        ["text"] = position.Text,
        ["start"] = position.Start,
        ["location"] = Geo.Point(position.Longitude, position.Latitude),
        ["radius_m"] = position.RadiusMetres,
        ["score"] = position.Confidence,
    })]);

    public static JsonArray Categories(IEnumerable<CategoryModel.Candidate> candidates) => new([.. candidates.Select(candidate => (JsonNode)new JsonObject
    {
        ["id"] = candidate.CategoryId,
        ["score"] = Math.Round(candidate.Score, 2),
    })]);

    /// <param name="zone">The domain's: cameras whose offset is not known are taken to be set to it.</param>
    public static JsonArray Photos(IEnumerable<PhotoFacts> photos, TimeZoneInfo zone) => new([.. photos.OrderBy(photo => photo.Number).Select(photo => (JsonNode)new JsonObject
    {
        ["number"] = photo.Number,
        ["taken_at"] = (photo.TakenAt ?? InZone(photo.TakenLocal, zone)) is { } taken ? Iso.Utc(taken) : null,
        ["is_zone_assumed"] = photo.TakenAt is null && photo.TakenLocal is not null,
        ["location"] = photo.Location is { } at ? Geo.Point(at.Longitude, at.Latitude) : null,
    })]);

    public static string Outputs(IReadOnlyDictionary<string, JsonObject> outputs) =>
        JsonText.Write(new JsonObject(outputs.OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select(output => KeyValuePair.Create(output.Key, (JsonNode?)output.Value.DeepClone()))));

    private static JsonNode Category(Category category) => new JsonObject
    {
        ["id"] = category.Id,
        ["name"] = category.Name,
        ["words"] = JsonText.Array(category.Words),
        ["default_urgency"] = category.DefaultUrgency,
    };

    private static DateTimeOffset? InZone(DateTime? local, TimeZoneInfo zone) =>
        local is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone.GetUtcOffset(time)) : null;
}
