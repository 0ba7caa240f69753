using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;

namespace DomainFlow.Judge.Tests.Running;

/// <summary>
/// What is deployed to do what the run does: with an OpenSearch domain. Synthesised once, and by one test at a time: the CDK's other half,
/// a process of Node, takes one caller only.
/// </summary>
public sealed class JudgedSystem : IDisposable
{
    private readonly Lazy<SynthesisedSystem> synthesised = new(() => new("dev", settings =>
    {
        settings["search"] = "opensearch";
        settings["searchDomain"] = new JsonObject
        {
            ["instanceType"] = "t3.small.search",
            ["instances"] = 1,
            ["volumeGb"] = 10,
            ["engineVersion"] = "OpenSearch_2.19",
            ["engine"] = "faiss",
            ["dimensions"] = 1536,
            ["shards"] = 1,
            ["replicas"] = 0,
        };
    }));

    /// <summary>Templates that a test may change.</summary>
    public SynthesisedSystem Templates() => synthesised.Value.Copy();

    public void Dispose()
    {
        if (synthesised.IsValueCreated) synthesised.Value.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class JudgedCollection : ICollectionFixture<JudgedSystem>
{
    public const string Name = "the judged system";
}
