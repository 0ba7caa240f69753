using System.Text.Json.Nodes;

namespace DomainFlow.Playbooks.Offline;

/// <summary>A value found for one key of a schema.</summary>
/// <param name="Confidence">Null where the value says nothing about how sure the whole is.</param>
/// <param name="Words">The words of the text that it was read from.</param>
/// <param name="Start">Where they stand.</param>
internal sealed record Extracted(JsonNode? Value, double? Confidence = null, string? Words = null, int? Start = null, int? Photo = null)
{
    public static Extracted Nothing { get; } = new((JsonNode?)null);
}
