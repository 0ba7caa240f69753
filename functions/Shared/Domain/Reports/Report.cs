using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Reports;

/// <summary>An item of Reports: the record that every other store is projected from.</summary>
public sealed record Report : IItem
{
    public required Guid IncidentId { get; init; }

    public Guid Id => IncidentId;

    public required Guid TenantId { get; init; }

    public required string DomainId { get; init; }

    public required string RawText { get; init; }

    /// <summary>web, mobile, api, import, ...: what the client says.</summary>
    public required string Source { get; init; }

    /// <summary>One of <see cref="ReportStatus"/>.</summary>
    public required string Status { get; init; }

    public string? FailureReason { get; init; }

    /// <summary>Where the reporter says it is.</summary>
    public GeoPoint? Location { get; init; }

    /// <summary>When it was reported; relative times in the text count from it.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    public IReadOnlyList<ReportImage> Images { get; init; } = [];

    /// <summary>Outputs of the ingestion agents, by agent id, as the playbook's latest run gave them.</summary>
    public JsonObject? IngestionData { get; init; }

    /// <summary>What people set instead, at most one for a path.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>Counts the runs that were asked for: the first comes with the report, others by reprocessing.</summary>
    public int Run { get; init; } = 1;

    /// <summary>What people do about it; <c>status</c> is pending, in_progress, resolved or closed.</summary>
    public JsonObject ManagementData { get; init; } = new() { ["status"] = "pending" };

    /// <summary>Characters of JSON that management_data may take.</summary>
    public const int MaxManagementLength = 16 * 1024;

    /// <summary>What the source knew already; kept, never shown to the playbook.</summary>
    public JsonObject? Labels { get; init; }

    /// <summary>Where the source says it is, in words: the geo agent looks it up before the text.</summary>
    public string? Address { get; init; }

    public IReadOnlyList<ExecutionLogEntry> ExecutionLog { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required Guid CreatedBy { get; init; }

    /// <summary>Grows with each change of content.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The version that the other stores show.</summary>
    public long? Projected { get; init; }

    /// <summary>How often the sweeper found this version standing still.</summary>
    public int Sweeps { get; init; }

    /// <summary>Past so many the sweeper gives the report up: it is said, and left to a person.</summary>
    public const int MaxSweeps = 8;

    /// <summary>How long a deleted report's tombstone is kept, so that what arrives late cannot make it rise again.</summary>
    public static readonly TimeSpan TombstoneLifetime = TimeSpan.FromDays(30);

    /// <summary>Expiry in epoch seconds, of a deleted report's remains.</summary>
    public long? ExpiresAt { get; init; }

    public string TenantDomain => $"{TenantId}#{DomainId}";

    /// <summary>Key of the sparse index of what is not finished; null once the other stores show this version.</summary>
    public string? UnfinishedShard => Projected == Version || Sweeps > MaxSweeps
        ? null
        : (IncidentId.ToByteArray()[15] % 10).ToString(System.Globalization.CultureInfo.InvariantCulture);

    [JsonIgnore]
    public string WorkStatus => (string?)ManagementData["status"] ?? "pending";

    /// <summary>The outputs as they count: with what people corrected.</summary>
    [JsonIgnore]
    public JsonObject? CorrectedData => Correction.Apply(IngestionData, Corrections);

    /// <summary>The next version of this report.</summary>
    public Report Changed(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now, Sweeps = 0 };

    /// <summary>The tombstone: which report it was, and nothing of what it said.</summary>
    public Report Deleted(DateTimeOffset now) => Changed(now) with
    {
        Status = ReportStatus.Deleted,
        RawText = "",
        FailureReason = null,
        Location = null,
        Images = [],
        IngestionData = null,
        Corrections = [],
        ManagementData = [],
        Labels = null,
        Address = null,
        ExecutionLog = [],
        ExpiresAt = (now + TombstoneLifetime).ToUnixTimeSeconds(),
    };

    /// <summary>Asks for another run of the playbook; what is known stays until it has ended.</summary>
    public Report Reprocessed(DateTimeOffset now) =>
        Changed(now) with { Status = ReportStatus.Received, FailureReason = null, Run = Run + 1 };
}

public static class ReportStatus
{
    public const string Received = "received";
    public const string Completed = "completed";
    public const string NeedsClarification = "needs_clarification";
    public const string Failed = "failed";
    public const string Deleted = "deleted";

    public static IReadOnlyList<string> All { get; } = [Received, Completed, NeedsClarification, Failed, Deleted];

    public static IReadOnlyList<string> Work { get; } = ["pending", "in_progress", "resolved", "closed"];
}

/// <summary>A position on WGS 84, in degrees.</summary>
public sealed record GeoPoint(double Lat, double Lon)
{
    [JsonIgnore]
    public bool IsValid => double.IsFinite(Lat) && double.IsFinite(Lon) && Math.Abs(Lat) <= 90 && Math.Abs(Lon) <= 180;
}
