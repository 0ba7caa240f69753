using System.Text.Json.Nodes;
using DomainFlow.Domain.Search;
using DomainFlow.Search.Wire;

namespace DomainFlow.Search.Indexes;

/// <summary>
/// How words are made of a text, so that the same are found as by PostgreSQL: split and freed of accents by <see cref="SearchWords"/> before they
/// are sent, here put into lower case, freed of stop words and stemmed by Snowball. A document fills the field of its own language.
/// </summary>
internal static class WordAnalysis
{
    private const string Lowercase = "lowercase";

    /// <summary>Snowball's stop words as OpenSearch has them built in. The other languages have none, as in PostgreSQL.</summary>
    private static readonly HashSet<string> BuiltInStops =
        ["danish", "dutch", "finnish", "french", "german", "hungarian", "italian", "norwegian", "portuguese", "russian", "spanish", "swedish", "turkish"];

    /// <summary>The analyzer of a language's words, for documents and questions alike.</summary>
    public static string Stemmed(string language) => $"words_{language}";

    /// <summary>The analyzer of a question in that language to the documents of all others: words that say something, as they stand.</summary>
    public static string Unstemmed(string language) => $"any_{language}";

    public static JsonObject Of()
    {
        var filters = new JsonObject
        {
            ["pair"] = new JsonObject { ["type"] = "shingle", ["min_shingle_size"] = 2, ["max_shingle_size"] = 3, ["output_unigrams"] = false },
            // Two words side by side, or with one stop word (`_`) between them; nothing that begins or ends with one.
            ["pair_only"] = new JsonObject { ["type"] = "pattern_replace", ["pattern"] = @"^_ .*$|^.* _$|^\S+ (?!_ )\S+ \S+$", ["replacement"] = "" },
            ["pair_there"] = new JsonObject { ["type"] = "length", ["min"] = 1 },
        };
        var analyzers = new JsonObject { [Unstemmed(SearchLanguage.Simple)] = Analyzer(Lowercase) };
        foreach (var language in SearchLanguage.Stemmed)
        {
            var stops = StopWords(language);
            if (stops is not null)
                filters[$"stop_{language}"] = new JsonObject { ["type"] = "stop", ["stopwords"] = stops };
            filters[$"stem_{language}"] = new JsonObject { ["type"] = "snowball", ["language"] = char.ToUpperInvariant(language[0]) + language[1..] };
            string[] plain = stops is null ? [Lowercase] : [Lowercase, $"stop_{language}"];
            string[] stemmed = [.. plain, $"stem_{language}"];
            analyzers[Unstemmed(language)] = Analyzer(plain);
            analyzers[Stemmed(language)] = Analyzer(stemmed);
            analyzers[$"pairs_{language}"] = Analyzer([.. stemmed, "pair", "pair_only", "pair_there"]);
        }

        return new() { ["filter"] = filters, ["analyzer"] = analyzers };
    }

    public static JsonObject Fields()
    {
        var fields = new JsonObject { [Field.AnyLanguage] = new JsonObject { ["type"] = "text", ["analyzer"] = Unstemmed(SearchLanguage.Simple) } };
        foreach (var language in SearchLanguage.Stemmed)
        {
            fields[language] = new JsonObject
            {
                ["type"] = "text",
                ["analyzer"] = Stemmed(language),
                ["copy_to"] = $"{Field.Words}.{Field.AnyLanguage}",
                ["fields"] = new JsonObject
                {
                    [Field.Pairs] = new JsonObject { ["type"] = "text", ["analyzer"] = $"pairs_{language}", ["norms"] = false, ["index_options"] = "docs" },
                },
            };
        }

        return new() { ["properties"] = fields };
    }

    private static JsonNode? StopWords(string language) =>
        language == "english" ? new JsonArray([.. EnglishStopWords.All.Select(word => (JsonNode)word)])
        : BuiltInStops.Contains(language) ? $"_{language}_"
        : null;

    private static JsonObject Analyzer(params string[] filters) => new()
    {
        ["type"] = "custom",
        ["tokenizer"] = "whitespace",
        ["filter"] = new JsonArray([.. filters.Select(filter => (JsonNode)filter)]),
    };
}
