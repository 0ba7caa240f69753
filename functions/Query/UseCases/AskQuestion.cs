using System.Text.Json;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Storage;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Hosting;
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
    ITableStore tables,
    ConfigurationReader configurations,
    AnswerJob answer,
    TimeProvider clock)
{
    private const double StandardWaitSeconds = 20;

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var caller = request.Caller;
        var key = request.IdempotencyKey();
        var body = request.Body(QueryJson.Default.NewQuestion).Checked();
        var configuration = await configurations.FindAsync(caller.Tenant, body.DomainId!, request.Deadline)
            ?? throw new ProblemException(Problem.NotFound($"There is no domain '{body.DomainId}'", "domain_id"));
        await CheckSessionAsync(body, caller, request.Deadline);
        var wait = TimeSpan.FromSeconds(body.WaitSeconds ?? StandardWaitSeconds);
        var inline = wait > TimeSpan.Zero;
        var job = NewJob(caller, configuration.DomainId, body, inline ? new(request.Invocation.RequestId, clock.GetUtcNow() + wait + AnswerJob.LeaseMargin) : null);
        var idempotency = key is null ? null : Record(caller, key, request.BodyText(), job);
        if (!await jobs.AddAsync(job, idempotency, request.Deadline))
        {
            return JobView.Answer(await EarlierAsync(idempotency!, request));
        }

        await sessions.NoteActivityAsync(caller, body.SessionId, configuration.DomainId, clock.GetUtcNow(), request.Deadline);
        return JobView.Answer(inline ? await answer.RunWithinAsync(job, wait, request.Deadline) : job);
    }

    private async Task CheckSessionAsync(NewQuestion body, Caller caller, CancellationToken deadline)
    {
        if (body.SessionId is not { } id)
        {
            return;
        }

        var session = await sessions.FindAsync(id, caller, deadline) ?? throw new ProblemException(Problem.NotFound("There is no session with this id", "session_id"));
        if (session.DomainId != body.DomainId)
        {
            throw new ProblemException(Problem.Invalid("session_id", $"The session is about the domain '{session.DomainId}', not '{body.DomainId}'"));
        }
    }

    private QueryJob NewJob(Caller caller, string domainId, NewQuestion body, JobLease? lease)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            QueryId = Guid.CreateVersion7(now),
            TenantId = caller.Tenant,
            CreatedBy = caller.User,
            DomainId = domainId,
            SessionId = body.SessionId,
            Question = body.Question!,
            Filters = body.Filters?.ToFilters(),
            Status = lease is null ? QueryJob.Queued : QueryJob.Running,
            Lease = lease,
            Attempts = lease is null ? 0 : 1,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = (now + SessionBook.Lifetime).ToUnixTimeSeconds(),
        };
    }

    private IdempotencyRecord Record(Caller caller, string key, string body, QueryJob job) =>
        new(
            IdempotencyRecord.KeyOf(caller.Tenant, caller.User, "POST /queries", key),
            caller.Tenant,
            IdempotencyRecord.Hash(body),
            job.QueryId,
            (clock.GetUtcNow() + IdempotencyRecord.Lifetime).ToUnixTimeSeconds());

    private async Task<QueryJob> EarlierAsync(IdempotencyRecord mine, ApiRequest request)
    {
        var item = await tables.GetAsync(IdempotencyRecord.Table, new(mine.IdempotencyKey), mine.TenantId, request.Deadline);
        var first = item?.Deserialize(DomainJson.Default.IdempotencyRecord)
            ?? throw new ProblemException(Problem.Unavailable("The request under this key is being settled"));
        return first.RequestHash != mine.RequestHash
            ? throw new ProblemException(Problem.KeyReused())
            : await jobs.FindAsync(first.ResultId, mine.TenantId, request.Deadline)
                ?? throw new ProblemException(Problem.NotFound("The query that this key made is gone", "Idempotency-Key"));
    }
}
