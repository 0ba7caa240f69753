using DomainFlow.Topology;

namespace DomainFlow.Cdk.Configuration;

/// <param name="Provider">What the functions are told; they refuse any other at their start.</param>
public sealed record ModelConfiguration(string Provider)
{
    private const string Offline = "offline";

    internal static ModelConfiguration Read(SettingsReader settings)
    {
        var model = new ModelConfiguration(settings.Text("provider"));
        if (model.Provider != Offline)
            throw settings.Wrong("provider", $"'{model.Provider}' is not there: this release has the provider {Offline} only");
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
/// <param name="EngineVersion">Major and minor version of PostgreSQL; RDS upgrades to later minor versions by itself.</param>
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
    // RDS ends the older minor versions within a year or so: the current ones when this was written.
    private static readonly Version[] LeastVersions = [new(16, 13), new(17, 9), new(18, 3)];

    /// <summary>The part of <see cref="EngineVersion"/> before the dot.</summary>
    public string EngineMajor => EngineVersion.Split('.')[0];

    internal static DatabaseConfiguration Read(SettingsReader settings)
    {
        var version = ReadVersion(settings);
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

    private static string ReadVersion(SettingsReader settings)
    {
        var wanted = settings.Text("engineVersion");
        var isOffered = Version.TryParse(wanted, out var version) && version.ToString() == wanted && version.Build < 0
            && LeastVersions.Any(least => least.Major == version.Major && version >= least);
        return isOffered
            ? wanted
            : throw settings.Wrong("engineVersion", $"'{wanted}' is none of PostgreSQL's {string.Join(", ", LeastVersions.Select(least => $"{least}"))} or a later minor version of these");
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
