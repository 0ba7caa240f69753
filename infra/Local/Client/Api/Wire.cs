using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DomainFlow.Local.Client.Api;

/// <summary>The interface's JSON, as a client reads it.</summary>
internal static class Wire
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };
}

/// <summary>Degrees on WGS 84.</summary>
public sealed record Position(double Lat, double Lon);

/// <summary>Body of POST /reports.</summary>
public sealed record ReportToSend(
    string DomainId,
    string Text,
    DateTimeOffset? ReportedAt = null,
    string? Source = null,
    Position? Location = null,
    IReadOnlyList<ImageToSend>? Images = null,
    JsonObject? Labels = null,
    string? Address = null,
    JsonObject? ManagementData = null);

/// <param name="Size">Bytes.</param>
public sealed record ImageToSend(string FileName, string ContentType, long Size);

/// <summary>Answer of POST /reports.</summary>
/// <param name="Warnings">What was taken and looks wrong, such as a place far from the domain's; null where nothing does.</param>
public sealed record AcceptedReport(Guid IncidentId, string Status, IReadOnlyList<UploadForm> Uploads, IReadOnlyList<WarningState>? Warnings = null)
{
    /// <summary>The key had been used before, and nothing new was stored.</summary>
    [JsonIgnore]
    public bool IsRepeat { get; init; }
}

/// <param name="Field">The field of the body; null where it is the whole.</param>
public sealed record WarningState(string? Field, string? Detail);

/// <summary>A form that takes one file, sent as multipart/form-data with the file last.</summary>
public sealed record UploadForm(string S3Key, Uri Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt);

/// <summary>Answer of GET /reports/{id}, as far as it is read here.</summary>
public sealed record ReportState(
    Guid IncidentId,
    string Text,
    string Status,
    string? FailureReason,
    PlaceState? Location,
    JsonObject? IngestionData,
    JsonObject? Labels,
    IReadOnlyList<ImageState> Images,
    IReadOnlyDictionary<string, string> Stores)
{
    /// <summary>The playbook has run on this version, and lists, maps and search show it.</summary>
    [JsonIgnore]
    public bool IsSettled => Status != "received" && Stores.Values.All(s => s != "pending");

    /// <summary>Text at a path of the extracted data.</summary>
    public string? Extracted(string agent, string key) =>
        IngestionData?[agent]?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

public sealed record PlaceState(double Lat, double Lon, string Source);

public sealed record ImageState(int Number, string FileName, string Status, string? Reason, Position? ExifLocation, Uri? Url);

/// <summary>Answer of POST /queries and GET /queries/{id}.</summary>
public sealed record QueryState(
    Guid QueryId,
    string Status,
    string? FailureReason,
    string? Summary,
    IReadOnlyList<string>? Bullets,
    IReadOnlyList<ReferenceState>? ReferencesUsed,
    JsonObject? MapData)
{
    [JsonIgnore]
    public bool IsFinished => Status is "completed" or "failed";
}

public sealed record ReferenceState(string Id, string Kind, double Score, string Snippet, DateTimeOffset ReportedAt);

/// <summary>A page of a list.</summary>
public sealed record PageState<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A line of GET /reports.</summary>
public sealed record ReportLineState(Guid IncidentId, string Status, string? Category, string Text);
