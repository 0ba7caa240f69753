using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Domain.Reports;

/// <summary>What search knows of a report.</summary>
public static class ReportSearchText
{
    /// <summary>Its words, and behind them what its category and place are called, so that a search for either finds it.</summary>
    public static string Of(Report report, IReadOnlyList<Category> categories)
    {
        var data = report.CorrectedData;
        var id = Text(data, "entity", "category");
        var category = categories.FirstOrDefault(c => c.Id == id)?.Name ?? id;
        return string.Join('\n', new[] { report.RawText, category, Text(data, "geo", "address") }.Where(part => !string.IsNullOrEmpty(part)));
    }

    // An agent of a tenant's own may give another shape under these names.
    private static string? Text(JsonObject? data, string agent, string key) =>
        (data?[agent] as JsonObject)?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
