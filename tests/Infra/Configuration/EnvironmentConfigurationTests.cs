using System.Text.Json.Nodes;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Infra.Tests.Synthesis;

namespace DomainFlow.Infra.Tests.Configuration;

public class EnvironmentConfigurationTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void The_environments_of_cdk_json_are_valid(string environment) =>
        Assert.Equal(environment, EnvironmentConfiguration.Read(Repository.Context()["environments"], environment).Name);

    [Theory]
    [InlineData("prefix", "\"Upper\"", "environments.prod.prefix")]
    [InlineData("prefix", null, "environments.prod.prefix")]
    [InlineData("account", "\"12\"", "environments.prod.account")]
    [InlineData("logRetentionDays", "31", "environments.prod.logRetentionDays")]
    [InlineData("logRetentionDays", "\"30\"", "environments.prod.logRetentionDays")]
    [InlineData("retainData", "\"yes\"", "environments.prod.retainData")]
    [InlineData("search", "\"lucene\"", "environments.prod.search")]
    [InlineData("searchDomain", null, "environments.prod.searchDomain")]
    [InlineData("search", "\"serverless\"", "environments.prod.searchCollection")]
    [InlineData("searchDomain.instances", "3", "environments.prod.searchDomain.instances")]
    [InlineData("searchDomain.engine", "\"nmslib\"", "environments.prod.searchDomain.engine")]
    [InlineData("searchDomain.dimensions", "64", "environments.prod.searchDomain.dimensions")]
    [InlineData("searchDomain.shards", null, "environments.prod.searchDomain.shards")]
    [InlineData("searchDomain.replicas", "2", "environments.prod.searchDomain.replicas")]
    [InlineData("searchDomain.indexPrefix", "\"_new\"", "environments.prod.searchDomain.indexPrefix")]
    [InlineData("database", null, "environments.prod.database")]
    [InlineData("database.engineVersion", "\"15.4\"", "environments.prod.database.engineVersion")]
    [InlineData("database.engineVersion", "\"16.8\"", "environments.prod.database.engineVersion")]
    [InlineData("database.engineVersion", "\"17.1\"", "environments.prod.database.engineVersion")]
    [InlineData("database.engineVersion", "\"18\"", "environments.prod.database.engineVersion")]
    [InlineData("database.engineVersion", "\"18.3.1\"", "environments.prod.database.engineVersion")]
    [InlineData("database.engineVersion", "\"19.1\"", "environments.prod.database.engineVersion")]
    [InlineData("database.engineVersion", "\"16.13 \"", "environments.prod.database.engineVersion")]
    [InlineData("database.maxStorageGb", "30", "environments.prod.database.maxStorageGb")]
    [InlineData("database.parameters", """{"rds.force_ssl":"0"}""", "environments.prod.database.parameters")]
    [InlineData("network.endpoints", """["sqs"]""", "environments.prod.network.endpoints")]
    [InlineData("model.provider", "\"openai\"", "environments.prod.model.provider")]
    [InlineData("model.provider", "\"bedrock\"", "environments.prod.model.provider")]
    [InlineData("model.provider", "\"Offline\"", "environments.prod.model.provider")]
    [InlineData("model.ids", "[\"amazon.titan-embed-text-v2:0\"]", "environments.prod.model.ids")]
    [InlineData("api.domainName", "\"api.example.org\"", "environments.prod.api.certificateArn")]
    [InlineData("api.requestsPerMinuteUser", "0", "environments.prod.api.requestsPerMinuteUser")]
    [InlineData("api.requestsPerMinuteTenant", null, "environments.prod.api.requestsPerMinuteTenant")]
    [InlineData("cache.nodeType", "\"t3.micro\"", "environments.prod.cache.nodeType")]
    [InlineData("cache.replicas", "6", "environments.prod.cache.replicas")]
    [InlineData("cache.engineVersion", "\"6.2\"", "environments.prod.cache.engineVersion")]
    [InlineData("cache.engineVersion", "\"8.0.1\"", "environments.prod.cache.engineVersion")]
    [InlineData("cache.engineVersion", "\"eight\"", "environments.prod.cache.engineVersion")]
    [InlineData("cache.shards", "2", "environments.prod.cache.shards")]
    [InlineData("queues.concurrency", "1", "environments.prod.queues.concurrency")]
    [InlineData("database.stoargeGb", "20", "environments.prod.database.stoargeGb")]
    [InlineData("alarmEmial", "\"duty@example.org\"", "environments.prod.alarmEmial")]
    public void An_error_names_the_key(string path, string? json, string key)
    {
        var environments = Repository.Context()["environments"]!.AsObject();
        var steps = path.Split('.');
        var section = steps[..^1].Aggregate((JsonNode)environments["prod"]!, (node, step) => node[step]!).AsObject();
        section.Remove(steps[^1]);
        if (json is not null)
            section[steps[^1]] = JsonNode.Parse(json);
        var error = Assert.Throws<ConfigurationException>(() => EnvironmentConfiguration.Read(environments, "prod"));
        Assert.StartsWith(key + ":", error.Message);
    }

    [Theory]
    [InlineData("endpoint", "https://1tg2xudton46knx2a95g.eu-central-1.aoss.amazonaws.com", "makes the ids of its documents itself")]
    [InlineData("endpoint", "https://123456789012.aoss.eu-central-1.on.aws", "the endpoint of a next-generation collection is needed")]
    [InlineData("arn", "arn:aws:es:eu-central-1:123456789012:domain/city", "a collection's ARN is needed")]
    [InlineData("name", "City", "a collection's name is needed")]
    public void A_collection_that_cannot_serve_is_refused(string key, string value, string said)
    {
        var environments = Repository.Context()["environments"]!.AsObject();
        environments["dev"]!["search"] = "serverless";
        environments["dev"]!["searchCollection"] = new JsonObject
        {
            ["name"] = "city-search",
            ["arn"] = "arn:aws:aoss:eu-central-1:123456789012:collection/1tg2xudton46knx2a95g",
            ["endpoint"] = "https://1tg2xudton46knx2a95g.aoss.eu-central-1.on.aws",
            ["endpointService"] = "a-service",
            ["dimensions"] = 1536,
        };
        Assert.Equal("city-search", EnvironmentConfiguration.Read(environments, "dev").SearchCollection!.Name);
        environments["dev"]!["searchCollection"]![key] = value;
        var error = Assert.Throws<ConfigurationException>(() => EnvironmentConfiguration.Read(environments, "dev"));
        Assert.StartsWith($"environments.dev.searchCollection.{key}:", error.Message);
        Assert.Contains(said, error.Message);
    }

    [Theory]
    [InlineData("16.13", "16")]
    [InlineData("16.20", "16")]
    [InlineData("17.9", "17")]
    [InlineData("18.3", "18")]
    public void A_version_of_PostgreSQL_that_RDS_offers_is_taken(string version, string major)
    {
        var environments = Repository.Context()["environments"]!.AsObject();
        environments["prod"]!["database"]!["engineVersion"] = version;
        Assert.Equal(major, EnvironmentConfiguration.Read(environments, "prod").Database.EngineMajor);
    }

    [Fact]
    public void A_provider_that_the_functions_would_refuse_is_told_so()
    {
        var environments = Repository.Context()["environments"]!.AsObject();
        environments["dev"]!["model"]!["provider"] = "bedrock";
        var error = Assert.Throws<ConfigurationException>(() => EnvironmentConfiguration.Read(environments, "dev"));
        Assert.Equal("environments.dev.model.provider: 'bedrock' is not there: this release has the provider offline only", error.Message);
    }

    [Fact]
    public void An_unknown_environment_is_told_which_there_are()
    {
        var error = Assert.Throws<ConfigurationException>(() => EnvironmentConfiguration.Read(Repository.Context()["environments"], "test"));
        Assert.Contains("dev, prod", error.Message);
    }
}
