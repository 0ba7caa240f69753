using System.Text.Json.Nodes;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>What DbInit is invoked with.</summary>
internal static class Payloads
{
    public static JsonObject Tenant(Guid tenant)
    {
        var city = JsonNode.Parse(File.ReadAllText(Path.Combine(RunningSystem.Root, "samples", RunningSystem.Domain, "city.json")))!;
        return new()
        {
            ["tenant"] = new JsonObject
            {
                ["id"] = tenant.ToString(),
                ["name"] = "Test city " + tenant.ToString()[..8],
                ["domains"] = new JsonArray(new JsonObject
                {
                    ["domain_id"] = RunningSystem.Domain,
                    ["template"] = RunningSystem.Domain,
                    ["time_zone"] = city["time_zone"]!.DeepClone(),
                    ["places"] = city["places"]!.DeepClone(),
                }),
            },
        };
    }
}
