using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>A question with what was read from it before the model was asked.</summary>
/// <param name="Topic">Words besides the filters, in lower case.</param>
/// <param name="TopicQuery">The same as a query of words.</param>
/// <param name="Before">The earlier question that this one goes on from, where it has no question word of its own.</param>
/// <param name="Order">oldest or latest where that one report is meant.</param>
internal sealed record Asked(string Text, JsonObject Filters, IReadOnlyList<string> Topic, string TopicQuery, string? Order, string? Before, string TimeZone, string DomainLanguage)
{
    private AskedTerms? terms;

    /// <summary>ISO 639-1 code of the language that it was asked in.</summary>
    public string Language { get; } = FunctionWords.LanguageOf(Words.Of(Before ?? Text), DomainLanguage);

    /// <summary>Its words, weighed by what was retrieved.</summary>
    public AskedTerms Terms => terms ??= new AskedTerms($"{Text} {string.Join(' ', Topic)}", Topic, Language);

    /// <summary>The text whose question words hold.</summary>
    public string Form => Before ?? Text;

    public AnswerKind Kind => AnswerKinds.Of(Form, Language);

    public bool HasFilter => Filters.Count > 0;

    public string? Category => JsonText.String(Filters["category"]);

    /// <summary>Whether its category and place were read from words that may have meant something else.</summary>
    public bool HasGuess => Filters.ContainsKey("category") || Filters.ContainsKey("place") || Filters.ContainsKey("street");

    public Dictionary<string, object?> Arguments() => Filters.ToDictionary(pair => pair.Key, pair => (object?)JsonText.String(pair.Value));

    public static Asked Read(IReadOnlyDictionary<string, string> blocks)
    {
        var context = ReportData.Parse(blocks, DataBlock.Context);
        return new Asked(
            blocks[DataBlock.Question],
            context["filters_in_question"] as JsonObject ?? [],
            [.. (context["topic_words"] as JsonArray ?? []).Select(JsonText.String).OfType<string>()],
            JsonText.String(context["topic_query"]) ?? "",
            JsonText.String(context["order"]),
            JsonText.String(context["asked_as"]),
            JsonText.String(context["time_zone"]) ?? "UTC",
            JsonText.String(context["language"]) ?? FunctionWords.English);
    }
}
