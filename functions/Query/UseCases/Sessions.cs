using System.Text.Json.Nodes;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Unicode;
using DomainFlow.Hosting.Http;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Postgres;
using DomainFlow.Topology;

namespace DomainFlow.Query.UseCases;

/// <summary>Body of POST /sessions.</summary>
public sealed record NewSession(string? DomainId, string? Title = null);

/// <summary>Body of PUT /sessions/{id}.</summary>
public sealed record SessionChange(string? Title);

public sealed record SessionView(
    Guid SessionId, string DomainId, string Title, int MessageCount, DateTimeOffset LastActivity, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static SessionView Of(Session s) => new(s.SessionId, s.DomainId, s.Title, s.MessageCount, s.LastActivity, s.CreatedAt, s.UpdatedAt);
}

public sealed record SessionList(IReadOnlyList<SessionView> Items, string? NextCursor);

public sealed record MessageList(IReadOnlyList<MessageView> Items, string? NextCursor);

public sealed record MessageView(Guid MessageId, string Role, string Content, DateTimeOffset Timestamp, JsonObject? Metadata);

/// <summary>A person's chat sessions; nobody sees another's.</summary>
public sealed class Sessions(SessionBook book, ConfigurationReader configurations, TimeProvider clock)
{
    private const int MaxTitle = 200;

    public async Task<ApiResult> OpenAsync(ApiRequest request)
    {
        var caller = request.Caller;
        var body = request.Body(QueryJson.Default.NewSession);
        var domain = body.DomainId is { Length: > 0 and <= 100 } id
            ? id
            : throw new ProblemException(Problem.Invalid("domain_id", "domain_id is required, at most 100 characters"));
        if (await configurations.FindAsync(caller.Tenant, domain, request.Deadline) is null)
        {
            throw new ProblemException(Problem.NotFound($"There is no domain '{domain}'", "domain_id"));
        }

        var now = clock.GetUtcNow();
        var session = new Session
        {
            SessionId = Guid.CreateVersion7(now),
            UserId = caller.User,
            TenantId = caller.Tenant,
            DomainId = domain,
            Title = body.Title is null ? "New session" : CheckedTitle(body.Title),
            LastActivity = now,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = (now + SessionBook.Lifetime).ToUnixTimeSeconds(),
        };
        await book.AddAsync(session, request.Deadline);
        await book.NoteActivityAsync(caller, session.SessionId, domain, now, request.Deadline);
        return ApiResult.Json(201, SessionView.Of(session), QueryJson.Default.SessionView) with
        {
            Headers = new Dictionary<string, string> { ["Location"] = $"{SystemMap.ApiBase}/sessions/{session.SessionId}" },
        };
    }

    public async Task<ApiResult> ListAsync(ApiRequest request)
    {
        request.Query.Allow("limit", "cursor");
        var caller = request.Caller;
        string?[] list = ["GET /sessions", caller.Tenant.ToString(), caller.User.ToString()];
        var position = PageCursor.Read(request.Query.Text("cursor", 2048), list);
        var (items, next) = await book.ListAsync(caller, request.Query.Integer("limit", 20, 1, 100), position, request.Deadline);
        return ApiResult.Json(200, new SessionList([.. items.Select(SessionView.Of)], PageCursor.Write(next, list)), QueryJson.Default.SessionList);
    }

    public async Task<ApiResult> GetAsync(ApiRequest request)
    {
        request.Query.Allow();
        return ApiResult.Json(200, SessionView.Of(await FindAsync(request)), QueryJson.Default.SessionView);
    }

    public async Task<ApiResult> RenameAsync(ApiRequest request)
    {
        var title = CheckedTitle(request.Body(QueryJson.Default.SessionChange).Title);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var session = await FindAsync(request);
            var renamed = session with { Title = title, UpdatedAt = clock.GetUtcNow(), Version = session.Version + 1 };
            if (await book.SaveAsync(renamed, session.Version, request.Deadline))
            {
                return ApiResult.Json(200, SessionView.Of(renamed), QueryJson.Default.SessionView);
            }
        }

        throw new ProblemException(new(409, "version_conflict", "The session keeps changing", "Try again", RetryAfterSeconds: 1));
    }

    public async Task<ApiResult> DeleteAsync(ApiRequest request)
    {
        await book.DeleteAsync(await FindAsync(request), request.Caller, request.Deadline);
        return ApiResult.Empty;
    }

    public async Task<ApiResult> MessagesAsync(ApiRequest request)
    {
        request.Query.Allow("limit", "cursor");
        var session = await FindAsync(request);
        string?[] list = ["GET /sessions/{id}/messages", session.TenantId.ToString(), session.SessionId.ToString()];
        var position = PageCursor.Read(request.Query.Text("cursor", 2048), list);
        var (items, next) = await book.MessagesAsync(session, request.Query.Integer("limit", 20, 1, 100), position, request.Deadline);
        var views = items.Select(m => new MessageView(m.MessageId, m.Role, m.Content, m.Timestamp, m.Metadata)).ToList();
        return ApiResult.Json(200, new MessageList(views, PageCursor.Write(next, list)), QueryJson.Default.MessageList);
    }

    private async Task<Session> FindAsync(ApiRequest request) =>
        await book.FindAsync(request.PathId("session"), request.Caller, request.Deadline)
        ?? throw new ProblemException(Problem.NotFound("There is no session with this id", "id"));

    private static string CheckedTitle(string? title)
    {
        var text = title is null ? "" : StoredText.Of(title).Trim();
        return text.Length <= MaxTitle && !string.IsNullOrWhiteSpace(UntrustedText.Strip(text))
            ? text
            : throw new ProblemException(Problem.Invalid("title", $"title must have 1 to {MaxTitle} characters"));
    }
}
