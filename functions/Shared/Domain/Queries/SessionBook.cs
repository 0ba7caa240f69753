using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;
using DomainFlow.Domain.Tenancy;

namespace DomainFlow.Domain.Queries;

/// <summary>Sessions and their messages as items. A session is its user's alone.</summary>
public sealed class SessionBook(ITableStore tables)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private const string Sessions = "Sessions";
    private const string Messages = "Messages";
    private const string UserSessions = "user_sessions";

    public async Task<Session?> FindAsync(Guid session, Caller caller, CancellationToken cancellationToken)
    {
        var item = await tables.GetAsync(Sessions, new(session.ToString()), caller.Tenant, cancellationToken);
        var found = item?.Deserialize(DomainJson.Default.Session);
        return found?.UserId == caller.User ? found : null;
    }

    public Task<bool> AddAsync(Session session, CancellationToken cancellationToken) =>
        tables.WriteAsync(new TableWrite.Put(Sessions, Write(session), WriteCondition.IfAbsent), session.TenantId, cancellationToken);

    public Task<bool> SaveAsync(Session session, long expectedVersion, CancellationToken cancellationToken) =>
        tables.WriteAsync(new TableWrite.Put(Sessions, Write(session), WriteCondition.IfVersion(expectedVersion)), session.TenantId, cancellationToken);

    /// <summary>Newest activity first.</summary>
    public async Task<(IReadOnlyList<Session> Items, string? Next)> ListAsync(Caller caller, int limit, string? position, CancellationToken cancellationToken)
    {
        var query = new ItemQuery("user-activity-index", $"{caller.Tenant}#{caller.User}", Descending: true, Limit: limit, Position: position);
        var page = await tables.QueryAsync(Sessions, query, caller.Tenant, cancellationToken);
        return ([.. page.Items.Select(i => i.Deserialize(DomainJson.Default.Session)!)], page.Next);
    }

    /// <summary>The last messages, the oldest of them first.</summary>
    public async Task<IReadOnlyList<SessionMessage>> LatestAsync(Session session, int count, CancellationToken cancellationToken)
    {
        var query = new ItemQuery("session-timestamp-index", $"{session.TenantId}#{session.SessionId}", Descending: true, Limit: count);
        var page = await tables.QueryAsync(Messages, query, session.TenantId, cancellationToken);
        return [.. page.Items.Select(i => i.Deserialize(DomainJson.Default.SessionMessage)!).Reverse()];
    }

    /// <summary>Oldest first.</summary>
    public async Task<(IReadOnlyList<SessionMessage> Items, string? Next)> MessagesAsync(
        Session session, int limit, string? position, CancellationToken cancellationToken)
    {
        var query = new ItemQuery("session-timestamp-index", $"{session.TenantId}#{session.SessionId}", Limit: limit, Position: position);
        var page = await tables.QueryAsync(Messages, query, session.TenantId, cancellationToken);
        return ([.. page.Items.Select(i => i.Deserialize(DomainJson.Default.SessionMessage)!)], page.Next);
    }

    /// <summary>The writes that add a question and its answer to a session, for one transaction; they hold only while the session is this version.</summary>
    public static IReadOnlyList<TableWrite> Appending(Session session, SessionMessage question, SessionMessage answer, DateTimeOffset now)
    {
        var active = session with
        {
            MessageCount = session.MessageCount + 2,
            LastActivity = now,
            UpdatedAt = now,
            Version = session.Version + 1,
            ExpiresAt = answer.ExpiresAt,
        };
        return
        [
            new TableWrite.Put(Sessions, Write(active), WriteCondition.IfVersion(session.Version)),
            .. new[] { question, answer }.Select(message => new TableWrite.Put(
                Messages, JsonSerializer.SerializeToNode(message, DomainJson.Default.SessionMessage)!.AsObject(), WriteCondition.IfAbsent)),
        ];
    }

    /// <summary>Deletes the messages, then the session, then what was said in between: once the session is gone, nothing more is added.</summary>
    public async Task DeleteAsync(Session session, CancellationToken cancellationToken)
    {
        await DeleteMessagesAsync(session, cancellationToken);
        await tables.WriteAsync(new TableWrite.Delete(Sessions, new(session.SessionId.ToString()), WriteCondition.None), session.TenantId, cancellationToken);
        await DeleteMessagesAsync(session, cancellationToken);
    }

    /// <summary>Notes where the caller is working.</summary>
    public Task NoteActivityAsync(Caller caller, Guid? session, string? domain, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expires = now.AddHours(24).ToUnixTimeSeconds();
        var item = JsonSerializer.SerializeToNode(new UserSession(caller.User, caller.Tenant, session, domain, now, expires), DomainJson.Default.UserSession)!;
        return tables.WriteAsync(new TableWrite.Put(UserSessions, item.AsObject(), WriteCondition.None), caller.Tenant, cancellationToken);
    }

    private async Task DeleteMessagesAsync(Session session, CancellationToken cancellationToken)
    {
        ItemPage page;
        do
        {
            var query = new ItemQuery("session-timestamp-index", $"{session.TenantId}#{session.SessionId}", Limit: 100);
            page = await tables.QueryAsync(Messages, query, session.TenantId, cancellationToken);
            var keys = page.Items.Select(item => new ItemKey((string)item["message_id"]!)).ToList();
            await tables.DeleteManyAsync(Messages, keys, session.TenantId, cancellationToken);
        }
        while (page.Items.Count > 0);
    }

    private static JsonObject Write(Session session) => JsonSerializer.SerializeToNode(session, DomainJson.Default.Session)!.AsObject();
}
