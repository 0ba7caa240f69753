using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Offline;

/// <summary>What a report is about: category, urgency, tone, phrases, entities.</summary>
/// <param name="times">All times of the text.</param>
internal sealed class SubjectExtraction(ReportData data, IReadOnlyList<TimeMention> times)
{
    private const string Other = "other";

    /// <summary>As the agent's schema bounds it.</summary>
    private const int MaxEntityLength = 200;

    private readonly JsonObject? learned = data.Items("candidate_categories").FirstOrDefault();
    private readonly Lazy<IReadOnlyList<CategoryWords.Vote>> votes = new(data.Votes);

    public Extracted Category()
    {
        if (learned is not null)
            return new Extracted(JsonText.String(learned["id"]), JsonText.Number(learned["score"]));
        var votes = this.votes.Value;
        if (votes.Count == 0)
            return data.Categories.Any(category => category.Id == Other) ? new Extracted(Other, 0.2) : new Extracted(null, 0.1);
        var best = votes[0];
        // Sure where one category was heard clearly and the others hardly.
        var confidence = Math.Clamp(0.25 + (0.5 * best.Share) + (0.2 * Math.Min(1, best.Score / 3)), 0.2, 0.95);
        return new Extracted(best.Category.Id, confidence);
    }

    public Extracted Urgency(JsonArray allowed)
    {
        var usual = Likeliest()?.DefaultUrgency ?? "medium";
        // Words raise what is usual for the category; only words that say so lower it.
        var said = UrgencyWords.Level(data.All);
        var level = said is null || (said == "high" && usual == "critical") || (said == "medium" && usual is "high" or "critical") ? usual : said;
        return new Extracted(allowed.Any(value => JsonText.String(value) == level) ? level : JsonText.String(allowed[0]));
    }

    public Extracted Sentiment(JsonArray allowed)
    {
        var tone = SentimentWords.Tone(data.All);
        return new Extracted(allowed.Any(value => JsonText.String(value) == tone) ? tone : null);
    }

    public Extracted KeyPhrases(JsonObject schema) =>
        new(JsonText.Array(Language.KeyPhrases.Of(data.All, (int)(JsonText.Number(schema["maxItems"]) ?? 8))));

    public Extracted Entities() => new(new JsonArray([.. Language.Entities.Of(data.All, times, Places(), data.Language, data.EventWords)
        .Where(entity => entity.Text.Length <= MaxEntityLength).Take(20)
        .Select(entity => (JsonNode)new JsonObject { ["text"] = entity.Text, ["type"] = entity.Type })]));

    private Category? Likeliest() => learned is not null
        ? data.Categories.FirstOrDefault(category => category.Id == JsonText.String(learned["id"]))
        : votes.Value.Select(vote => vote.Category).Concat(data.Categories.Where(category => category.Id == Other)).FirstOrDefault();

    private IEnumerable<string> Places() =>
        data.Items("candidate_places").Concat(data.Items("candidate_places_of_answer")).Select(place => JsonText.String(place["text"])).OfType<string>();
}
