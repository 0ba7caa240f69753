using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Queries;
using DomainFlow.Hosting.Http;
using DomainFlow.Topology;

namespace DomainFlow.Query.UseCases;

/// <summary>A question's state, and its answer once there is one.</summary>
/// <param name="ExecutionLog">What each agent did; null unless it was asked for.</param>
public sealed record JobView(
    Guid QueryId,
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
    IReadOnlyList<ExecutionLogEntry>? ExecutionLog,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt)
{
    private const string Log = "execution_log";

    /// <summary>Reads what a request asks to see beside the answer, and refuses every other parameter.</summary>
    public static bool WantsLog(QueryParameters query)
    {
        query.Allow("include");
        return query.OneOf("include", [Log]) is not null;
    }

    public static JobView Of(QueryJob job, bool withLog) =>
        new(
            job.QueryId,
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
            withLog ? job.ExecutionLog : null,
            job.CreatedAt,
            job.CompletedAt);

    /// <summary>200 with a finished job, else 202 with its state and where to ask again.</summary>
    public static ApiResult Answer(QueryJob job, bool withLog) =>
        job.IsFinished
            ? ApiResult.Json(200, Of(job, withLog), QueryJson.Default.JobView)
            : ApiResult.Json(202, Of(job, withLog), QueryJson.Default.JobView) with
            {
                Headers = new Dictionary<string, string> { ["Location"] = $"{SystemMap.ApiBase}/queries/{job.QueryId}", ["Retry-After"] = "1" },
            };
}
