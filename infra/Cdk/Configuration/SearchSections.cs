using System.Text.RegularExpressions;

namespace DomainFlow.Cdk.Configuration;

/// <param name="Instances">Data nodes: 1, or an even number over two zones.</param>
/// <param name="Engine">faiss or lucene: the library that keeps the vectors' graph.</param>
/// <param name="Shards">Primary shards of an index that is made.</param>
/// <param name="Replicas">Copies of each shard of an index that is made.</param>
public sealed record SearchDomainConfiguration(
    string InstanceType, int Instances, int VolumeGb, string EngineVersion, string Engine, int Shards, int Replicas, SearchIndexConfiguration Index)
{
    internal static SearchDomainConfiguration Read(SettingsReader settings)
    {
        var instances = settings.Number("instances", 1, 80);
        if (instances > 1 && instances % 2 != 0)
            throw settings.Wrong("instances", "1 or an even number is needed: the nodes stand in two zones");
        var domain = new SearchDomainConfiguration(
            settings.Text("instanceType"),
            instances,
            settings.Number("volumeGb", 10, 16384),
            settings.Text("engineVersion"),
            settings.Choice("engine", "faiss", "lucene"),
            settings.Number("shards", 1, 1024),
            settings.Number("replicas", 0, instances - 1),
            SearchIndexConfiguration.Read(settings));
        settings.RefuseOthers();
        return domain;
    }
}

/// <summary>A collection of OpenSearch Serverless's next generation, made beforehand, with its encryption and network policy.</summary>
/// <param name="Endpoint">https, of the collection itself.</param>
/// <param name="EndpointService">AWS service, by its short name, whose interface endpoint the functions reach the collection through.</param>
public sealed partial record SearchCollectionConfiguration(
    string Name, string Arn, string Endpoint, string EndpointService, SearchIndexConfiguration Index)
{
    internal static SearchCollectionConfiguration Read(SettingsReader settings)
    {
        var collection = new SearchCollectionConfiguration(
            settings.Matching("name", NamePattern(), "a collection's name is needed: 3 to 32 lower-case letters, digits and hyphens"),
            settings.Matching("arn", ArnPattern(), "a collection's ARN is needed: arn:aws:aoss:REGION:ACCOUNT:collection/ID"),
            settings.Matching("endpoint", EndpointPattern(), "the endpoint of a next-generation collection is needed: https://ID.aoss.REGION.on.aws (a classic "
                + "one, at REGION.aoss.amazonaws.com, makes the ids of its documents itself)"),
            settings.Text("endpointService"),
            SearchIndexConfiguration.Read(settings));
        settings.RefuseOthers();
        return collection;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{2,31}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^arn:aws[a-z-]*:aoss:[a-z0-9-]+:[0-9]{12}:collection/[a-z0-9]+$")]
    private static partial Regex ArnPattern();

    [GeneratedRegex(@"^https://(?![0-9]{12}\.)[a-z0-9]+\.aoss(-fips)?\.[a-z0-9-]+\.on\.aws$")]
    private static partial Regex EndpointPattern();
}

/// <param name="Dimensions">Length of every embedding: an index of others is refused, and this one made anew under another prefix.</param>
/// <param name="Prefix">Stands before the indexes' names; null for none.</param>
public sealed partial record SearchIndexConfiguration(int Dimensions, string? Prefix)
{
    internal static SearchIndexConfiguration Read(SettingsReader settings) => new(
        settings.Number("dimensions", 128, 4096),
        settings.Has("indexPrefix")
            ? settings.Matching("indexPrefix", PrefixPattern(), "lower-case letters, digits and hyphens are needed, at most 40, with a letter first")
            : null);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex PrefixPattern();
}
