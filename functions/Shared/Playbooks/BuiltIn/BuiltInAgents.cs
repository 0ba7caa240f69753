using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.BuiltIn;

/// <summary>The agents that come with the product: owned by no tenant, readable by all.</summary>
public static class BuiltInAgents
{
    public static IReadOnlyList<AgentDefinition> All { get; } = [.. IngestionAgents.All, .. QueryAgents.All, .. ManagementAgents.All];

    public static IReadOnlyDictionary<string, AgentDefinition> ById { get; } = All.ToDictionary(agent => agent.AgentId);

    internal static JsonObject Schema(string json) => (JsonObject)JsonNode.Parse(json)!;
}
