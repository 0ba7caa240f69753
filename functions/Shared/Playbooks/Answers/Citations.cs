using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Playbooks.Answers;

internal static class Citations
{
    /// <summary>The ids that a query agent's output cites, without repeats.</summary>
    public static IReadOnlyList<string> Of(JsonObject output) =>
        output["sources"] is JsonArray ids ? [.. ids.Select(JsonText.String).OfType<string>().Distinct()] : [];
}
