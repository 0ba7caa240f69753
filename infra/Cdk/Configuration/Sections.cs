using DomainFlow.Topology;

namespace DomainFlow.Cdk.Configuration;

/// <param name="Provider">offline or bedrock; others need a way to the Internet, which the functions' subnets do not have.</param>
/// <param name="ModelIds">Bedrock's models that the functions may invoke.</param>
public sealed record ModelConfiguration(string Provider, IReadOnlyList<string> ModelIds)
{
    internal static ModelConfiguration Read(SettingsReader settings)
    {
        var model = new ModelConfiguration(settings.Choice("provider", "offline", "bedrock"), settings.Texts("ids"));
        if (model is { Provider: "bedrock", ModelIds.Count: 0 })
            throw settings.Wrong("ids", "provider is bedrock, so the models that may be invoked are needed");
        settings.RefuseOthers();
        return model;
    }
}

/// <param name="Endpoints">AWS services that the functions reach inside the VPC, by their short names.</param>
public sealed record NetworkConfiguration(string Cidr, int Zones, IReadOnlyList<string> Endpoints)
{
    internal static NetworkConfiguration Read(SettingsReader settings)
    {
        var network = new NetworkConfiguration(settings.Text("cidr"), settings.Number("zones", 2, 3), settings.Texts("endpoints"));
        if (!network.Endpoints.Contains("secretsmanager"))
            throw settings.Wrong("endpoints", "secretsmanager is needed: the functions read the database's secret there");
        settings.RefuseOthers();
        return network;
    }
}

/// <param name="InstanceClass">RDS class without its leading "db.".</param>
/// <param name="Parameters">PostgreSQL parameters beside those that the system needs.</param>
public sealed record DatabaseConfiguration(
    string InstanceClass,
    string EngineVersion,
    int StorageGb,
    int MaxStorageGb,
    bool MultiZone,
    int BackupDays,
    IReadOnlyDictionary<string, string> Parameters)
{
    internal static DatabaseConfiguration Read(SettingsReader settings)
    {
        var version = settings.Text("engineVersion");
        if (!version.StartsWith("16.", StringComparison.Ordinal))
            throw settings.Wrong("engineVersion", "a version of PostgreSQL 16 is needed, for example 16.8");
        var parameters = settings.Pairs("parameters");
        if (parameters.ContainsKey("rds.force_ssl"))
            throw settings.Wrong("parameters", "rds.force_ssl is always 1");
        var storage = settings.Number("storageGb", 20, 65536);
        var database = new DatabaseConfiguration(
            settings.Text("instanceClass"),
            version,
            storage,
            settings.Number("maxStorageGb", storage, 65536),
            settings.Flag("multiZone"),
            settings.Number("backupDays", 1, 35),
            parameters);
        settings.RefuseOthers();
        return database;
    }
}

/// <param name="NodeType">ElastiCache's type, for example cache.t3.micro.</param>
/// <param name="Replicas">Beside the primary, spread over the zones; from the first one on they take over by themselves.</param>
/// <param name="EngineVersion">Of Valkey.</param>
public sealed record CacheConfiguration(string NodeType, int Replicas, string EngineVersion)
{
    private static readonly Version FirstValkey = new(7, 2);

    internal static CacheConfiguration Read(SettingsReader settings)
    {
        var cache = new CacheConfiguration(settings.Text("nodeType"), settings.Number("replicas", 0, 5), settings.Text("engineVersion"));
        if (!cache.NodeType.StartsWith("cache.", StringComparison.Ordinal))
            throw settings.Wrong("nodeType", "a type of ElastiCache is needed, for example cache.t3.micro");
        if (!Version.TryParse(cache.EngineVersion, out var version) || version.Build >= 0 || version < FirstValkey)
            throw settings.Wrong("engineVersion", $"a version of Valkey is needed, {FirstValkey} or later, for example 8.0");
        settings.RefuseOthers();
        return cache;
    }
}

/// <param name="RequestsPerSecond">Of all callers together, held by the gateway.</param>
/// <param name="RequestsPerMinuteUser">Of one user, held by the functions.</param>
/// <param name="RequestsPerMinuteTenant">Of one tenant's users together, held by the functions.</param>
/// <param name="AccountLogging">This stack sets the account's role with which API Gateway writes logs; false where another does.</param>
/// <param name="AllowedOrigins">Whose pages may read answers and objects, and post photos.</param>
/// <param name="DomainName">Own name of the API; null for API Gateway's.</param>
/// <param name="CertificateArn">Certificate for that name.</param>
public sealed record ApiConfiguration(
    int RequestsPerSecond,
    int Burst,
    int RequestsPerMinuteUser,
    int RequestsPerMinuteTenant,
    bool AccountLogging,
    AllowedOrigins AllowedOrigins,
    string? DomainName,
    string? CertificateArn)
{
    internal static ApiConfiguration Read(SettingsReader settings)
    {
        var api = new ApiConfiguration(
            settings.Number("requestsPerSecond", 1, 10_000),
            settings.Number("burst", 1, 5_000),
            settings.Number("requestsPerMinuteUser", 1, 1_000_000),
            settings.Number("requestsPerMinuteTenant", 1, 1_000_000),
            settings.Flag("accountLogging"),
            Origins(settings),
            settings.OptionalText("domainName"),
            settings.OptionalText("certificateArn"));
        if (api.DomainName is not null && api.CertificateArn is null)
            throw settings.Wrong("certificateArn", "domainName is given, so its certificate is needed");
        settings.RefuseOthers();
        return api;
    }

    private static AllowedOrigins Origins(SettingsReader settings)
    {
        try
        {
            return AllowedOrigins.Of(settings.Texts("allowedOrigins"));
        }
        catch (FormatException e)
        {
            throw settings.Wrong("allowedOrigins", e.Message);
        }
    }
}

/// <param name="Concurrency">Most invocations at once that one queue causes.</param>
/// <param name="PipeRetries">Tries of a pipe before a change goes to its dead letters.</param>
public sealed record QueueConfiguration(int Concurrency, int PipeRetries)
{
    internal static QueueConfiguration Read(SettingsReader settings)
    {
        var queues = new QueueConfiguration(settings.Number("concurrency", 2, 1000), settings.Number("pipeRetries", 1, 10_000));
        settings.RefuseOthers();
        return queues;
    }
}
