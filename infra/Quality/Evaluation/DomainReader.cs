using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Places;
using DomainFlow.Quality.Data;

namespace DomainFlow.Quality.Evaluation;

/// <summary>What a domain's ingestion playbook read from one report.</summary>
/// <param name="Position">Degrees; null where no place was found.</param>
/// <param name="RadiusMetres">Null without a position.</param>
/// <param name="PlaceConfidence">0 to 1.</param>
/// <param name="Candidates">Of the gazetteer, best first.</param>
internal sealed record Reading(
    string? CategoryId,
    double CategoryConfidence,
    (double Longitude, double Latitude)? Position,
    double? RadiusMetres,
    double PlaceConfidence,
    IReadOnlyList<PlaceMatch> Candidates,
    DateTimeOffset? Time,
    double TimeConfidence,
    string? Urgency);

/// <summary>Reads reports as the running system does with the offline provider.</summary>
internal sealed class DomainReader(DomainConfiguration domain)
{
    private readonly IngestionPlaybook playbook = new(new OfflineChatClient(), TimeProvider.System);
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(domain.TimeZone);

    public async Task<Reading> ReadAsync(LabelledRow row, string text, CancellationToken cancellationToken)
    {
        var report = new ReportText(text, Instant(row.Local));
        var run = await playbook.RunAsync(domain, BuiltInAgents.All, report, cancellationToken);
        var (geo, temporal, entity) = (run.Outputs["geo"], run.Outputs["temporal"], run.Outputs["entity"]);
        var at = geo["geo_location"]?["coordinates"];
        return new Reading(
            (string?)entity["category"],
            Number(entity["confidence"]) ?? 0,
            at is null ? null : (Number(at[0])!.Value, Number(at[1])!.Value),
            Number(geo["radius_m"]),
            Number(geo["confidence"]) ?? 0,
            playbook.CandidatePlaces(domain, report),
            (string?)temporal["timestamp"] is { } time ? DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) : null,
            Number(temporal["confidence"]) ?? 0,
            (string?)temporal["urgency"]);
    }

    public DateTime Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).DateTime;

    private DateTimeOffset Instant(DateTime local) =>
        new(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone));

    private static double? Number(JsonNode? json) => json is null ? null : double.Parse(json.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
