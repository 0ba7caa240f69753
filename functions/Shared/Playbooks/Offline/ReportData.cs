using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Offline;

/// <summary>What the data blocks of a prompt hold.</summary>
/// <param name="Context">The context block; empty where there is none.</param>
/// <param name="Outputs">Parents' outputs by agent id.</param>
internal sealed record ReportData(string Text, string? Answer, JsonObject Context, JsonObject Outputs)
{
    /// <summary>The text, and what the reporter answered after it.</summary>
    public string All => Answer is null ? Text : $"{Text}\n{Answer}";

    public DateTimeOffset? ReportedAt => JsonText.String(Context["reported_at"]) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The times that the text and the answer speak of; none where the report's own time is not known.</summary>
    public IReadOnlyList<TimeMention> Times(CancellationToken cancellationToken) =>
        ReportedAt is { } reportedAt ? TimeExpressions.Find(All, reportedAt, TimeZone, Language, cancellationToken) : [];

    public string TimeZone => JsonText.String(Context["time_zone"]) ?? "UTC";

    /// <summary>ISO 639-1 code.</summary>
    public string? Language => JsonText.String(Context["language"]);

    /// <summary>Single words that the domain's categories are known by, folded: what happens, and so not where.</summary>
    public IReadOnlySet<string> EventWords => field ??= Categories.SelectMany(category => category.Words.Append(category.Name)).Select(Words.Of)
        .Where(words => words.Count == 1).Select(words => words[0].Lower).ToHashSet();

    public IReadOnlyList<Category> Categories =>
    [
        .. Items("categories").Select(item => new Category(
            JsonText.String(item["id"]) ?? "",
            JsonText.String(item["name"]) ?? "",
            [.. (item["words"] as JsonArray ?? []).Select(JsonText.String).OfType<string>()],
            JsonText.String(item["default_urgency"]) ?? "medium")),
    ];

    public IEnumerable<JsonObject> Items(string key) => (Context[key] as JsonArray ?? []).OfType<JsonObject>();

    public static ReportData Read(IReadOnlyDictionary<string, string> blocks) => new(
        blocks.GetValueOrDefault(DataBlock.Text) ?? "",
        blocks.GetValueOrDefault(DataBlock.Answer),
        Parse(blocks, DataBlock.Context),
        Parse(blocks, DataBlock.Outputs));

    public IReadOnlyList<CategoryWords.Vote> Votes() => CategoryWords.Votes(Hashtags.WithWords(All, EventWords), Categories);

    public static JsonObject Parse(IReadOnlyDictionary<string, string> blocks, string name) =>
        blocks.TryGetValue(name, out var json) ? (JsonObject)JsonNode.Parse(json)! : [];
}
