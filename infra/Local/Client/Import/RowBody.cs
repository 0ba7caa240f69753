using System.Text.Json.Nodes;
using DomainFlow.Imports.Rows;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>A row as the body of POST /reports.</summary>
internal static class RowBody
{
    /// <summary>Place, address and status are the report's own; what the source called them, and its category, are kept as labels.</summary>
    public static ReportToSend Of(MappedRow.Good row, string domain)
    {
        var report = row.Report;
        return new ReportToSend(
            domain,
            report.Text,
            report.ReportedAt,
            "import",
            report.Position is { } at ? new Position(at.Lat, at.Lon) : null,
            Labels: Labels(row),
            Address: report.Address.Length > 0 ? report.Address : null,
            ManagementData: report.WorkStatus is { } status ? new JsonObject { ["status"] = status } : null);
    }

    private static JsonObject Labels(MappedRow.Good row)
    {
        var labels = new JsonObject { ["external_id"] = row.Id };
        foreach (var (name, value) in new[] { ("category", row.Report.Category), ("status", row.Report.Status) })
        {
            if (value.Length > 0) labels[name] = value;
        }

        return labels;
    }
}
