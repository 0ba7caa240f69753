using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Playbooks.Templates;

/// <summary>Categories, places and the learned model as JSON: the form in which they are stored, sent to DbInit and kept in template files.</summary>
public static class DomainParts
{
    public static JsonArray FromCategories(IReadOnlyList<Category> categories) =>
    [
        .. categories.Select(category => (JsonNode)new JsonObject
        {
            ["id"] = category.Id,
            ["name"] = category.Name,
            ["words"] = JsonText.Array(category.Words),
            ["default_urgency"] = category.DefaultUrgency,
        }),
    ];

    /// <exception cref="FormatException">A field is missing.</exception>
    public static IReadOnlyList<Category> ToCategories(JsonNode? json) =>
    [
        .. Objects(json).Select(item => new Category(
            Text(item, "id"), Text(item, "name"), Strings(item["words"]), JsonText.String(item["default_urgency"]) ?? "medium")),
    ];

    public static JsonArray FromPlaces(IReadOnlyList<Place> places) => [.. places.Select(place => (JsonNode)FromPlace(place))];

    /// <exception cref="FormatException">A field is missing.</exception>
    public static IReadOnlyList<Place> ToPlaces(JsonNode? json) =>
    [
        .. Objects(json).Select(item => new Place(
            Text(item, "name"),
            Text(item, "kind"),
            Strings(item["aliases"]),
            Number(item, "location", 0),
            Number(item, "location", 1),
            JsonText.Number(item["radius_m"]) ?? throw Missing("radius_m"),
            item["houses"] is JsonArray houses ? [.. houses.Select(ToHouse)] : null)),
    ];

    public static JsonObject FromLearned(LearnedCategories learned) => new()
    {
        ["categories"] = JsonText.Array(learned.CategoryIds),
        ["bias"] = new JsonArray([.. learned.Bias.Select(bias => (JsonNode)bias)]),
        ["scale"] = learned.Scale,
        ["features"] = JsonText.Array(learned.Features),
        ["weights"] = Convert.ToBase64String([.. learned.Weights.Select(weight => (byte)weight)]),
    };

    /// <summary>Null for null.</summary>
    /// <exception cref="FormatException">A field is missing, or the weights are not as many as categories times features.</exception>
    public static LearnedCategories? ToLearned(JsonNode? json)
    {
        if (json is not JsonObject model)
            return null;
        var learned = new LearnedCategories(
            Strings(model["categories"]),
            [.. (model["bias"] as JsonArray ?? throw Missing("bias")).Select(bias => JsonText.Number(bias) ?? throw Missing("bias"))],
            Strings(model["features"]),
            [.. Convert.FromBase64String(Text(model, "weights")).Select(weight => (sbyte)weight)],
            JsonText.Number(model["scale"]) ?? throw Missing("scale"));
        return learned.CategoryIds.Count == learned.Bias.Count && learned.CategoryIds.Count * learned.Features.Count == learned.Weights.Count
            ? learned
            : throw new FormatException($"'weights' holds {learned.Weights.Count} numbers, and 'bias' {learned.Bias.Count}, for {learned.CategoryIds.Count}"
                + $" categories and {learned.Features.Count} features.");
    }

    /// <summary>[west, south, east, north] in degrees.</summary>
    public static JsonArray FromArea(Area area) => new(area.West, area.South, area.East, area.North);

    /// <summary>Null for null.</summary>
    /// <exception cref="FormatException">Not four numbers.</exception>
    public static Area? ToArea(JsonNode? json) => json is null ? null
        : json is JsonArray { Count: 4 } box && JsonText.Number(box[0]) is { } west && JsonText.Number(box[1]) is { } south
            && JsonText.Number(box[2]) is { } east && JsonText.Number(box[3]) is { } north
            ? new Area(west, south, east, north)
            : throw new FormatException("'area' is not [west, south, east, north].");

    private static JsonObject FromPlace(Place place)
    {
        var json = new JsonObject
        {
            ["name"] = place.Name,
            ["kind"] = place.Kind,
            ["aliases"] = JsonText.Array(place.Aliases),
            ["location"] = new JsonArray(place.Longitude, place.Latitude),
            ["radius_m"] = place.RadiusMetres,
        };
        if (place.Houses is { } houses)
            json["houses"] = new JsonArray([.. houses.Select(house => (JsonNode)new JsonArray(house.Number, house.Longitude, house.Latitude))]);
        return json;
    }

    private static House ToHouse(JsonNode? json) =>
        json is JsonArray { Count: 3 } house && JsonText.Number(house[0]) is { } number && JsonText.Number(house[1]) is { } longitude
        && JsonText.Number(house[2]) is { } latitude
            ? new House((int)number, longitude, latitude)
            : throw new FormatException("'houses' holds what is not [number, longitude, latitude].");

    private static IEnumerable<JsonObject> Objects(JsonNode? json) => (json as JsonArray ?? []).OfType<JsonObject>();

    private static IReadOnlyList<string> Strings(JsonNode? json) => [.. (json as JsonArray ?? []).Select(JsonText.String).OfType<string>()];

    private static string Text(JsonObject json, string key) => JsonText.String(json[key]) ?? throw Missing(key);

    private static double Number(JsonObject json, string key, int place) =>
        json[key] is JsonArray array && array.Count > place && JsonText.Number(array[place]) is { } number ? number : throw Missing(key);

    private static FormatException Missing(string key) => new($"'{key}' is missing.");
}
