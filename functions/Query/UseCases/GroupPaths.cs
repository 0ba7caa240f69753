using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Postgres;

namespace DomainFlow.Query.UseCases;

/// <summary>What reports may be grouped by: their own fields, and the single values that the domains' ingestion agents put out.</summary>
public static class GroupPaths
{
    /// <summary>By the name that a caller uses, the path that is counted by.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IEnumerable<DomainSetup> domains)
    {
        var paths = new Dictionary<string, IReadOnlyList<string>>
        {
            ["domain_id"] = ["domain_id"],
            ["status"] = ["status"],
            ["work_status"] = ["work_status"],
            ["management_data.status"] = ["work_status"],
            ["category"] = ["entity", "category"],
        };
        foreach (var domain in domains)
        {
            var nodes = domain.Configuration.Ingestion.Nodes;
            foreach (var agent in domain.Agents.Where(a => a.Class == AgentClass.Ingestion && nodes.Contains(a.AgentId)))
            {
                Add(paths, [agent.AgentId], agent.OutputSchema);
            }
        }

        return paths;
    }

    private static void Add(Dictionary<string, IReadOnlyList<string>> paths, IReadOnlyList<string> path, JsonNode? schema)
    {
        if (schema?["properties"] is JsonObject properties)
        {
            foreach (var (name, property) in properties)
            {
                Add(paths, [.. path, name], property);
            }
        }
        else if (path.Count > 1 && IsSingleValue(schema?["type"]))
        {
            paths.TryAdd(string.Join('.', path), path);
        }
    }

    private static bool IsSingleValue(JsonNode? type) => type switch
    {
        JsonArray several => several.All(IsSingleValue),
        JsonValue one => one.TryGetValue<string>(out var name) && name is "string" or "number" or "integer" or "boolean" or "null",
        _ => false,
    };
}
