using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Queries;

/// <summary>An item of QueryJobs: a question on its way to an answer.</summary>
public sealed record QueryJob : IItem
{
    public required Guid QueryId { get; init; }

    public Guid Id => QueryId;

    public Guid JobId => QueryId;

    public required Guid TenantId { get; init; }

    public required Guid CreatedBy { get; init; }

    public required string DomainId { get; init; }

    public Guid? SessionId { get; init; }

    public required string Question { get; init; }

    public QueryFilters? Filters { get; init; }

    /// <summary>queued, running, completed or failed.</summary>
    public required string Status { get; init; }

    /// <summary>What a running job is at: <see cref="Answering"/>; null while it waits and once it is finished.</summary>
    public string? Stage { get; init; }

    public string? FailureReason { get; init; }

    /// <summary>Who works on it, until when; a lease that ended binds nobody.</summary>
    public JobLease? Lease { get; init; }

    public int Attempts { get; init; }

    /// <summary>How often the sweeper found this version standing still.</summary>
    public int Sweeps { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<string>? Bullets { get; init; }

    /// <summary>GeoJSON FeatureCollection.</summary>
    public JsonObject? MapData { get; init; }

    /// <summary>Sources that were really retrieved: id, score, snippet.</summary>
    public JsonArray? ReferencesUsed { get; init; }

    public IReadOnlyList<ExecutionLogEntry> ExecutionLog { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public long Version { get; init; } = 1;

    public required long ExpiresAt { get; init; }

    public string TenantSession => $"{TenantId}#{SessionId?.ToString() ?? "none"}";

    public string? UnfinishedShard => IsFinished ? null : (QueryId.ToByteArray()[15] % 10).ToString(CultureInfo.InvariantCulture);

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFinished => Status is Completed or Failed;

    public const string Answering = "answering";
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";

    public QueryJob Changed(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now, Sweeps = 0 };
}

/// <param name="Owner">The invocation that works on the job.</param>
public sealed record JobLease(string Owner, DateTimeOffset Until);

/// <summary>Limits that the client puts on what is retrieved.</summary>
public sealed record QueryFilters(
    string? Category = null, string? WorkStatus = null, DateTimeOffset? From = null, DateTimeOffset? To = null, double[]? Bbox = null);
