using DomainFlow.Domain.Search;

namespace DomainFlow.Postgres;

/// <summary>PostgreSQL's text search configuration (stemming, stop words) for a language.</summary>
public static class TextLanguage
{
    /// <summary>Whether incidents' own English column serves the language.</summary>
    public static bool IsEnglish(string code) => Configuration(code) == Configuration("en");

    /// <param name="code">ISO 639-1, with or without a region. Without a configuration of its own, words are taken as they are.</param>
    public static string Configuration(string code) => $"pg_catalog.{SearchLanguage.Of(code)}";
}
