using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>What the tools gave and what of it bears on the question.</summary>
/// <param name="Reports">Best first. A report bears on the question when it holds enough of the question's own words.</param>
/// <param name="Counted">Reports that were counted by the words of the question, where it has any.</param>
/// <param name="Total">What was counted; null where nothing was.</param>
internal sealed record Evidence(
    IReadOnlyList<Evidence.Report> Reports, IReadOnlyList<Evidence.Report> Counted, long? Total, IReadOnlyList<KeyValuePair<string, long>> Groups)
{
    /// <summary>This part of the weight of the question's words must stand in a report.</summary>
    private const double Floor = 0.39;

    /// <summary>Enough where the question's category or place holds for the report already.</summary>
    private const double FilteredFloor = 0.3;

    /// <summary>A word that was read as a filter need not stand in the text.</summary>
    private const double FilterWeight = 0.8;

    /// <summary>How far behind the best a report may be and still be spoken of.</summary>
    private const double Span = 0.25;

    /// <param name="Coverage">Part of the question's words that it holds, 0 to 1; 1 where the question has none beside its filters.</param>
    public sealed record Report(
        string Id, string Text, double Score, DateTimeOffset ReportedAt, string? Category, string? LocationText, string? WorkStatus, double Coverage);

    public static Evidence Read(Asked question, IReadOnlyDictionary<string, string> results)
    {
        var count = results.TryGetValue("count", out var counted) ? JsonNode.Parse(counted) : null;
        var (found, wide) = (Texts(results, "found"), Texts(results, "wide"));
        question.Terms.Weigh([.. found.Concat(wide).DistinctBy(text => text.Report.Id).Select(text => text.Words)]);
        var reports = Bearing(question, found, question.HasGuess ? FilteredFloor : Floor);
        var others = Bearing(question, wide, Floor);
        // The filters read from the question lead astray where something without them bears on it much better.
        if (others.Count > 0 && (reports.Count == 0 || others[0].Coverage > reports[0].Coverage + 0.15))
            reports = others;
        return new Evidence(
            question.Order is null ? reports : [.. reports.Take(1)],
            [.. Texts(results, "counted").Select(text => text.Report with { Coverage = 1 })],
            JsonText.Number(count?["total"]) is { } total ? (long)total : null,
            [.. (count?["groups"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(group => KeyValuePair.Create(JsonText.String(group["key"]) ?? "", (long)(JsonText.Number(group["count"]) ?? 0)))
                .Where(group => group.Key.Length > 0)]);
    }

    private static IReadOnlyList<(Report Report, List<Word> Words)> Texts(IReadOnlyDictionary<string, string> results, string call) =>
        results.TryGetValue(call, out var found) && JsonNode.Parse(found)?["reports"] is JsonArray reports
            ? [.. reports.OfType<JsonObject>().Select(Read)]
            : [];

    /// <summary>Best first: what holds enough of the question, and not much less than the best.</summary>
    private static IReadOnlyList<Report> Bearing(Asked question, IReadOnlyList<(Report Report, List<Word> Words)> texts, double floor)
    {
        // A question of filters only is answered by whatever they let through.
        var reports = texts.Select(text => text.Report with { Coverage = question.Topic.Count == 0 ? 1 : question.Terms.Share(text.Words, FilterWeight) })
            .ToList();
        var least = Math.Max(floor, reports.Select(report => report.Coverage).DefaultIfEmpty(0).Max() - Span);
        return
        [
            .. reports.Where(report => report.Coverage >= least)
                .OrderByDescending(report => (2 * report.Coverage) + report.Score)
                .ThenBy(report => report.Id, StringComparer.Ordinal),
        ];
    }

    private static (Report Report, List<Word> Words) Read(JsonObject item)
    {
        var text = JsonText.String(item["text"]) ?? "";
        var report = new Report(
            JsonText.String(item["id"]) ?? "",
            text,
            JsonText.Number(item["score"]) ?? 0,
            DateTimeOffset.Parse(JsonText.String(item["reported_at"])!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            JsonText.String(item["category"]),
            JsonText.String(item["location_text"]),
            JsonText.String(item["work_status"]),
            0);
        return (report, Words.Of($"{text} {report.Category} {report.LocationText}"));
    }
}
