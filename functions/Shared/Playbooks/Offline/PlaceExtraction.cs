using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Offline;

/// <summary>The place of a report: coordinates in the text, else a candidate of the gazetteer, else a photo's position. Nothing is guessed.</summary>
internal sealed partial class PlaceExtraction(ReportData data)
{
    private const int CoordinatesRadius = 30;
    private const int PhotoRadius = 50;

    private readonly Coordinates.Found? coordinates = Coordinates.Find(data.All);
    private readonly JsonObject? candidate = data.Items("candidate_places_of_answer")
        .Concat(data.Items("candidate_places_of_address")).Concat(data.Items("candidate_places")).FirstOrDefault();

    public Extracted Position()
    {
        if (coordinates is not null)
            return new Extracted(Geo.Point(coordinates.Longitude, coordinates.Latitude), 0.97, coordinates.Text, InText(coordinates.Text, coordinates.Start));
        if (candidate?["location"] is JsonObject point)
            return new Extracted(point.DeepClone(), Score, Named, Start);
        // A name that could be several places is not settled by a photo taken somewhere: but it says where the reporter stood.
        foreach (var photo in data.Items("photos"))
        {
            if (photo["location"] is JsonObject taken)
                return new Extracted(taken.DeepClone(), 0.8, Photo: (int)JsonText.Number(photo["number"])!);
        }

        return new Extracted(null, 0.1);
    }

    /// <summary>Metres around the position; null where there is none.</summary>
    public Extracted Radius() => new(
        coordinates is not null ? CoordinatesRadius
        : candidate?["location"] is JsonObject ? candidate["radius_m"]?.DeepClone()
        : data.Items("photos").Any(photo => photo["location"] is JsonObject) ? PhotoRadius
        : null);

    public Extracted Words()
    {
        if (candidate is not null)
            return new Extracted(Named, Score, Named, Start);
        if (Unknown().Match(data.All) is { Success: true } address)
            return new Extracted(address.Value, 0.2, address.Value, InText(address.Value, address.Index));
        return coordinates is not null ? new Extracted(coordinates.Text, 0.97, coordinates.Text, InText(coordinates.Text, coordinates.Start))
            : Extracted.Nothing;
    }

    public Extracted Address() => candidate is not null
        ? new Extracted(JsonText.String(candidate["address"]))
        : Unknown().Match(data.All) is { Success: true } address ? new Extracted(address.Value) : Extracted.Nothing;

    private double Score => JsonText.Number(candidate!["score"]) ?? 0.5;

    private string? Named => JsonText.String(candidate!["text"]);

    private int? Start => InText(Named!, (int)(JsonText.Number(candidate!["start"]) ?? 0));

    private int? InText(string words, int start) =>
        start + words.Length <= data.Text.Length && string.CompareOrdinal(data.Text, start, words, 0, words.Length) == 0 ? start : null;

    /// <summary>An address of a street that the gazetteer does not hold.</summary>
    [GeneratedRegex(
        @"\b(?:\d{1,5}(?:\s*[-–]\s*\d{1,5})?[a-f]?\s+)?(?:[A-Z][\w'’]+\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct"
            + @"|Place|Pl|Square|Sq|Highway|Hwy|Parkway|Terrace|Circle|Bridge|Park|Way|School|Station)\b")]
    private static partial Regex Unknown();
}
