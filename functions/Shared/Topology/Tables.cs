namespace DomainFlow.Topology;

/// <summary>The DynamoDB tables. Index keys hold the tenant: an index of one tenant's things never meets another's.</summary>
public static class Tables
{
    public const string Reports = "Reports";
    public const string Sessions = "Sessions";
    public const string Messages = "Messages";
    public const string QueryJobs = "QueryJobs";
    public const string UserSessions = "user_sessions";
    public const string Configurations = "configurations";
    public const string Users = "Users";
    public const string Idempotency = "Idempotency";

    public const string TenantDomainIndex = "tenant-domain-index";
    public const string DomainCreatedIndex = "domain-created-index";
    public const string UserActivityIndex = "user-activity-index";
    public const string SessionTimestampIndex = "session-timestamp-index";
    public const string SessionCreatedIndex = "session-created-index";
    public const string EmailIndex = "EmailIndex";
    public const string LastLoginIndex = "LastLoginIndex";

    /// <summary>Sparse: holds an item only while there is work left on it; its key is a shard from 0 to 9.</summary>
    public const string UnfinishedIndex = "unfinished-index";

    /// <summary>Expiry in epoch seconds.</summary>
    public const string ExpiresAt = "expires_at";

    public static IReadOnlyList<TableDefinition> All { get; } =
    [
        new(Reports, "incident_id", null,
            [
                new(TenantDomainIndex, "tenant_id", "domain_id"),
                new(DomainCreatedIndex, "tenant_domain", "created_at"),
                new(UnfinishedIndex, "unfinished_shard", "updated_at", IndexProjection.KeysAndTenant),
            ],
            StreamView.KeysOnly, ExpiresAt),
        new(Sessions, "session_id", null, [new(UserActivityIndex, "tenant_user", "last_activity")], TimeToLive: ExpiresAt),
        new(Messages, "message_id", null, [new(SessionTimestampIndex, "tenant_session", "timestamp")], TimeToLive: ExpiresAt),
        new(QueryJobs, "query_id", null,
            [
                new(SessionCreatedIndex, "tenant_session", "created_at"),
                new(UnfinishedIndex, "unfinished_shard", "updated_at", IndexProjection.KeysAndTenant),
            ],
            StreamView.KeysOnly, ExpiresAt),
        new(UserSessions, "user_id", TimeToLive: ExpiresAt),
        new(Configurations, "tenant_id"),
        new(Users, "userId", null,
            [
                new(EmailIndex, "tenant_email"),
                new(LastLoginIndex, "tenant_id", "lastLoginAt", IndexProjection.KeysOnly),
            ],
            StreamView.NewAndOldImages),
        new(Idempotency, "idempotency_key", TimeToLive: ExpiresAt),
    ];

    /// <exception cref="InvalidOperationException">There is no such table.</exception>
    public static TableDefinition Find(string name) => All.Single(t => t.Name == name);
}
