namespace DomainFlow.Postgres;

/// <summary>PostgreSQL's text search configuration (stemming, stop words) for a language.</summary>
public static class TextLanguage
{
    /// <summary>Whether incidents' own English column serves the language.</summary>
    public static bool IsEnglish(string code) => Configuration(code) == Configuration("en");

    /// <param name="code">ISO 639-1, with or without a region. Without a configuration of its own, words are taken as they are.</param>
    public static string Configuration(string code) => "pg_catalog." + code.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "ar" => "arabic",
        "ca" => "catalan",
        "da" => "danish",
        "de" => "german",
        "el" => "greek",
        "en" => "english",
        "es" => "spanish",
        "eu" => "basque",
        "fi" => "finnish",
        "fr" => "french",
        "ga" => "irish",
        "hi" => "hindi",
        "hu" => "hungarian",
        "hy" => "armenian",
        "id" => "indonesian",
        "it" => "italian",
        "lt" => "lithuanian",
        "ne" => "nepali",
        "nl" => "dutch",
        "no" or "nb" or "nn" => "norwegian",
        "pt" => "portuguese",
        "ro" => "romanian",
        "ru" => "russian",
        "sr" => "serbian",
        "sv" => "swedish",
        "ta" => "tamil",
        "tr" => "turkish",
        "yi" => "yiddish",
        _ => "simple",
    };
}
