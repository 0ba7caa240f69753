namespace DomainFlow.Benchmarks.Measuring;

/// <summary>The part of a file between two marker comments; all else stays as it is.</summary>
internal static class MarkedBlock
{
    public const string Benchmarks = "benchmarks";
    public const string Backends = "backends";

    /// <param name="name">The markers are a comment of this name, and one of the name behind a slash.</param>
    /// <exception cref="FormatException">The text lacks one of the markers, or has them the wrong way round.</exception>
    public static string Replace(string text, string name, string content)
    {
        var (opening, closing) = ($"<!-- {name} -->", $"<!-- /{name} -->");
        var start = text.IndexOf(opening, StringComparison.Ordinal);
        var end = text.IndexOf(closing, StringComparison.Ordinal);
        return start >= 0 && end > start
            ? $"{text[..(start + opening.Length)]}\n{content.Trim()}\n{text[end..]}"
            : throw new FormatException($"The file needs the lines {opening} and {closing}, in this order.");
    }
}
