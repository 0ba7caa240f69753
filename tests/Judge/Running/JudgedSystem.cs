using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;

namespace DomainFlow.Judge.Tests.Running;

/// <summary>What is deployed to do what the run does: with an OpenSearch domain.</summary>
internal static class JudgedSystem
{
    public static SynthesisedSystem Synthesise() => new("dev", settings =>
    {
        settings["search"] = "opensearch";
        settings["searchDomain"] = new JsonObject
        {
            ["instanceType"] = "t3.small.search",
            ["instances"] = 1,
            ["volumeGb"] = 10,
            ["engineVersion"] = "OpenSearch_2.19",
        };
    });
}
