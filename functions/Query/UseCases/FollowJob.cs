using System.Text.Json;
using Amazon.Lambda.SQSEvents;
using DomainFlow.Domain.Queries;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Batches;
using DomainFlow.Query.Answering;

namespace DomainFlow.Query.UseCases;

/// <summary>A job changed: takes it over where nobody holds a valid lease.</summary>
public sealed class FollowJob(QueryJobBook jobs, AnswerJob answer, TimeProvider clock)
{
    /// <summary>Whoever works on a job counts; a message that comes back from a lease does not.</summary>
    private const int MaxAttempts = 5;

    public async Task HandleAsync(SQSEvent.SQSMessage message, Invocation invocation)
    {
        var job = await jobs.FindForWorkerAsync(ReadQuery(message.Body), invocation.Deadline);
        if (job is null || job.IsFinished)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (job.Lease is { } lease && lease.Until > now)
        {
            throw new MessageAgainException($"query {job.QueryId} is worked on until {lease.Until:O}");
        }

        if (job.Attempts >= MaxAttempts)
        {
            var reason = $"it could not be answered in {MaxAttempts} attempts";
            var failed = job.Changed(now) with { Status = QueryJob.Failed, FailureReason = reason, Stage = null, Lease = null };
            await jobs.SaveAsync(failed, job.Version, invocation.Deadline);
            return;
        }

        var taken = job.Changed(now) with
        {
            Status = QueryJob.Running,
            Stage = QueryJob.Answering,
            Lease = new(invocation.RequestId, now + invocation.Remaining + AnswerJob.LeaseMargin),
            Attempts = job.Attempts + 1,
        };
        if (await jobs.SaveAsync(taken, job.Version, invocation.Deadline))
        {
            await answer.RunAsync(taken, invocation.Deadline);
        }
    }

    private static Guid ReadQuery(string body)
    {
        using var message = JsonDocument.Parse(body);
        return message.RootElement.GetProperty("keys").GetProperty("query_id").GetGuid();
    }
}
