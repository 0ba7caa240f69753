using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Map;

/// <summary>A report on the map.</summary>
internal sealed record MapPoint(string Id, double Lon, double Lat, string Category, string Text)
{
    public const string NoCategory = "unknown";

    /// <summary>The points of a GeoJSON FeatureCollection.</summary>
    /// <exception cref="ClientException">It is none.</exception>
    public static IReadOnlyList<MapPoint> Of(JsonObject collection)
    {
        try
        {
            return [.. collection["features"]!.AsArray().Select(Read!)];
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException or ArgumentOutOfRangeException)
        {
            throw new ClientException("the map is not a GeoJSON FeatureCollection of points", e);
        }
    }

    private static MapPoint Read(JsonNode feature)
    {
        var coordinates = feature["geometry"]!["coordinates"]!.AsArray();
        var properties = feature["properties"]!;
        return new MapPoint(
            (string)feature["id"]!,
            coordinates[0]!.GetValue<double>(),
            coordinates[1]!.GetValue<double>(),
            (string?)properties["category"] ?? NoCategory,
            (string?)properties["text"] ?? "");
    }
}
