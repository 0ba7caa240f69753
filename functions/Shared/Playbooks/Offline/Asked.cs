using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Playbooks.Offline;

/// <summary>A question with what was read from it before the model was asked.</summary>
/// <param name="Topic">Words besides the filters, in lower case.</param>
internal sealed record Asked(string Text, JsonObject Filters, IReadOnlyList<string> Topic, string TimeZone)
{
    /// <summary>What a report must hold to bear on it.</summary>
    public AskedWords Words { get; } = AskedWords.Of(Text, Topic, 0.8);

    /// <summary>What the sentence that answers holds: its report may have said before what place it speaks of.</summary>
    public AskedWords Focus { get; } = AskedWords.Of(Text, Topic, 0.3);

    public bool HasFilter => Filters.Count > 0;

    public string? Category => JsonText.String(Filters["category"]);

    /// <summary>Whether its category and place were read from words that may have meant something else.</summary>
    public bool HasGuess => Filters.ContainsKey("category") || Filters.ContainsKey("place");

    public Dictionary<string, object?> Arguments() => Filters.ToDictionary(pair => pair.Key, pair => (object?)JsonText.String(pair.Value));

    public static Asked Read(IReadOnlyDictionary<string, string> blocks)
    {
        var context = ReportData.Parse(blocks, DataBlock.Context);
        return new Asked(
            blocks[DataBlock.Question],
            context["filters_in_question"] as JsonObject ?? [],
            [.. (context["topic_words"] as JsonArray ?? []).Select(JsonText.String).OfType<string>()],
            JsonText.String(context["time_zone"]) ?? "UTC");
    }
}
