using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Templates;

namespace DomainFlow.Playbooks.Tests.Support;

internal static class Make
{
    public static readonly Guid Tenant = new("11111111-2222-3333-4444-555555555555");

    public static AgentDefinition Agent(string id, params string[] tools) => new(
        id, id, AgentClass.Ingestion, "Find the number.", tools, [], Json("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"""), id);

    public static JsonObject Json(string json) => (JsonObject)JsonNode.Parse(json)!;

    public static Dictionary<string, AgentDefinition> ById(IEnumerable<AgentDefinition> agents) => agents.ToDictionary(agent => agent.AgentId);

    public static DomainConfiguration Civic(params Place[] places) =>
        DomainTemplates.Find("civic-complaints")!.ToDomain(Tenant, places, timeZone: "America/New_York");

    public static Place Street(string name, double longitude = -72.92, double latitude = 41.31, params string[] aliases) =>
        new(name, "street", aliases, longitude, latitude, 400);
}
