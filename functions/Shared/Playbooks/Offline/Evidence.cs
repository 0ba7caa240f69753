using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Offline;

/// <summary>What the tools gave and what of it bears on the question.</summary>
/// <param name="Reports">Best first. A report bears on the question when it holds enough of the question's own words.</param>
/// <param name="Total">What was counted; null where nothing was.</param>
internal sealed record Evidence(IReadOnlyList<Evidence.Report> Reports, long? Total, IReadOnlyList<KeyValuePair<string, long>> Groups)
{
    /// <summary>This part of the weight of the question's words must stand in a report.</summary>
    private const double Floor = 0.5;

    /// <param name="Coverage">Part of the question's words that it holds, 0 to 1; 1 where the question has none beside its filters.</param>
    public sealed record Report(
        string Id, string Text, double Score, DateTimeOffset ReportedAt, string? Category, string? LocationText, string? WorkStatus, double Coverage);

    public static Evidence Read(Asked question, IReadOnlyDictionary<string, string> results)
    {
        var count = results.TryGetValue("count", out var counted) ? JsonNode.Parse(counted) : null;
        var found = results.TryGetValue("found", out var listed) ? JsonNode.Parse(listed)?["reports"] as JsonArray ?? [] : [];
        var topic = question.Topic.Select(Stemmer.Stem).Distinct().ToList();
        // A category named in the question bears on it already; then one more of its words is enough.
        var floor = topic.Count == 0 ? 0 : question.Category is null ? Floor : 0.01;
        var reports = found.OfType<JsonObject>().Select(item => Read(item, topic))
            .Where(report => report.Coverage >= floor)
            .OrderByDescending(report => (2 * report.Coverage) + report.Score)
            .ThenBy(report => report.Id, StringComparer.Ordinal);
        return new Evidence(
            OfPlace(question, [.. reports]),
            JsonText.Number(count?["total"]) is { } total ? (long)total : null,
            [.. (count?["groups"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(group => KeyValuePair.Create(JsonText.String(group["key"]) ?? "", (long)(JsonText.Number(group["count"]) ?? 0)))
                .Where(group => group.Key.Length > 0)]);
    }

    private static Report Read(JsonObject item, List<string> topic)
    {
        var text = JsonText.String(item["text"]) ?? "";
        var stems = Words.Of($"{text} {JsonText.String(item["category"])} {JsonText.String(item["location_text"])}").Select(word => word.Stem).ToHashSet();
        var held = topic.Where(stems.Contains).Sum(Weight);
        return new Report(
            JsonText.String(item["id"]) ?? "",
            text,
            JsonText.Number(item["score"]) ?? 0,
            DateTimeOffset.Parse(JsonText.String(item["reported_at"])!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            JsonText.String(item["category"]),
            JsonText.String(item["location_text"]),
            JsonText.String(item["work_status"]),
            topic.Count == 0 ? 1 : held / topic.Sum(Weight));
    }

    /// <summary>A circle round a place holds its neighbours too: where some reports name the place itself, only they are meant.</summary>
    private static IReadOnlyList<Report> OfPlace(Asked question, IReadOnlyList<Report> reports)
    {
        if (JsonText.String(question.Filters["place"]) is not { } place)
            return reports;
        var name = $" {string.Join(' ', NameKey.Of(place))} ";
        var named = reports.Where(report =>
            $" {string.Join(' ', NameKey.Of($"at {report.Text} {report.LocationText}"))} ".Contains(name, StringComparison.Ordinal)).ToList();
        return named.Count > 0 ? named : reports;
    }

    /// <summary>Words that stand in most reports of a town say little.</summary>
    private static double Weight(string stem) => stem is "street" or "road" or "avenu" or "hous" or "car" or "city" or "new" or "long" or "old" ? 0.4 : 1;
}
