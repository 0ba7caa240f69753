using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Offline;

/// <summary>
/// The place of a report: a position that the text gives, else a candidate of the gazetteer, else a photo's position. Nothing is guessed: a name
/// that no gazetteer holds gives words and no position.
/// </summary>
internal sealed class PlaceExtraction(ReportData data)
{
    private const int PhotoRadius = 50;
    private const double PhotoConfidence = 0.8;

    /// <summary>A position below is far from where the domain's reports come from: whatever else says where is better.</summary>
    private const double LeastPosition = 0.5;
    private const double NoPlace = 0.1;

    private readonly JsonObject? position = Best(data, "candidate_positions_of_answer") ?? Best(data, "candidate_positions");
    private readonly JsonObject? candidate = data.Items("candidate_places_of_answer").Concat(data.Items("candidate_places")).FirstOrDefault();
    private readonly JsonObject? photo = data.Items("photos").FirstOrDefault(photo => photo["location"] is JsonObject);
    private readonly Lazy<PlaceNames.Found?> unknown = new(() => PlaceNames.Best(data.All, data.Language, data.EventWords));

    private bool IsPositionSure => position is not null && Score(position) >= LeastPosition;

    public Extracted Position()
    {
        if (IsPositionSure)
            return At(position!);
        if (candidate?["location"] is JsonObject)
            return At(candidate);
        // A name that could be several places is not settled by a photo taken somewhere: but it says where the reporter stood.
        if (photo is not null)
            return new Extracted(photo["location"]!.DeepClone(), PhotoConfidence, Photo: (int)JsonText.Number(photo["number"])!);
        return candidate is null && position is not null ? At(position) : new Extracted(null, NoPlace);
    }

    /// <summary>Metres around the position; null where there is none.</summary>
    public Extracted Radius() => new(
        IsPositionSure ? position!["radius_m"]?.DeepClone()
        : candidate?["location"] is JsonObject ? candidate["radius_m"]?.DeepClone()
        : photo is not null ? PhotoRadius
        : candidate is null ? position?["radius_m"]?.DeepClone()
        : null);

    /// <summary>The words of the text. They say how sure the whole is only where no position does.</summary>
    public Extracted Words()
    {
        if (candidate is not null)
            return new Extracted(Named(candidate), IsPositionSure ? null : Score(candidate), Named(candidate), Start(candidate));
        if (unknown.Value is { } name)
            return new Extracted(name.Text, position is null ? name.Confidence : null, name.Text, InText(name.Text, name.Start));
        return position is not null ? new Extracted(Named(position), Score(position), Named(position), Start(position)) : Extracted.Nothing;
    }

    public Extracted Address() => candidate is not null
        ? new Extracted(JsonText.String(candidate["address"]))
        : unknown.Value is { IsAddress: true } address ? new Extracted(address.Text) : Extracted.Nothing;

    private static JsonObject? Best(ReportData data, string key) => data.Items(key).OrderByDescending(Score).FirstOrDefault();

    private Extracted At(JsonObject place) => new(place["location"]!.DeepClone(), Score(place), Named(place), Start(place));

    private static double Score(JsonObject place) => JsonText.Number(place["score"]) ?? LeastPosition;

    private static string? Named(JsonObject place) => JsonText.String(place["text"]);

    private int? Start(JsonObject place) => InText(Named(place)!, (int)(JsonText.Number(place["start"]) ?? 0));

    private int? InText(string words, int start) =>
        start + words.Length <= data.Text.Length && string.CompareOrdinal(data.Text, start, words, 0, words.Length) == 0 ? start : null;
}
