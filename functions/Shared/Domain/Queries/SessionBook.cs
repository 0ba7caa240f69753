using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;
using DomainFlow.Domain.Tenancy;

namespace DomainFlow.Domain.Queries;

/// <summary>Sessions and their messages as items. A session is its user's alone.</summary>
public sealed class SessionBook(ITableStore tables, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>How often a deletion looks for messages that the index does not show yet.</summary>
    private const int LateLooks = 5;

    /// <summary>After the first look, doubled after each: 3 s in all. An index is behind its table by less, nearly always.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

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

    /// <summary>
    /// Deletes the messages, then the session, then what was said in between: once the session is gone, nothing more is added. Its last
    /// version tells how many messages there are, of which the index may show some late.
    /// </summary>
    public async Task DeleteAsync(Session session, Caller caller, CancellationToken cancellationToken)
    {
        var deleted = new HashSet<string>();
        await DeleteMessagesAsync(session, deleted, cancellationToken);
        var last = session;
        while (!await tables.WriteAsync(
            new TableWrite.Delete(Sessions, new(session.SessionId.ToString()), WriteCondition.IfVersion(last.Version)), session.TenantId, cancellationToken))
        {
            if (await FindAsync(session.SessionId, caller, cancellationToken) is not { } moved) break;
            last = moved;
        }

        await DeleteMessagesAsync(session, deleted, cancellationToken);
        for (var look = 0; deleted.Count < last.MessageCount && look < LateLooks; look++)
        {
            await Task.Delay(FirstWait * Math.Pow(2, look), clock, cancellationToken);
            await DeleteMessagesAsync(session, deleted, cancellationToken);
        }
    }

    /// <summary>Notes where the caller is working.</summary>
    public Task NoteActivityAsync(Caller caller, Guid? session, string? domain, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expires = now.AddHours(24).ToUnixTimeSeconds();
        var item = JsonSerializer.SerializeToNode(new UserSession(caller.User, caller.Tenant, session, domain, now, expires), DomainJson.Default.UserSession)!;
        return tables.WriteAsync(new TableWrite.Put(UserSessions, item.AsObject(), WriteCondition.None), caller.Tenant, cancellationToken);
    }

    private async Task DeleteMessagesAsync(Session session, HashSet<string> deleted, CancellationToken cancellationToken)
    {
        ItemPage page;
        do
        {
            var query = new ItemQuery("session-timestamp-index", $"{session.TenantId}#{session.SessionId}", Limit: 100);
            page = await tables.QueryAsync(Messages, query, session.TenantId, cancellationToken);
            var ids = page.Items.Select(item => (string)item["message_id"]!).ToList();
            await tables.DeleteManyAsync(Messages, [.. ids.Select(id => new ItemKey(id))], session.TenantId, cancellationToken);
            deleted.UnionWith(ids);
        }
        while (page.Items.Count > 0);
    }

    private static JsonObject Write(Session session) => JsonSerializer.SerializeToNode(session, DomainJson.Default.Session)!.AsObject();
}
