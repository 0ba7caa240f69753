using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Questions;

namespace DomainFlow.Playbooks.Answers;

/// <summary>Reports on a map.</summary>
public static class MapData
{
    /// <summary>From this number of points on, grid cells with counts stand for them.</summary>
    public const int MaxPoints = 200;

    private const int CellsAcross = 16;

    /// <summary>A GeoJSON FeatureCollection with [longitude, latitude] and a bbox [west, south, east, north]; no bbox where there is no point.</summary>
    public static JsonObject Of(IEnumerable<FoundReport> reports, int maxPoints = MaxPoints)
    {
        var placed = reports.Where(report => report.Location is not null).ToList();
        var map = new JsonObject { ["type"] = "FeatureCollection" };
        if (placed.Count > 0)
        {
            var (west, east) = (placed.Min(Longitude), placed.Max(Longitude));
            var (south, north) = (placed.Min(Latitude), placed.Max(Latitude));
            map["bbox"] = new JsonArray(west, south, east, north);
            map["features"] = new JsonArray([.. placed.Count <= maxPoints ? placed.Select(Point) : Cells(placed, west, south, east, north)]);
        }
        else
        {
            map["features"] = new JsonArray();
        }

        return map;
    }

    private static IEnumerable<JsonNode> Cells(List<FoundReport> placed, double west, double south, double east, double north)
    {
        var side = Math.Max(Math.Max(east - west, north - south) / CellsAcross, 1e-6);
        int Cell(double value, double least) => Math.Min(CellsAcross - 1, (int)((value - least) / side));
        return placed
            .GroupBy(report => (X: Cell(Longitude(report), west), Y: Cell(Latitude(report), south)))
            .OrderByDescending(cell => cell.Count()).ThenBy(cell => cell.Key)
            .Select(cell => Feature(
                Geo.Point(cell.Average(Longitude), cell.Average(Latitude)),
                new JsonObject
                {
                    ["count"] = cell.Count(),
                    ["cell"] = new JsonArray(west + (cell.Key.X * side), south + (cell.Key.Y * side), west + ((cell.Key.X + 1) * side),
                        south + ((cell.Key.Y + 1) * side)),
                }));
    }

    private static JsonNode Point(FoundReport report) => Feature(
        Geo.Point(Longitude(report), Latitude(report)),
        new JsonObject
        {
            ["id"] = report.Id,
            ["category"] = report.Category,
            ["location_text"] = report.LocationText,
            ["reported_at"] = Agents.Iso.Utc(report.ReportedAt),
            ["work_status"] = report.WorkStatus,
        });

    private static JsonNode Feature(JsonObject geometry, JsonObject properties) =>
        new JsonObject { ["type"] = "Feature", ["geometry"] = geometry, ["properties"] = properties };

    private static double Longitude(FoundReport report) => report.Location!.Value.Longitude;

    private static double Latitude(FoundReport report) => report.Location!.Value.Latitude;
}
