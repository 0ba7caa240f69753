using System.Text.Json.Nodes;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Unicode;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>
/// PATCH /reports/{id}: a person corrects what was extracted. The correction is kept beside what the playbook said, with who and when,
/// and outranks every run. <c>{"category"?, "location"?, "time"?, "ingestion_data"?: {agent: {key: value}}, "revert"?: [path]}</c>.
/// </summary>
public sealed class CorrectReport(ReportChange change, ConfigurationReader configurations, GetReport show)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        var body = ComposedJson.Of(request.Body(IngestJson.Default.JsonObject));
        var report = await change.FindAsync(request);
        var setup = await configurations.FindSetupAsync(request.Caller.Tenant, report.DomainId, request.Deadline)
            ?? throw new ProblemException(Problem.NotFound($"There is no domain '{report.DomainId}' any more", "domain_id"));
        var asked = CorrectionBody.Read(body, setup);
        var corrected = await change.ApplyAsync(request, (current, now) => Correct(current, asked, request.Caller.User, now));
        return show.Answer(corrected);
    }

    private static Report Correct(Report report, CorrectionBody asked, Guid by, DateTimeOffset now)
    {
        var corrections = report.Corrections.ToDictionary(c => c.Path);
        foreach (var path in asked.Revert)
        {
            corrections.Remove(path);
        }

        foreach (var (path, value) in asked.Values)
        {
            // The same value again says nothing new: who said it first stays.
            if (corrections.TryGetValue(path, out var earlier) && JsonNode.DeepEquals(earlier.Value, value))
            {
                continue;
            }

            var original = earlier is null ? Original(report, path) : earlier.Original;
            corrections[path] = new(path, value?.DeepClone(), original?.DeepClone(), by, now);
        }

        if (corrections.Count > Correction.MaxCount)
        {
            throw new ProblemException(Problem.Invalid("ingestion_data", $"at most {Correction.MaxCount} values of a report can be corrected"));
        }

        return corrections.Values.SequenceEqual(report.Corrections)
            ? report
            : report.Changed(now) with { Corrections = [.. corrections.Values.OrderBy(c => c.Path, StringComparer.Ordinal)] };
    }

    private static JsonNode? Original(Report report, string path) =>
        path == Correction.Location
            ? ReportPlace.Of(report) is { } place ? new JsonObject { ["lat"] = place.Point.Lat, ["lon"] = place.Point.Lon, ["source"] = place.Source } : null
            : Correction.Read(report.IngestionData, path);
}
