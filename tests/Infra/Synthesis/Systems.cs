using System.Text.Json.Nodes;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>The environments of cdk.json and one with numbers that are nobody's default; each is synthesised once for all tests.</summary>
public sealed class Systems : IDisposable
{
    private readonly Lazy<SynthesisedSystem> dev = new(() => new SynthesisedSystem("dev"));
    private readonly Lazy<SynthesisedSystem> prod = new(() => new SynthesisedSystem("prod", published: true));
    private readonly Lazy<SynthesisedSystem> unusual = new(() => new SynthesisedSystem("dev", MakeUnusual, published: true));

    private readonly Lazy<SynthesisedSystem> serverless = new(() => new SynthesisedSystem("dev", MakeServerless, published: true));

    public SynthesisedSystem Dev => dev.Value;

    public SynthesisedSystem Prod => prod.Value;

    public SynthesisedSystem Unusual => unusual.Value;

    /// <summary>Searches in a collection.</summary>
    public SynthesisedSystem Serverless => serverless.Value;

    public SynthesisedSystem this[string name] => name switch { "dev" => Dev, "prod" => Prod, "serverless" => Serverless, _ => Unusual };

    public void Dispose()
    {
        foreach (var system in new[] { dev, prod, unusual, serverless }.Where(system => system.IsValueCreated))
            system.Value.Dispose();
    }

    private static void MakeServerless(JsonObject settings)
    {
        settings["database"]!["engineVersion"] = "17.9";
        settings["search"] = "serverless";
        settings["searchCollection"] = new JsonObject
        {
            ["name"] = "city-search",
            ["arn"] = "arn:aws:aoss:eu-central-1:123456789012:collection/1tg2xudton46knx2a95g",
            ["endpoint"] = "https://1tg2xudton46knx2a95g.aoss.eu-central-1.on.aws",
            ["endpointService"] = "a-service",
            ["dimensions"] = 512,
            ["indexPrefix"] = "third-",
        };
    }

    private static void MakeUnusual(JsonObject settings)
    {
        settings["account"] = "123456789012";
        settings["region"] = "eu-central-1";
        settings["prefix"] = "ai-assistant";
        settings["bucketSuffix"] = "-dev";
        settings["logRetentionDays"] = 731;
        settings["tracing"] = true;
        settings["metricsNamespace"] = "AI-Assistant/DataQuality";
        settings["alarmEmail"] = "duty@example.org";
        settings["search"] = "opensearch";
        settings["searchDomain"] = new JsonObject
        {
            ["instanceType"] = "t3.small.search",
            ["instances"] = 1,
            ["volumeGb"] = 11,
            ["engineVersion"] = "OpenSearch_2.19",
            ["engine"] = "lucene",
            ["dimensions"] = 1024,
            ["shards"] = 3,
            ["replicas"] = 0,
            ["indexPrefix"] = "second-",
        };
        settings["cache"] = new JsonObject { ["nodeType"] = "cache.t4g.small", ["replicas"] = 0, ["engineVersion"] = "7.2" };
        settings["keepReplacedObjectsDays"] = 17;
        settings["queues"] = new JsonObject { ["concurrency"] = 3, ["pipeRetries"] = 7 };
        settings["api"] = new JsonObject
        {
            ["requestsPerSecond"] = 41,
            ["burst"] = 43,
            ["requestsPerMinuteUser"] = 47,
            ["requestsPerMinuteTenant"] = 53,
            ["accountLogging"] = false,
            ["allowedOrigins"] = new JsonArray("https://app.example.org", "http://localhost:*"),
            ["domainName"] = "api.example.org",
            ["certificateArn"] = "arn:aws:acm:eu-central-1:123456789012:certificate/0b5d3a1e-6f6e-4f0c-9a53-2f1d3c5b7a90",
        };
        settings["database"]!["engineVersion"] = "18.3";
        settings["database"]!["backupDays"] = 13;
        settings["database"]!["storageGb"] = 23;
        settings["network"]!["zones"] = 3;
        settings["multiFactor"] = "off";
    }
}

[CollectionDefinition(Name)]
public sealed class SystemsCollection : ICollectionFixture<Systems>
{
    public const string Name = "Synthesised systems";
}
