using static DomainFlow.Topology.VariableSource;

namespace DomainFlow.Topology;

/// <summary>
/// The system, named once. The functions, both halves of infra, the OpenAPI document and the tests read it, so that what runs on
/// one machine and what is deployed cannot drift apart.
/// </summary>
public static class SystemMap
{
    /// <summary>The REST API's stage, and the base path that a domain of one's own maps to it.</summary>
    public const string Stage = "api";

    /// <summary>Stands before every resource of the REST API.</summary>
    public const string VersionBase = "/v1";

    /// <summary>The path at which clients reach the routes, on one machine and in a deployment.</summary>
    public const string ApiBase = $"/{Stage}{VersionBase}";

    /// <summary>API Gateway gives up on an integration after this long.</summary>
    public const int IntegrationTimeoutSeconds = 29;

    /// <summary>Largest JSON body that a route takes.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    /// <summary>Bodies of these types reach a function in base64, so that it sees the bytes: as text, invalid UTF-8 would be repaired on the way.</summary>
    public static IReadOnlyList<string> BinaryMediaTypes { get; } = ["application/json"];

    /// <summary>The gateway compresses answers of this size and more.</summary>
    public const int MinCompressedBytes = 1024;

    public const string Ingest = "Ingest";
    public const string Synthesis = "Synthesis";
    public const string Query = "Query";
    public const string DbInit = "DbInit";
    public const string Upkeep = "Upkeep";

    public static IReadOnlyList<TableDefinition> Tables { get; } = Topology.Tables.All;

    public static IReadOnlyList<BucketDefinition> Buckets { get; } =
    [
        new(Evidence, [new("DropIncompleteUploads", DropIncompleteUploadsAfterDays: 7), new("EvidenceToInfrequentAccess", InfrequentAccessAfterDays: 30),
            new("ExpireItemValues", ExpiringItemValues, ExpireAfterDays: ExpiringItemValuesDays)]),
    ];

    public static IReadOnlyList<QueueDefinition> Queues { get; } =
    [
        new(ReportChanges, VisibilitySeconds: 120, MaxReceives: 8),
        new(QueryChanges, VisibilitySeconds: 60, MaxReceives: 8),
    ];

    public static IReadOnlyList<PipeDefinition> Pipes { get; } =
    [
        new("reports-to-synthesis", Topology.Tables.Reports, ReportChanges),
        new("jobs-to-query", Topology.Tables.QueryJobs, QueryChanges),
    ];

    public static IReadOnlyList<QueueTrigger> QueueTriggers { get; } =
    [
        new(ReportChanges, Synthesis, BatchSize: 10),
        new(QueryChanges, Query, BatchSize: 1),
    ];

    /// <summary>One notification each, by suffix: renditions and other derived objects carry none of these.</summary>
    public static IReadOnlyList<ObjectTrigger> ObjectTriggers { get; } =
    [
        new(Evidence, ".jpg", Ingest),
        new(Evidence, ".png", Ingest),
        new(Evidence, ".webp", Ingest),
        new(Evidence, ".heic", Ingest),
    ];

    public static IReadOnlyList<AsyncInvocation> AsyncInvocations { get; } =
    [
        new(Ingest, MaxRetries: 2, "ingest-failures"),
        new(Upkeep, MaxRetries: 1, "upkeep-failures"),
    ];

    public static IReadOnlyList<ScheduleDefinition> Schedules { get; } =
    [
        new("sweep", Upkeep, EveryMinutes: 5, """{"sweep":{}}"""),
        new("clean", Upkeep, EveryMinutes: 24 * 60, """{"clean":{}}"""),
    ];

    public static IReadOnlyList<RouteDefinition> Routes { get; } = Topology.Routes.All;

    public static IReadOnlyList<ResourceDefinition> Resources { get; } = ResourceDefinition.Of(Topology.Routes.All);

    public static IReadOnlyList<FunctionDefinition> Functions { get; } =
    [
        new(Ingest, "Takes reports and photos", 512, 29, LocalConcurrency: 3, DatabaseRole.Functions,
            [
                .. Common,
                .. TableNames(Topology.Tables.Reports, Topology.Tables.Users, Topology.Tables.Idempotency),
                BucketName(Evidence),
                .. Objects,
                .. Cache,
                .. ApiEdge,
            ],
            [
                new(Topology.Tables.Reports, TableAccess.ReadWrite),
                new(Topology.Tables.Users, TableAccess.Write),
                new(Topology.Tables.Idempotency, TableAccess.ReadWrite),
            ],
            [new(Evidence, ObjectAccess.List | ObjectAccess.Read | ObjectAccess.Write | ObjectAccess.Delete)]),
        new(Synthesis, "Runs the ingestion playbook and projects the report", 1024, 60, LocalConcurrency: 2, DatabaseRole.Functions,
            [.. Common, .. TableNames(Topology.Tables.Reports, Topology.Tables.Users), BucketName(Evidence), .. Objects, .. SearchAndModel, .. Cache],
            [new(Topology.Tables.Reports, TableAccess.ReadWrite), new(Topology.Tables.Users, TableAccess.Read)],
            [new(Evidence, ObjectAccess.List | ObjectAccess.Read | ObjectAccess.Write | ObjectAccess.Delete)],
            SearchAccess.Write),
        new(Query, "Answers questions with references and a map", 1024, 60, LocalConcurrency: 3, DatabaseRole.Functions,
            [
                .. Common,
                .. TableNames(Topology.Tables.QueryJobs, Topology.Tables.Sessions, Topology.Tables.Messages,
                    Topology.Tables.UserSessions, Topology.Tables.Idempotency),
                BucketName(Evidence),
                .. SearchAndModel,
                .. Cache,
                .. ApiEdge,
            ],
            [
                new(Topology.Tables.QueryJobs, TableAccess.ReadWrite),
                new(Topology.Tables.Sessions, TableAccess.ReadWrite | TableAccess.Delete, Topology.Tables.UserActivityIndex),
                new(Topology.Tables.Messages, TableAccess.ReadWrite | TableAccess.DeleteMany, Topology.Tables.SessionTimestampIndex),
                new(Topology.Tables.UserSessions, TableAccess.Write),
                new(Topology.Tables.Idempotency, TableAccess.ReadWrite),
            ],
            [new(Evidence, ObjectAccess.List | ObjectAccess.Read | ObjectAccess.Write | ObjectAccess.Delete, ExpiringItemValues)],
            SearchAccess.Ask),
        new(Upkeep, "Finds what stands still and what the stores do not agree on", 512, 120, LocalConcurrency: 2, DatabaseRole.Functions,
            [
                .. Common,
                .. TableNames(Topology.Tables.Reports, Topology.Tables.QueryJobs),
                BucketName(Evidence),
                .. Objects,
                .. SearchStore,
            ],
            [
                new(Topology.Tables.Reports, TableAccess.ReadWrite, Topology.Tables.TenantDomainIndex, Topology.Tables.UnfinishedIndex),
                new(Topology.Tables.QueryJobs, TableAccess.ReadWrite, Topology.Tables.UnfinishedIndex),
            ],
            [new(Evidence, ObjectAccess.List | ObjectAccess.Read | ObjectAccess.Write | ObjectAccess.Delete)],
            SearchAccess.Write | SearchAccess.Compare),
        new(DbInit, "Lays the schema and makes tenants", 512, 300, LocalConcurrency: 2, DatabaseRole.Owner,
            [
                .. Common,
                new("DB_FUNCTIONS_SECRET_ARN", DatabaseFunctionsSecret, Scope: VariableScope.Deployment, Instead: "DB_FUNCTIONS_USER"),
                .. SearchStore,
                new("DB_FUNCTIONS_USER", DatabaseFunctionsUser, Scope: VariableScope.Local),
                new("DB_FUNCTIONS_PASSWORD", DatabaseFunctionsPassword, Scope: VariableScope.Local),
            ],
            [],
            [],
            SearchAccess.Make),
    ];

    public const string Evidence = "evidence";

    /// <summary>Prefix of the large values of items that expire: nothing tells when DynamoDB deletes one.</summary>
    public const string ExpiringItemValues = "expiring-item-values/";

    /// <summary>Longer than any item of ours lives that expires.</summary>
    public const int ExpiringItemValuesDays = 400;

    /// <summary>Who the functions are to the cache.</summary>
    public const string CacheUser = "default";

    /// <summary>What they may do there, as an access control list of Redis or Valkey says it: the commands that the adapter sends.</summary>
    public const string CacheAccess = "on ~* -@all +get +set +del +eval +incr +pttl +pexpire +ping";

    public const string ReportChanges = "report-changes";
    public const string QueryChanges = "query-jobs";

    public static FunctionDefinition Function(string name) => Functions.Single(f => f.Name == name);

    public static TableDefinition Table(string name) => Tables.Single(t => t.Name == name);

    public static BucketDefinition Bucket(string name) => Buckets.Single(b => b.Name == name);

    public static QueueDefinition Queue(string name) => Queues.Single(q => q.Name == name);

    /// <summary>How OpenSearch is used and its indexes are made; on one machine only where it stands for a deployment's.</summary>
    public static IReadOnlyList<EnvironmentVariable> SearchSettings =>
    [
        new("SEARCH_SERVICE", VariableSource.SearchService, Scope: VariableScope.Deployment, IsOptional: true),
        new("SEARCH_ENGINE", SearchEngine, Scope: VariableScope.Deployment, IsOptional: true),
        new("SEARCH_DIMENSIONS", SearchDimensions, Scope: VariableScope.Deployment, IsOptional: true),
        new("SEARCH_SHARDS", SearchShards, Scope: VariableScope.Deployment, IsOptional: true),
        new("SEARCH_REPLICAS", SearchReplicas, Scope: VariableScope.Deployment, IsOptional: true),
        new("SEARCH_INDEX_PREFIX", SearchIndexPrefix, Scope: VariableScope.Deployment, IsOptional: true),
    ];

    private static EnvironmentVariable[] Common =>
    [
        new("STORAGE", Storage),
        new("DB_HOST", DatabaseHost),
        new("DB_PORT", DatabasePort),
        new("DB_NAME", VariableSource.DatabaseName),
        new("DB_CA_FILE", DatabaseCaFile),
        new("DB_SECRET_ARN", DatabaseSecret, Scope: VariableScope.Deployment, Instead: "DB_USER"),
        new("DB_USER", DatabaseUser, Scope: VariableScope.Local),
        new("DB_PASSWORD", DatabasePassword, Scope: VariableScope.Local),
        new("METRICS_NAMESPACE", MetricsNamespace, Scope: VariableScope.Deployment),
    ];

    private static EnvironmentVariable[] Objects =>
    [
        new("OBJECTS_FOLDER", ObjectsFolder, Scope: VariableScope.Local),
        new("OBJECTS_URL", ObjectsUrl, Scope: VariableScope.Local),
        new("OBJECTS_KEY_FILE", ObjectsKeyFile, Scope: VariableScope.Local),
    ];

    private static EnvironmentVariable[] SearchStore =>
    [
        new("SEARCH_BACKEND", SearchBackend),
        new("OPENSEARCH_ENDPOINT", SearchEndpoint, Scope: VariableScope.Deployment),
        .. SearchSettings,
    ];

    private static EnvironmentVariable[] Cache =>
    [
        new("CACHE_URL", CacheUrl, IsOptional: true),
        new("CACHE_SECRET_ARN", CacheSecret, Scope: VariableScope.Deployment, IsOptional: true),
    ];

    /// <summary>Of functions that serve routes.</summary>
    private static EnvironmentVariable[] ApiEdge =>
    [
        new(Topology.AllowedOrigins.Variable, VariableSource.AllowedOrigins, IsOptional: true),
        new("REQUESTS_PER_MINUTE_USER", RequestsPerUser, IsOptional: true),
        new("REQUESTS_PER_MINUTE_TENANT", RequestsPerTenant, IsOptional: true),
    ];

    private static EnvironmentVariable[] SearchAndModel => [.. SearchStore, new("MODEL_PROVIDER", ModelProvider)];

    private static EnvironmentVariable[] TableNames(params string[] names) =>
        [.. names.Select(name => new EnvironmentVariable(Topology.Tables.Find(name).Variable, VariableSource.TableName, name))];

    private static EnvironmentVariable BucketName(string name) => new("BUCKET_" + name.ToUpperInvariant(), VariableSource.BucketName, name);
}
