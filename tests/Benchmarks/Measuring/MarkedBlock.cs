namespace DomainFlow.Benchmarks.Measuring;

/// <summary>The part of a file between two marker comments; all else stays as it is.</summary>
internal static class MarkedBlock
{
    public const string Start = "<!-- benchmarks -->";
    public const string End = "<!-- /benchmarks -->";

    /// <exception cref="FormatException">The text lacks one of the markers, or has them the wrong way round.</exception>
    public static string Replace(string text, string content)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return start >= 0 && end > start
            ? $"{text[..(start + Start.Length)]}\n{content.Trim()}\n{text[end..]}"
            : throw new FormatException($"The file needs the lines {Start} and {End}, in this order.");
    }
}
