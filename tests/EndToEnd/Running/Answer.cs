using System.Text.Json.Nodes;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <param name="Text">The body as it came.</param>
public sealed record Answer(int Status, string Text, string? ContentType)
{
    public JsonObject Json => Text.Length == 0 ? [] : JsonNode.Parse(Text)!.AsObject();

    /// <summary>The field that a problem document names.</summary>
    public string? Field => (string?)Json["errors"]?[0]?["field"];
}
