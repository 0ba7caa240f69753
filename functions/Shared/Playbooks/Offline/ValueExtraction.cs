using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>Values of keys that a tenant's own agents define: by the words of the key and its description.</summary>
internal sealed partial class ValueExtraction(ReportData data)
{
    private static readonly HashSet<string> Denials = ["no", "not", "never", "without", "isnt", "arent", "wasnt", "none", "nobody"];

    private readonly Lazy<List<Word>> words = new(() => Words.Of(data.All));

    public Extracted Email() => First(Patterns.Email());

    public Extracted Phone() => First(Patterns.Phone());

    /// <summary>The value whose own words the text holds, the first in the text.</summary>
    public Extracted Enum(string key, JsonArray allowed)
    {
        var stems = words.Value.Select(word => word.Stem).ToArray();
        var heard = allowed.Select(JsonText.String).OfType<string>()
            .Select(value => (value, at: PhraseSearch.First(stems, [.. Words.Of(value.Replace('_', ' ').Replace('-', ' ')).Select(word => word.Stem)])))
            .Where(found => found.at >= 0)
            .OrderBy(found => found.at)
            .ToList();
        if (heard.Count > 0)
            return new Extracted(heard[0].value, 0.8);
        if (Parent(key) is { } given && allowed.Any(value => JsonNode.DeepEquals(value, given)))
            return new Extracted(given, 0.6);
        var neutral = allowed.Select(JsonText.String).FirstOrDefault(value => value is null or "unknown" or "other" or "none" or "neutral" or "medium");
        return new Extracted(allowed.Any(value => value is null) ? null : neutral ?? JsonText.String(allowed[0]), 0.1);
    }

    /// <summary>A number whose unit or neighbours are words of the key.</summary>
    public Extracted Number(string key, JsonObject schema)
    {
        var wanted = KeyStems(key, schema);
        foreach (Match match in NumberPattern().Matches(data.All))
        {
            if (!IsBeside(match, wanted))
                continue;
            var number = double.Parse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            JsonNode value = SchemaTypes.Of(schema) == "integer" ? (long)Math.Round(number) : number;
            return new Extracted(value, 0.7, match.Value, match.Index < data.Text.Length ? match.Index : null);
        }

        return new Extracted(Parent(key), Parent(key) is null ? 0.1 : 0.6);
    }

    /// <summary>True where the text speaks of it and does not deny it.</summary>
    public Extracted Flag(string key, JsonObject schema)
    {
        var wanted = KeyStems(key, schema);
        var said = words.Value;
        for (var i = 0; i < said.Count; i++)
        {
            if (wanted.Contains(said[i].Stem))
                return new Extracted(!said.GetRange(Math.Max(0, i - 3), i - Math.Max(0, i - 3)).Exists(word => Denials.Contains(word.Lower)), 0.6);
        }

        return new Extracted(SchemaTypes.AllowsNull(schema) ? null : false, 0.2);
    }

    /// <summary>The sentence that holds most words of the key.</summary>
    public Extracted Sentence(string key, JsonObject schema)
    {
        if (Parent(key) is { } given && JsonText.String(given) is not null)
            return new Extracted(given, 0.6);
        var wanted = KeyStems(key, schema);
        var best = Sentences.Of(data.All)
            .Select(sentence => (sentence, score: Words.Of(sentence).Select(word => word.Stem).Distinct().Count(wanted.Contains)))
            .Where(found => found.score > 0)
            .OrderByDescending(found => found.score)
            .FirstOrDefault();
        if (best.sentence is null)
            return new Extracted(null, 0.1);
        var most = (int)(JsonText.Number(schema["maxLength"]) ?? 300);
        var text = best.sentence.Length <= most ? best.sentence : Cut(best.sentence, most);
        var start = data.Text.IndexOf(text, StringComparison.Ordinal);
        return new Extracted(text, 0.4, start < 0 ? null : text, start < 0 ? null : start);
    }

    /// <summary>Whether a wanted word stands shortly before or behind a number.</summary>
    private bool IsBeside(Match number, HashSet<string> wanted)
    {
        var (from, to) = (number.Index - 40, number.Index + number.Length + 25);
        var (low, high) = (0, words.Value.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (words.Value[middle].Start < from)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < words.Value.Count && words.Value[low].End <= to; low++)
        {
            if (wanted.Contains(words.Value[low].Stem))
                return true;
        }

        return false;
    }

    private Extracted First(Regex pattern) => pattern.Match(data.All) is { Success: true } match
        ? new Extracted(match.Value, 0.95, match.Value, match.Index + match.Length <= data.Text.Length ? match.Index : null)
        : new Extracted(null, 0.1);

    /// <summary>Not within a character that takes two units.</summary>
    private static string Cut(string text, int length) => text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>What a parent has already said under the same key.</summary>
    private JsonNode? Parent(string key) =>
        data.Outputs.Select(output => output.Value).OfType<JsonObject>().Select(output => output[key]).FirstOrDefault(value => value is not null);

    private static HashSet<string> KeyStems(string key, JsonObject schema) =>
    [
        .. Words.Of($"{key.Replace('_', ' ').Replace('-', ' ')} {JsonText.String(schema["description"])}")
            .Where(word => !StopWords.Contains(word.Lower) && word.Lower is not "number" and not "count" and not "value" and not "text")
            .Select(word => word.Stem),
    ];

    [GeneratedRegex(@"(?<![\w.])([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15}(?:\.[0-9]{1,15})?)(?![0-9])")]
    private static partial Regex NumberPattern();
}
