using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Queries;
using DomainFlow.Hosting.Http;
using DomainFlow.Topology;

namespace DomainFlow.Query.UseCases;

/// <summary>A question's state, and its answer once there is one.</summary>
public sealed record JobView(
    Guid QueryId,
    Guid JobId,
    string DomainId,
    Guid? SessionId,
    string Question,
    string Status,
    string? Stage,
    string? FailureReason,
    string? Summary,
    IReadOnlyList<string>? Bullets,
    JsonArray? ReferencesUsed,
    JsonObject? MapData,
    IReadOnlyList<ExecutionLogEntry> ExecutionLog,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt)
{
    public static JobView Of(QueryJob job) =>
        new(
            job.QueryId,
            job.JobId,
            job.DomainId,
            job.SessionId,
            job.Question,
            job.Status,
            job.Stage,
            job.FailureReason,
            job.Summary,
            job.Bullets,
            job.ReferencesUsed,
            job.MapData,
            job.ExecutionLog,
            job.CreatedAt,
            job.CompletedAt);

    /// <summary>200 with a finished job, else 202 with its state and where to ask again.</summary>
    public static ApiResult Answer(QueryJob job) =>
        job.IsFinished
            ? ApiResult.Json(200, Of(job), QueryJson.Default.JobView)
            : ApiResult.Json(202, Of(job), QueryJson.Default.JobView) with
            {
                Headers = new Dictionary<string, string> { ["Location"] = $"{SystemMap.ApiBase}/queries/{job.QueryId}", ["Retry-After"] = "1" },
            };
}
