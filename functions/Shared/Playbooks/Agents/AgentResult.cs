using System.Text.Json.Nodes;

namespace DomainFlow.Playbooks.Agents;

/// <summary>What one agent gave.</summary>
public abstract record AgentResult
{
    private AgentResult()
    {
    }

    /// <param name="Output">Matches the agent's schema.</param>
    /// <param name="Sources">Where values came from, as far as the text bears it out.</param>
    public sealed record Succeeded(JsonObject Output, IReadOnlyList<ValueSource> Sources, AgentUsage Usage) : AgentResult;

    /// <param name="Reason">A sentence for the execution log.</param>
    public sealed record Failed(string Reason, AgentUsage Usage) : AgentResult;
}

/// <summary>Tokens that a model read and wrote.</summary>
public sealed record AgentUsage(long TokensIn, long TokensOut)
{
    public static AgentUsage None { get; } = new(0, 0);

    public static AgentUsage operator +(AgentUsage left, AgentUsage right) =>
        new(left.TokensIn + right.TokensIn, left.TokensOut + right.TokensOut);
}

/// <summary>Where an extracted value came from: a span of the report's text, or a photo.</summary>
/// <param name="Key">Key of the output.</param>
/// <param name="Start">First character in the text; null for a photo.</param>
/// <param name="Length">Characters; null for a photo.</param>
/// <param name="Photo">Number of the photo, from 1; null for the text.</param>
public sealed record ValueSource(string Key, int? Start, int? Length, int? Photo);

/// <summary>A model is throttled, times out or cannot be reached: worth another try later. Adapters throw it in place of their SDK's own.</summary>
public sealed class ModelUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
