using System.Text.Json.Nodes;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Storage;
using DomainFlow.Hosting;

namespace DomainFlow.Query.Answering;

/// <summary>Answers a job whose lease this invocation holds, and stores the answer on condition that it still does.</summary>
public sealed class AnswerJob(QueryJobBook jobs, SessionBook sessions, QuestionAnswerer answerer, TimeProvider clock)
{
    /// <summary>Added to a lease, so that whoever holds it can still store the answer.</summary>
    public static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(3);

    private const int Attempts = 20;

    /// <summary>Messages of the session that a question is read in the light of.</summary>
    private const int Remembered = 6;

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
        return await FinishAsync(answered.Changed(now) with { Lease = null, Stage = null, CompletedAt = now }, job.Version, deadline);
    }

    /// <summary>The answer and the session's two messages are one transaction: whoever dies here leaves all of it or nothing.</summary>
    private async Task<QueryJob> FinishAsync(QueryJob finished, long version, CancellationToken deadline)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var session = await SessionAsync(finished, deadline);
            if (await jobs.SaveWithAsync(finished, version, session is null ? [] : Conversation(finished, session), deadline))
            {
                return finished;
            }

            // Either the session moved on, then once more; or another took the job over, then its answer stands.
            if (await jobs.FindAsync(finished.QueryId, finished.TenantId, deadline) is not { } now || now.Version != version)
            {
                FunctionLog.Information("query {0} was taken over meanwhile", finished.QueryId);
                return await jobs.FindAsync(finished.QueryId, finished.TenantId, deadline) ?? finished;
            }
        }

        throw new InvalidOperationException($"the session of query {finished.QueryId} changed under each of {Attempts} attempts to note its answer");
    }

    private async Task<QueryJob> ReleaseAsync(QueryJob job, CancellationToken deadline)
    {
        var released = job.Changed(clock.GetUtcNow()) with { Status = QueryJob.Queued, Stage = null, Lease = null };
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

        return await sessions.LatestAsync(session, Remembered, deadline);
    }

    /// <summary>Question and answer as messages; the answer stands behind its question even in a clock's same tick.</summary>
    private IReadOnlyList<TableWrite> Conversation(QueryJob job, Session session)
    {
        var now = clock.GetUtcNow();
        var expires = (now + SessionBook.Lifetime).ToUnixTimeSeconds();
        var metadata = new JsonObject { ["query_id"] = job.QueryId.ToString(), ["references"] = job.ReferencesUsed?.DeepClone() };
        var answeredAt = job.CompletedAt ?? job.UpdatedAt;
        var earliest = job.CreatedAt.AddMilliseconds(1);
        return SessionBook.Appending(
            session,
            Message(job, session, "user", job.Question, job.CreatedAt, null, expires),
            Message(job, session, "assistant", job.Summary ?? job.FailureReason ?? "", answeredAt > earliest ? answeredAt : earliest, metadata, expires),
            now);
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
