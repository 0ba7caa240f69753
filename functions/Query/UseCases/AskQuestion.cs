using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;
using DomainFlow.Query.Answering;

namespace DomainFlow.Query.UseCases;

/// <summary>
/// POST /queries. The job is stored first. With time to wait it is stored under a lease and worked on at once; what is not ready in
/// time is released, and the queue's consumer goes on with it: nothing is left running behind the answer.
/// </summary>
public sealed class AskQuestion(
    QueryJobBook jobs,
    SessionBook sessions,
    ConfigurationReader configurations,
    AnswerJob answer,
    TimeProvider clock)
{
    private const double StandardWaitSeconds = 20;

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var caller = request.Caller;
        var withLog = JobView.WantsLog(request.Query);
        var body = request.Body(QueryJson.Default.NewQuestion).Checked();
        var configuration = await configurations.FindAsync(caller.Tenant, body.DomainId!, request.Deadline)
            ?? throw new ProblemException(Problem.NotFound($"There is no domain '{body.DomainId}'", "domain_id"));
        await CheckSessionAsync(body, caller, request.Deadline);
        var wait = TimeSpan.FromSeconds(body.WaitSeconds ?? StandardWaitSeconds);
        var inline = wait > TimeSpan.Zero;
        JobLease? lease = inline ? new(request.Invocation.RequestId, clock.GetUtcNow() + wait + AnswerJob.LeaseMargin) : null;
        var job = NewJob(caller, configuration, body, lease);
        var idempotency = request.Idempotency("POST /queries", job.QueryId, clock.GetUtcNow());
        (job, var isRepeat) = (await jobs.AddAsync(job, idempotency, request.Deadline)).Settled();
        if (isRepeat)
        {
            return JobView.Answer(job, withLog);
        }

        await sessions.NoteActivityAsync(caller, body.SessionId, configuration.DomainId, clock.GetUtcNow(), request.Deadline);
        return JobView.Answer(inline ? await answer.RunWithinAsync(job, wait, request.Deadline) : job, withLog);
    }

    private async Task CheckSessionAsync(NewQuestion body, Caller caller, CancellationToken deadline)
    {
        if (body.SessionId is not { } id)
        {
            return;
        }

        var session = await sessions.FindAsync(id, caller, deadline)
            ?? throw new ProblemException(Problem.NotFound("There is no session with this id", "session_id"));
        if (session.DomainId != body.DomainId)
        {
            throw new ProblemException(Problem.Invalid("session_id", $"The session is about the domain '{session.DomainId}', not '{body.DomainId}'"));
        }
    }

    private QueryJob NewJob(Caller caller, DomainConfiguration domain, NewQuestion body, JobLease? lease)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            QueryId = Guid.CreateVersion7(now),
            TenantId = caller.Tenant,
            CreatedBy = caller.User,
            DomainId = domain.DomainId,
            SessionId = body.SessionId,
            Question = body.Question!,
            Filters = body.Filters?.ToFilters(domain),
            Status = lease is null ? QueryJob.Queued : QueryJob.Running,
            Stage = lease is null ? null : QueryJob.Answering,
            Lease = lease,
            Attempts = lease is null ? 0 : 1,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = (now + SessionBook.Lifetime).ToUnixTimeSeconds(),
        };
    }
}
