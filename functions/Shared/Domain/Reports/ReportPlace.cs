using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Reports;

/// <summary>Where a report is, and who says so.</summary>
/// <param name="Source">person, request, exif or geo.</param>
public sealed record ReportPlace(GeoPoint Point, string Source)
{
    /// <summary>
    /// A person's correction outranks the request, the request the photo, the photo the geo agent; null where nobody knows, or where a
    /// person said that there is none.
    /// </summary>
    public static ReportPlace? Of(Report report)
    {
        if (report.Corrections.FirstOrDefault(c => c.Path == Correction.Location) is { } corrected)
        {
            return PersonsPoint(corrected.Value) is { IsValid: true } point ? new(point, "person") : null;
        }

        if (report.Location is { IsValid: true } told)
        {
            return new(told, "request");
        }

        var photo = report.Images.Where(i => i.Status == ReportImage.Stored && i.ExifLocation is { IsValid: true }).MinBy(i => i.Number);
        if (photo is not null)
        {
            return new(photo.ExifLocation!, "exif");
        }

        return AgentPoint(report.CorrectedData) is { IsValid: true } found ? new(found, "geo") : null;
    }

    private static GeoPoint? PersonsPoint(JsonNode? value) =>
        value is JsonObject o && o["lat"] is JsonValue lat && o["lon"] is JsonValue lon
        && lon.TryGetValue<double>(out var x) && lat.TryGetValue<double>(out var y)
            ? new(y, x)
            : null;

    private static GeoPoint? AgentPoint(JsonObject? outputs) =>
        outputs?["geo"]?["geo_location"]?["coordinates"] is JsonArray { Count: 2 } c
        && c[0] is JsonValue lon && c[1] is JsonValue lat
        && lon.TryGetValue<double>(out var x) && lat.TryGetValue<double>(out var y)
            ? new(y, x)
            : null;
}
