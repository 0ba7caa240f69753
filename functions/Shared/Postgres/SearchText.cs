using System.Text;

namespace DomainFlow.Postgres;

/// <summary>What a person typed into a search, made fit for websearch_to_tsquery.</summary>
internal static class SearchText
{
    /// <summary>
    /// A hyphen negates only what directly follows it, a word or a phrase. PostgreSQL stacks every other hyphen as one more negation and
    /// fails past 32 of them.
    /// </summary>
    public static string ForWebSearch(string text)
    {
        var fit = new StringBuilder(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '-' && !StartsWord(text, text.ElementAtOrDefault(i + 1) == '"' ? i + 2 : i + 1)) fit[i] = ' ';
        }

        return fit.ToString();
    }

    private static bool StartsWord(string text, int at) => at < text.Length && Rune.TryGetRuneAt(text, at, out var rune) && Rune.IsLetterOrDigit(rune);
}
