using System.Text.Json.Nodes;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest.UseCases.Changes;

/// <summary>Body of PUT /reports/{id}.</summary>
public sealed record ManagementBody(JsonObject? ManagementData);

/// <summary>
/// PUT /reports/{id}: merges management_data, key by key (a null takes a key away), under the version that If-Match names. The status
/// moves as the domain's table of transitions allows.
/// </summary>
public sealed class ManageReport(ReportChange change, ConfigurationReader configurations, GetReport show)
{
    private const int MaxLength = 16 * 1024;

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        if (request.Header("If-Match") is null)
        {
            throw new ProblemException(Problem.VersionMissing());
        }

        var data = request.Body(IngestJson.Default.ManagementBody).ManagementData
            ?? throw new ProblemException(Problem.Invalid("management_data", "management_data is required"));
        var report = await change.FindAsync(request);
        var transitions = (await configurations.FindAsync(request.Caller.Tenant, report.DomainId, request.Deadline))?.StatusTransitions;
        return show.Answer(await change.ApplyAsync(request, (current, now) => Merge(current, data, transitions, now)));
    }

    private static Report Merge(
        Report report, JsonObject asked, IReadOnlyDictionary<string, IReadOnlyList<string>>? transitions, DateTimeOffset now)
    {
        var merged = report.ManagementData.DeepClone().AsObject();
        foreach (var (key, value) in asked)
        {
            if (value is null)
            {
                merged.Remove(key);
            }
            else
            {
                merged[key] = value.DeepClone();
            }
        }

        Check(report.WorkStatus, merged, transitions);
        return JsonNode.DeepEquals(merged, report.ManagementData) ? report : report.Changed(now) with { ManagementData = merged };
    }

    private static void Check(string before, JsonObject merged, IReadOnlyDictionary<string, IReadOnlyList<string>>? transitions)
    {
        var after = merged["status"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (after is null || !ReportStatus.Work.Contains(after))
        {
            throw new ProblemException(Problem.Invalid("management_data.status", $"status must be one of {string.Join(", ", ReportStatus.Work)}"));
        }

        if (after != before && transitions is { Count: > 0 } && !(transitions.TryGetValue(before, out var next) && next.Contains(after)))
        {
            throw new ProblemException(Problem.Conflict("management_data.status", $"a report that is {before} cannot become {after}"));
        }

        if (merged.ToJsonString().Length > MaxLength)
        {
            throw new ProblemException(Problem.Invalid("management_data", $"management_data may take at most {MaxLength} characters of JSON"));
        }
    }
}
