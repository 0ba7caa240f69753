using System.Text.Json.Nodes;
using DomainFlow.Domain.Queries;
using DomainFlow.Hosting;

namespace DomainFlow.Query.Answering;

/// <summary>Answers a job whose lease this invocation holds, and stores the answer on condition that it still does.</summary>
public sealed class AnswerJob(QueryJobBook jobs, SessionBook sessions, QuestionAnswerer answerer, TimeProvider clock)
{
    /// <summary>Added to a lease, so that whoever holds it can still store the answer.</summary>
    public static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(3);

    /// <summary>Answers within <paramref name="wait"/>, else releases the job for the queue's consumer.</summary>
    public async Task<QueryJob> RunWithinAsync(QueryJob job, TimeSpan wait, CancellationToken deadline)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        limit.CancelAfter(wait);
        try
        {
            return await RunAsync(job, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !deadline.IsCancellationRequested)
        {
            FunctionLog.Information("query {0} goes on in the background", job.QueryId);
            return await ReleaseAsync(job, deadline);
        }
    }

    /// <summary>Answers, however long it takes before <paramref name="deadline"/>.</summary>
    public async Task<QueryJob> RunAsync(QueryJob job, CancellationToken deadline)
    {
        var history = await HistoryAsync(job, deadline);
        var answered = await answerer.AnswerAsync(job, history, deadline);
        var now = clock.GetUtcNow();
        var finished = answered.Changed(now) with { Lease = null, Stage = null, CompletedAt = now };
        if (!await jobs.SaveAsync(finished, job.Version, deadline))
        {
            FunctionLog.Information("query {0} was taken over meanwhile", job.QueryId);
            return await jobs.FindAsync(job.QueryId, job.TenantId, deadline) ?? finished;
        }

        await RememberAsync(finished, deadline);
        return finished;
    }

    private async Task<QueryJob> ReleaseAsync(QueryJob job, CancellationToken deadline)
    {
        var released = job.Changed(clock.GetUtcNow()) with { Status = QueryJob.Queued, Lease = null };
        return await jobs.SaveAsync(released, job.Version, deadline)
            ? released
            : await jobs.FindAsync(job.QueryId, job.TenantId, deadline) ?? released;
    }

    private async Task<IReadOnlyList<SessionMessage>> HistoryAsync(QueryJob job, CancellationToken deadline)
    {
        if (await SessionAsync(job, deadline) is not { } session)
        {
            return [];
        }

        var (messages, _) = await sessions.MessagesAsync(session, 100, null, deadline);
        return [.. messages.TakeLast(6)];
    }

    /// <summary>Question and answer become messages of the session; their ids follow from the job's, so that a repeat adds nothing.</summary>
    private async Task RememberAsync(QueryJob job, CancellationToken deadline)
    {
        if (await SessionAsync(job, deadline) is not { } session)
        {
            return;
        }

        var expires = (clock.GetUtcNow() + SessionBook.Lifetime).ToUnixTimeSeconds();
        var metadata = new JsonObject { ["query_id"] = job.QueryId.ToString(), ["references"] = job.ReferencesUsed?.DeepClone() };
        await sessions.AppendAsync(
            [
                Message(job, session, "user", job.Question, job.CreatedAt, null, expires),
                Message(job, session, "assistant", job.Summary ?? job.FailureReason ?? "", job.CompletedAt ?? job.UpdatedAt, metadata, expires),
            ],
            deadline);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var active = session with { MessageCount = session.MessageCount + 2, LastActivity = job.UpdatedAt, UpdatedAt = job.UpdatedAt, Version = session.Version + 1, ExpiresAt = expires };
            if (await sessions.SaveAsync(active, session.Version, deadline) || await SessionAsync(job, deadline) is not { } fresh)
            {
                return;
            }

            session = fresh;
        }
    }

    private async Task<Session?> SessionAsync(QueryJob job, CancellationToken deadline) =>
        job.SessionId is { } id
            ? await sessions.FindAsync(id, new(job.TenantId, job.CreatedBy, "", null, new HashSet<string>()), deadline)
            : null;

    private static SessionMessage Message(
        QueryJob job, Session session, string role, string content, DateTimeOffset at, JsonObject? metadata, long expires) =>
        new()
        {
            MessageId = MessageId(job.QueryId, role),
            SessionId = session.SessionId,
            TenantId = job.TenantId,
            Role = role,
            Content = content,
            Timestamp = at,
            Metadata = metadata,
            ExpiresAt = expires,
        };

    private static Guid MessageId(Guid query, string role)
    {
        var bytes = query.ToByteArray();
        bytes[0] ^= role == "user" ? (byte)0x55 : (byte)0xAA;
        return new(bytes);
    }
}
