using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Queries;

/// <summary>An item of Sessions: a conversation of one person in one domain.</summary>
public sealed record Session
{
    public required Guid SessionId { get; init; }

    public Guid Id => SessionId;

    public required Guid UserId { get; init; }

    public Guid CreatedBy => UserId;

    public required Guid TenantId { get; init; }

    public required string DomainId { get; init; }

    public required string Title { get; init; }

    public int MessageCount { get; init; }

    public required DateTimeOffset LastActivity { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long Version { get; init; } = 1;

    public required long ExpiresAt { get; init; }

    public string TenantUser => $"{TenantId}#{UserId}";
}

/// <summary>An item of Messages.</summary>
public sealed record SessionMessage
{
    public required Guid MessageId { get; init; }

    public required Guid SessionId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>user or assistant.</summary>
    public required string Role { get; init; }

    public required string Content { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Of an answer: query_id and references.</summary>
    public JsonObject? Metadata { get; init; }

    public required long ExpiresAt { get; init; }

    public string TenantSession => $"{TenantId}#{SessionId}";
}
