using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Reports;

/// <summary>Where a report is, and who says so.</summary>
/// <param name="Source">request, exif or geo.</param>
public sealed record ReportPlace(GeoPoint Point, string Source)
{
    /// <summary>The request outranks the photo, the photo outranks the geo agent; null where nobody knows.</summary>
    public static ReportPlace? Of(Report report)
    {
        if (report.Location is { IsValid: true } told)
        {
            return new(told, "request");
        }

        var photo = report.Images.Where(i => i.Status == ReportImage.Stored && i.ExifLocation is { IsValid: true }).MinBy(i => i.Number);
        if (photo is not null)
        {
            return new(photo.ExifLocation!, "exif");
        }

        return AgentPoint(report.IngestionData) is { IsValid: true } found ? new(found, "geo") : null;
    }

    private static GeoPoint? AgentPoint(JsonObject? outputs) =>
        outputs?["geo"]?["geo_location"]?["coordinates"] is JsonArray { Count: 2 } c
        && c[0] is JsonValue lon && c[1] is JsonValue lat
        && lon.TryGetValue<double>(out var x) && lat.TryGetValue<double>(out var y)
            ? new(y, x)
            : null;
}
