namespace DomainFlow.Domain.Search;

/// <summary>Languages that words are stemmed in, by the names that Snowball, PostgreSQL and OpenSearch know them by.</summary>
public static class SearchLanguage
{
    /// <summary>Words as they stand: for every language without a stemmer.</summary>
    public const string Simple = "simple";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["ar"] = "arabic",
        ["ca"] = "catalan",
        ["da"] = "danish",
        ["de"] = "german",
        ["el"] = "greek",
        ["en"] = "english",
        ["es"] = "spanish",
        ["eu"] = "basque",
        ["fi"] = "finnish",
        ["fr"] = "french",
        ["ga"] = "irish",
        ["hi"] = "hindi",
        ["hu"] = "hungarian",
        ["hy"] = "armenian",
        ["id"] = "indonesian",
        ["it"] = "italian",
        ["lt"] = "lithuanian",
        ["nb"] = "norwegian",
        ["ne"] = "nepali",
        ["nl"] = "dutch",
        ["nn"] = "norwegian",
        ["no"] = "norwegian",
        ["pt"] = "portuguese",
        ["ro"] = "romanian",
        ["ru"] = "russian",
        ["sr"] = "serbian",
        ["sv"] = "swedish",
        ["ta"] = "tamil",
        ["tr"] = "turkish",
        ["yi"] = "yiddish",
    };

    /// <summary>All that have a stemmer.</summary>
    public static IReadOnlyCollection<string> Stemmed { get; } = [.. Names.Values.Distinct()];

    /// <param name="code">ISO 639-1, with or without a region.</param>
    public static string Of(string code) => Names.GetValueOrDefault(code.Split('-', '_')[0].ToLowerInvariant(), Simple);
}
