using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DomainFlow.Cdk.Configuration;

/// <summary>Everything that differs from one environment to the next: one entry of cdk.json's context <c>environments</c>.</summary>
/// <param name="Prefix">First part of every physical name.</param>
/// <param name="BucketSuffix">Last part of every bucket's name; {account} and {region} are filled in.</param>
/// <param name="RetainData">What holds data outlives its stack and is protected from deletion.</param>
/// <param name="Account">Twelve digits, or null for whatever account deploys.</param>
/// <param name="SearchDomain">The OpenSearch domain that is made; null where another searches.</param>
/// <param name="SearchCollection">The Serverless collection that is used; null where another searches.</param>
/// <param name="Cache">The cache that all processes share; null: each has its own.</param>
/// <param name="AlarmEmail">Who is told of alarms; null for no one.</param>
public sealed partial record EnvironmentConfiguration(
    string Name,
    string Prefix,
    string BucketSuffix,
    bool RetainData,
    int LogRetentionDays,
    bool Tracing,
    string MetricsNamespace,
    ModelConfiguration Model,
    NetworkConfiguration Network,
    DatabaseConfiguration Database,
    SearchDomainConfiguration? SearchDomain,
    SearchCollectionConfiguration? SearchCollection,
    CacheConfiguration? Cache,
    ApiConfiguration Api,
    QueueConfiguration Queues,
    int KeepReplacedObjectsDays,
    string MultiFactor,
    IReadOnlyDictionary<string, string> Tags,
    string? Account,
    string? Region,
    string? AlarmEmail)
{
    private static readonly int[] RetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <summary>postgres or opensearch.</summary>
    public string Search => SearchDomain is null && SearchCollection is null ? "postgres" : "opensearch";

    /// <summary>How OpenSearch's indexes are made; null where PostgreSQL searches.</summary>
    public SearchIndexConfiguration? SearchIndex => SearchDomain?.Index ?? SearchCollection?.Index;

    /// <summary>The environment <paramref name="name"/> of <paramref name="environments"/>.</summary>
    /// <exception cref="ConfigurationException">A key is missing, unknown or has a value that cannot be.</exception>
    public static EnvironmentConfiguration Read(JsonNode? environments, string name)
    {
        var all = environments as JsonObject ?? throw new ConfigurationException("environments: cdk.json's context needs this object");
        if (all[name] is null)
            throw new ConfigurationException($"environments.{name}: there is no such environment; there are {string.Join(", ", all.Select(e => e.Key))}");
        var settings = SettingsReader.Of(all[name], $"environments.{name}");
        var configuration = Read(settings, name);
        settings.RefuseOthers();
        return configuration;
    }

    private static EnvironmentConfiguration Read(SettingsReader settings, string name) => new(
        name,
        settings.Matching("prefix", PrefixPattern(), "lower-case letters, digits and hyphens are needed, at most 30"),
        settings.OptionalText("bucketSuffix") ?? "",
        settings.Flag("retainData"),
        Retention(settings),
        settings.Flag("tracing"),
        settings.Text("metricsNamespace"),
        ModelConfiguration.Read(settings.Section("model")),
        NetworkConfiguration.Read(settings.Section("network")),
        DatabaseConfiguration.Read(settings.Section("database")),
        ReadDomain(settings),
        ReadCollection(settings),
        settings.Has("cache") ? CacheConfiguration.Read(settings.Section("cache")) : null,
        ApiConfiguration.Read(settings.Section("api")),
        QueueConfiguration.Read(settings.Section("queues")),
        settings.Number("keepReplacedObjectsDays", 1, 3650),
        settings.Choice("multiFactor", "off", "optional", "required"),
        settings.Pairs("tags"),
        settings.Has("account") ? settings.Matching("account", AccountPattern(), "twelve digits are needed") : null,
        settings.OptionalText("region"),
        settings.OptionalText("alarmEmail"));

    private static SearchDomainConfiguration? ReadDomain(SettingsReader settings)
    {
        var domain = settings.Has("searchDomain") ? SearchDomainConfiguration.Read(settings.Section("searchDomain")) : null;
        if (SearchKind(settings) != "opensearch")
            return null;
        return domain ?? throw settings.Wrong("searchDomain", "search is opensearch, so this object is needed");
    }

    private static SearchCollectionConfiguration? ReadCollection(SettingsReader settings)
    {
        var collection = settings.Has("searchCollection") ? SearchCollectionConfiguration.Read(settings.Section("searchCollection")) : null;
        if (SearchKind(settings) != "serverless")
            return null;
        return collection ?? throw settings.Wrong("searchCollection", "search is serverless, so this object is needed");
    }

    private static string SearchKind(SettingsReader settings) => settings.Choice("search", "postgres", "opensearch", "serverless");

    private static int Retention(SettingsReader settings)
    {
        var days = settings.Number("logRetentionDays", 1, 3653);
        return RetentionDays.Contains(days)
            ? days
            : throw settings.Wrong("logRetentionDays", $"CloudWatch keeps logs for {string.Join(", ", RetentionDays)} days");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,28}[a-z0-9]$")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex AccountPattern();
}
