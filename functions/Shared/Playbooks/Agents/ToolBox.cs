using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DomainFlow.Playbooks.Agents;

/// <summary>The tools of one run. A call with the same name and arguments is made once, whichever agents ask.</summary>
public sealed class ToolBox(IEnumerable<AgentTool> tools)
{
    private readonly Dictionary<string, AgentTool> tools = tools.ToDictionary(tool => tool.Name);
    private readonly ConcurrentDictionary<string, Lazy<Task<JsonNode>>> results = new();

    public static ToolBox Empty { get; } = new([]);

    /// <summary>The tools of this run that an agent lists.</summary>
    public IReadOnlyList<AgentTool> Offered(IReadOnlyList<string> listed) => [.. listed.Distinct().Where(tools.ContainsKey).Select(name => tools[name])];

    internal Task<JsonNode> CallAsync(AgentTool tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        var key = $"{tool.Name} {JsonText.Canonical(arguments)}";
        return results.GetOrAdd(key, _ => new Lazy<Task<JsonNode>>(() => tool.Call(arguments, cancellationToken))).Value;
    }
}
