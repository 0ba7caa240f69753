using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Answers;

namespace DomainFlow.Playbooks.Offline;

/// <summary>Two or three sentences put together from findings: no word that is not in them or counted.</summary>
internal static partial class OfflineSummary
{
    public static JsonObject Of(IReadOnlyDictionary<string, string> blocks)
    {
        var findings = ((JsonArray)JsonNode.Parse(blocks["findings"])!).OfType<JsonObject>().ToList();
        var sources = ((JsonArray)JsonNode.Parse(blocks["sources"])!).OfType<JsonObject>().ToList();
        var sentences = findings
            .Select(finding => Sentence(JsonText.String(finding["agent"])!, Whole(JsonText.String(finding["answer"])!, JsonText.String(finding["quote"]))))
            .Distinct().Take(2).ToList();
        if (sources.Count > 0)
        {
            var days = sources.Select(source => JsonText.String(source["reported_at"])![..10]).Order(StringComparer.Ordinal).ToList();
            var span = days[0] == days[^1] ? $"of {days[0]}" : $"from {days[0]} to {days[^1]}";
            if (findings.Exists(finding => Counts().IsMatch(JsonText.String(finding["answer"])!)))
                sentences.Add(sources.Count == 1 ? $"Listed is one report {span}." : $"Listed are {sources.Count} reports {span}.");
            else
                sentences.Add(sources.Count == 1 ? $"This rests on one report {span}." : $"This rests on {sources.Count} reports {span}.");
        }

        return new JsonObject { ["summary"] = string.Join(' ', sentences), ["quotes"] = new JsonArray() };
    }

    /// <summary>A finding has the length of a bullet; the summary has room for the passage that it was taken from.</summary>
    private static string Whole(string answer, string? quote) =>
        quote?.Contains(answer.Trim('…'), StringComparison.Ordinal) == true ? quote : answer;

    /// <summary>A number of reports, of which references show some.</summary>
    [GeneratedRegex(@"^[0-9]+ reports?$|\([0-9]+\)")]
    private static partial Regex Counts();

    private static string Sentence(string agent, string answer)
    {
        var text = agent switch
        {
            "how_many" when answer.EndsWith(" report", StringComparison.Ordinal) => $"There is {answer}",
            "how_many" when answer.EndsWith(" reports", StringComparison.Ordinal) => $"There are {answer}",
            "where" when answer.StartsWith("At ", StringComparison.Ordinal) => $"Places: {answer[3..]}",
            "what_kind" => $"Kinds: {answer}",
            _ => answer,
        };
        return text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";
    }
}
