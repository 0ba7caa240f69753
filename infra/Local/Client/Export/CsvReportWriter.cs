using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using DomainFlow.Imports.Rows;

namespace DomainFlow.Local.Client.Export;

/// <summary>RFC 4180 with a header, safe to open in a spreadsheet, and as the import reads it.</summary>
internal sealed class CsvReportWriter : ReportWriter
{
    private static readonly (string Name, string[] Path)[] Listed =
    [
        ("id", ["incident_id"]),
        ("domain_id", ["domain_id"]),
        ("reported_at", ["reported_at"]),
        ("category", ["category"]),
        ("status", ["status"]),
        ("work_status", ["work_status"]),
        ("lat", ["location", "lat"]),
        ("lng", ["location", "lon"]),
        ("text", ["text"]),
        ("created_at", ["created_at"]),
        ("updated_at", ["updated_at"]),
    ];

    private static readonly (string Name, string[] Path)[] Whole =
    [
        ("urgency", ["ingestion_data", "temporal", "urgency"]),
        ("address", ["ingestion_data", "geo", "address"]),
        ("source", ["source"]),
        ("external_id", ["labels", "external_id"]),
    ];

    private readonly CsvWriter csv;
    private readonly (string Name, string[] Path)[] columns;

    public CsvReportWriter(Stream stream, bool full)
    {
        csv = CsvWriter.Create(stream, leaveOpen: true);
        columns = full ? [.. Listed, .. Whole] : Listed;
        foreach (var (name, _) in columns) csv.WriteField(name);
        csv.EndRecord();
    }

    public override async Task WriteAsync(JsonObject report, CancellationToken cancellationToken)
    {
        foreach (var (_, path) in columns) Write(path.Aggregate((JsonNode?)report, (node, key) => (node as JsonObject)?[key]));
        await csv.EndRecordAsync(cancellationToken);
    }

    public override ValueTask DisposeAsync() => csv.DisposeAsync();

    private void Write(JsonNode? value)
    {
        // A number is written as such: -72.9 is no formula.
        if (value?.GetValueKind() == JsonValueKind.Number) csv.WriteField(value.AsValue().GetValue<double>());
        else if (value?.GetValueKind() == JsonValueKind.String) csv.WriteField(SafeCells.Write(value.GetValue<string>()));
        else csv.WriteField(value?.ToJsonString() ?? "");
    }
}
