using System.Text.Json.Nodes;

namespace DomainFlow.Playbooks.Places;

/// <summary>Positions on the earth, in degrees; GeoJSON order is longitude, latitude.</summary>
internal static class Geo
{
    private const double EarthMetres = 6371008.8;

    /// <summary>Great-circle distance.</summary>
    public static double Metres(double longitude1, double latitude1, double longitude2, double latitude2)
    {
        var (a, b) = (double.DegreesToRadians(latitude1), double.DegreesToRadians(latitude2));
        var half = Math.Pow(Math.Sin((b - a) / 2), 2)
            + (Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2), 2));
        return 2 * EarthMetres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    public static bool IsPosition(double longitude, double latitude) => Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90;

    public static JsonObject Point(double longitude, double latitude) =>
        new() { ["type"] = "Point", ["coordinates"] = new JsonArray(Math.Round(longitude, 7), Math.Round(latitude, 7)) };
}
