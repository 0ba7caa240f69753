using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Export;

/// <summary>Writes reports, one after the other, in a format. Disposed, it ends the file and leaves the stream open.</summary>
internal abstract class ReportWriter : IAsyncDisposable
{
    public static IReadOnlyList<string> Formats { get; } = ["csv", "geojson", "jsonl"];

    /// <param name="full">Whether reports come whole.</param>
    public static ReportWriter To(Stream stream, string format, bool full) => format switch
    {
        "csv" => new CsvReportWriter(stream, full),
        "geojson" => new GeoJsonWriter(stream),
        "jsonl" => new JsonLinesWriter(stream),
        _ => throw new ArgumentException($"{format} is no format", nameof(format)),
    };

    /// <param name="report">A line of GET /reports, with the whole report laid over it where that was read.</param>
    public abstract Task WriteAsync(JsonObject report, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <summary>One report a line.</summary>
internal sealed class JsonLinesWriter(Stream stream) : ReportWriter
{
    public override async Task WriteAsync(JsonObject report, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(stream, report, Wire.Options, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A FeatureCollection (RFC 7946): longitude first, geometry null for a report without a place.</summary>
internal sealed class GeoJsonWriter(Stream stream) : ReportWriter
{
    private bool hasBegun;

    public override async Task WriteAsync(JsonObject report, CancellationToken cancellationToken)
    {
        await WriteTextAsync(hasBegun ? ",\n" : Begin, cancellationToken);
        hasBegun = true;
        await JsonSerializer.SerializeAsync(stream, Feature(report), Wire.Options, cancellationToken);
    }

    public override async ValueTask DisposeAsync() => await WriteTextAsync((hasBegun ? "" : Begin) + "\n]}\n", CancellationToken.None);

    private const string Begin = "{\"type\":\"FeatureCollection\",\"features\":[\n";

    private static JsonObject Feature(JsonObject report)
    {
        var properties = report.DeepClone().AsObject();
        properties.Remove("incident_id");
        JsonObject? geometry = null;
        if (properties["location"] is JsonObject place)
        {
            geometry = new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(place["lon"]!.DeepClone(), place["lat"]!.DeepClone()) };
            place.Remove("lat");
            place.Remove("lon");
        }

        // What else is known of the place, such as who says so, stays.
        if (properties["location"] is not JsonObject { Count: > 0 }) properties.Remove("location");
        return new JsonObject { ["type"] = "Feature", ["id"] = report["incident_id"]?.DeepClone(), ["geometry"] = geometry, ["properties"] = properties };
    }

    private async Task WriteTextAsync(string text, CancellationToken cancellationToken) =>
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);
}
