using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Playbooks;

public enum AgentClass
{
    Ingestion,
    Query,
    Management,
}

/// <summary>A row of agent_definitions: what a language model is told and what it must give back.</summary>
/// <param name="Tools">Names of the tools it may call.</param>
/// <param name="Dependencies">Agents whose outputs it needs; an edge must cover each.</param>
/// <param name="OutputSchema">JSON schema of an object with at most <see cref="MaxOutputKeys"/> properties.</param>
public sealed record AgentDefinition(
    string AgentId,
    string Name,
    AgentClass Class,
    string SystemPrompt,
    IReadOnlyList<string> Tools,
    IReadOnlyList<string> Dependencies,
    JsonObject OutputSchema,
    string Description,
    bool Enabled = true,
    bool IsInbuilt = false,
    int Version = 1)
{
    public const int MaxOutputKeys = 5;
}
