using System.Text;
using DomainFlow.Domain.Search;

namespace DomainFlow.Postgres;

/// <summary>
/// What a list's filter by words asks for: words, all of which must stand in a text, <c>"phrases"</c>, <c>or</c> and <c>-not</c>. Written so that
/// PostgreSQL's websearch_to_tsquery finds in it nothing but words as <see cref="SearchWords"/> makes them.
/// </summary>
public static class WordQuery
{
    /// <returns>Null where no word is asked for.</returns>
    public static string? Of(string text)
    {
        var query = new StringBuilder();
        var isAlternative = false;
        foreach (var (term, isPhrase, isExcluded) in Terms(text))
        {
            if (!isPhrase && !isExcluded && term.Equals("or", StringComparison.OrdinalIgnoreCase))
            {
                isAlternative = query.Length > 0;
                continue;
            }

            var words = SearchWords.Of(term);
            if (words.Count == 0)
            {
                continue;
            }

            query.Append(isAlternative ? " or " : " ");
            Append(query, words, isExcluded);
            isAlternative = false;
        }

        return query.Length == 0 ? null : query.ToString().Trim();
    }

    /// <summary>Words of one term stand side by side; only a single syllable does not, since documents hold those behind their pairs.</summary>
    private static void Append(StringBuilder query, IReadOnlyList<string> words, bool isExcluded)
    {
        query.Append(isExcluded ? "-\"" : "\"").Append(words[0]);
        for (var i = 1; i < words.Count; i++)
        {
            var parts = !isExcluded && (SearchWords.IsSingle(words[i]) || SearchWords.IsSingle(words[i - 1]));
            query.Append(parts ? "\" \"" : " ").Append(words[i]);
        }

        query.Append('"');
    }

    private static IEnumerable<(string Term, bool IsPhrase, bool IsExcluded)> Terms(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var isExcluded = text[at] == '-';
            at += isExcluded ? 1 : 0;
            var isPhrase = at < text.Length && text[at] == '"';
            var start = isPhrase ? at + 1 : at;
            var end = isPhrase ? text.IndexOf('"', start) : start;
            while (!isPhrase && end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '"')
            {
                end++;
            }

            end = end < 0 ? text.Length : end;
            yield return (text[start..end], isPhrase, isExcluded);
            at = isPhrase ? end + 1 : end;
        }
    }
}
