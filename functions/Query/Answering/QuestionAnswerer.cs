using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Queries;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.Questions;
using DomainFlow.Playbooks.Running;
using DomainFlow.Postgres;

namespace DomainFlow.Query.Answering;

/// <summary>Runs the domain's query playbook on a job's question, over sources that see the job's tenant and domain only.</summary>
public sealed class QuestionAnswerer(ConfigurationReader configurations, ReportSources sources, QueryPlaybook playbook)
{
    /// <returns>The job with its answer, completed or failed with the reason; not stored yet.</returns>
    /// <exception cref="OperationCanceledException">The time is up.</exception>
    public async Task<QueryJob> AnswerAsync(QueryJob job, IReadOnlyList<SessionMessage> history, CancellationToken deadline)
    {
        if (await configurations.FindSetupAsync(job.TenantId, job.DomainId, deadline) is not { } setup)
        {
            return job with { Status = QueryJob.Failed, FailureReason = $"the domain '{job.DomainId}' is no longer there" };
        }

        var question = new Question(
            job.Question,
            job.CreatedAt,
            [.. history.Select(m => new PastMessage(m.Role, m.Content))],
            ToFilter(job.Filters));
        var bound = sources.For(setup.Configuration, job.TenantId, job.Filters);
        var answer = await playbook.AnswerAsync(setup.Configuration, setup.Agents, question, bound, deadline);
        deadline.ThrowIfCancellationRequested();
        return answer.Run.Outcome is RunOutcome.Failed failed
            ? job with { Status = QueryJob.Failed, FailureReason = failed.Reason, ExecutionLog = answer.Run.Log }
            : job with
            {
                Status = QueryJob.Completed,
                Summary = answer.Summary,
                Bullets = [.. answer.Bullets.Select(b => b.Text)],
                ReferencesUsed = new JsonArray([.. answer.References.Select(ToJson)]),
                MapData = answer.MapData,
                ExecutionLog = answer.Run.Log,
            };
    }

    private static ReportFilter? ToFilter(QueryFilters? filters) =>
        filters is null ? null : new(
            filters.Category is { } category ? [category] : null,
            filters.From,
            filters.To,
            WorkStatuses: filters.WorkStatus is { } status ? [status] : null);

    private static JsonNode ToJson(Reference reference) => new JsonObject
    {
        ["id"] = reference.Id,
        ["kind"] = reference.Kind,
        ["score"] = Math.Round(reference.Score, 4),
        ["snippet"] = reference.Snippet,
        ["reported_at"] = UtcJsonConverter.Write(reference.ReportedAt),
    };
}
