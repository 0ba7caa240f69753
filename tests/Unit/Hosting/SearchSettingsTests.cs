using DomainFlow.Composition;
using DomainFlow.Hosting;
using DomainFlow.Search;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class SearchSettingsTests
{
    private const string Collection = "https://1tg2xudton46knx2a95g.aoss.eu-central-1.on.aws";

    [Fact]
    public void Without_settings_a_domain_is_used_as_it_comes()
    {
        var read = Read()!;
        Assert.Equal((SearchService.Domain, true, VectorEngine.Faiss, 1536, 4, null, ""), Told(read));
        Assert.False(Read(("OPENSEARCH_ENDPOINT", "http://127.0.0.1:9200"))!.IsSigned);
        Assert.Null(Read(("SEARCH_BACKEND", "postgres")));
    }

    [Fact]
    public void A_domains_settings_are_read() => Assert.Equal(
        (SearchService.Domain, true, VectorEngine.Lucene, 512, 3, 0, "second-"),
        Told(Read(
            ("SEARCH_SERVICE", "domain"), ("SEARCH_ENGINE", "lucene"), ("SEARCH_DIMENSIONS", "512"), ("SEARCH_SHARDS", "3"), ("SEARCH_REPLICAS", "0"),
            ("SEARCH_INDEX_PREFIX", "second-"))!));

    [Theory]
    [InlineData(Collection, null, SearchService.Serverless)]
    [InlineData(Collection, "domain", SearchService.Domain)]
    [InlineData("https://search.example.org", "serverless", SearchService.Serverless)]
    [InlineData("https://search-city-abc.eu-central-1.es.amazonaws.com", null, SearchService.Domain)]
    [InlineData("https://search.aoss.example.org", "", SearchService.Domain)]
    public void What_stands_at_the_endpoint_is_told_by_its_name_unless_it_is_said(string endpoint, string? said, SearchService service) =>
        Assert.Equal(service, Read(("OPENSEARCH_ENDPOINT", endpoint), ("SEARCH_SERVICE", said))!.Service);

    [Theory]
    [InlineData("OPENSEARCH_ENDPOINT", "search.example.org", "must be an http or https address")]
    [InlineData("OPENSEARCH_ENDPOINT", "https://1tg2xudton46knx2a95g.eu-central-1.aoss.amazonaws.com", "makes the ids of its documents itself")]
    [InlineData("OPENSEARCH_ENDPOINT", "https://123456789012.aoss.eu-central-1.on.aws", "name the collection's own")]
    [InlineData("SEARCH_SERVICE", "classic", "must be domain or serverless")]
    [InlineData("SEARCH_ENGINE", "nmslib", "must be faiss or lucene")]
    [InlineData("SEARCH_DIMENSIONS", "64", "a whole number from 128 to 4096 is needed")]
    [InlineData("SEARCH_SHARDS", "many", "a whole number from 1 to 1024 is needed")]
    [InlineData("SEARCH_REPLICAS", "-1", "a whole number from 0 to 20 is needed")]
    [InlineData("SEARCH_INDEX_PREFIX", "_second", "must be lower-case letters")]
    public void A_setting_that_cannot_be_is_named(string name, string value, string said)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read((name, value)));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SEARCH_ENGINE", "faiss")]
    [InlineData("SEARCH_SHARDS", "4")]
    [InlineData("SEARCH_REPLICAS", "1")]
    public void A_collection_takes_no_setting_that_it_chooses_itself(string name, string value)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(("OPENSEARCH_ENDPOINT", Collection), (name, value)));
        Assert.StartsWith($"{name} is set, but a Serverless collection chooses that itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PostgreSQL_takes_embeddings_of_its_own_length_only()
    {
        static int Dimensions(string? asked, string backend) => SearchSettings.Dimensions(name => name == "SEARCH_BACKEND" ? backend : asked);
        Assert.Equal((1536, 1536, 512), (Dimensions(null, "postgres"), Dimensions("1536", "postgres"), Dimensions("512", "opensearch")));
        Assert.StartsWith("SEARCH_DIMENSIONS is 512", Assert.Throws<ConfigurationException>(() => Dimensions("512", "postgres")).Message, StringComparison.Ordinal);
    }

    private static OpenSearchOptions? Read(params (string Name, string? Value)[] settings)
    {
        var variables = new Dictionary<string, string?>
        {
            ["SEARCH_BACKEND"] = "opensearch",
            ["OPENSEARCH_ENDPOINT"] = "https://search-city-abc.eu-central-1.es.amazonaws.com",
        };
        foreach (var (name, value) in settings) variables[name] = value;
        return SearchSettings.Read(variables.GetValueOrDefault, TimeProvider.System);
    }

    private static (SearchService, bool, VectorEngine, int, int, int?, string) Told(OpenSearchOptions read) =>
        (read.Service, read.IsSigned, read.Engine, read.Dimensions, read.Shards, read.Replicas, read.IndexPrefix);
}
