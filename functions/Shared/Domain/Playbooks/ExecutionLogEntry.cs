using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Playbooks;

/// <summary>What one agent did in one run.</summary>
/// <param name="Status">success, error, skipped, cached or defaulted.</param>
/// <param name="DurationMs">Milliseconds.</param>
/// <param name="Reason">Why it failed or was skipped.</param>
/// <param name="Output">What it gave, or what stood in for it.</param>
public sealed record ExecutionLogEntry(
    string AgentId,
    int Version,
    string Status,
    DateTimeOffset StartedAt,
    double DurationMs,
    long TokensIn,
    long TokensOut,
    string? Reason = null,
    JsonObject? Output = null);
