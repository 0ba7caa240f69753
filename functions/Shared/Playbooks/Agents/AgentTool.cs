using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks.Agents;

/// <summary>Something that an agent may call.</summary>
/// <param name="Name">As agent definitions list it.</param>
/// <param name="Description">What a model is told.</param>
/// <param name="Parameters">JSON schema of the arguments: an object.</param>
/// <param name="Call">Does it. What a model may not choose, the tenant above all, is bound in here.</param>
public sealed record AgentTool(
    string Name, string Description, JsonObject Parameters, Func<JsonObject, CancellationToken, Task<JsonNode>> Call)
{
    internal AIFunctionDeclaration Declaration() => new Declared(this);

    private sealed class Declared(AgentTool tool) : AIFunctionDeclaration
    {
        private readonly JsonElement schema = JsonText.Element(tool.Parameters);

        public override string Name => tool.Name;

        public override string Description => tool.Description;

        public override JsonElement JsonSchema => schema;
    }
}
