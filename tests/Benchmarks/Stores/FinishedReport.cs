using System.Text.Json.Nodes;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;

namespace DomainFlow.Benchmarks.Stores;

/// <summary>A generated report as its item stands once the playbook has run and every store shows it.</summary>
internal static class FinishedReport
{
    public static Report Of(CorpusReport report, Guid tenant, Guid user)
    {
        var outputs = Outputs(report);
        return new()
        {
            IncidentId = report.Id,
            TenantId = tenant,
            DomainId = Store.Domain,
            RawText = report.Text,
            Source = "benchmarks",
            Status = ReportStatus.Completed,
            Location = new(report.Latitude, report.Longitude),
            ReportedAt = report.At,
            CreatedAt = report.At,
            UpdatedAt = report.At,
            CreatedBy = user,
            IngestionData = outputs,
            ExecutionLog = [.. outputs.Select(agent => new ExecutionLogEntry(agent.Key, 1, "success", report.At, 1.5, 0, 0, Output: agent.Value!.DeepClone().AsObject()))],
            Version = 2,
            Projected = 2,
        };
    }

    private static JsonObject Outputs(CorpusReport report) => new()
    {
        ["geo"] = new JsonObject
        {
            ["address"] = report.Street,
            ["confidence"] = 0.95,
            ["location_text"] = report.Street,
            ["geo_location"] = new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(report.Longitude, report.Latitude) },
        },
        ["temporal"] = new JsonObject { ["urgency"] = "medium", ["timestamp"] = report.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), ["confidence"] = 0.9 },
        ["entity"] = new JsonObject
        {
            ["category"] = report.Category,
            ["sentiment"] = "neutral",
            ["confidence"] = 0.83,
            ["entities"] = new JsonArray(new JsonObject { ["text"] = report.Street, ["type"] = "place" }),
            ["key_phrases"] = new JsonArray(report.Category, report.Street),
        },
    };
}
