using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Language;

/// <summary>A word of a text and where it stands.</summary>
/// <param name="Lower">Lower case, without accents and apostrophes.</param>
/// <param name="Stem">What is left when English endings are taken off.</param>
internal readonly record struct Word(int Start, int Length, string Text, string Lower, string Stem)
{
    public int End => Start + Length;

    public bool IsCapitalised => char.IsUpper(Text[0]);
}

internal static partial class Words
{
    /// <summary>Letters and digits with inner apostrophes; other signs part words.</summary>
    public static List<Word> Of(string text)
    {
        var words = new List<Word>();
        foreach (var match in Pattern().EnumerateMatches(text))
        {
            var raw = text.Substring(match.Index, match.Length);
            var lower = Fold(raw);
            if (lower.Length > 0)
                words.Add(new Word(match.Index, match.Length, raw, lower, Stemmer.Stem(lower)));
        }

        return words;
    }

    /// <summary>Lower case, common Latin accents and apostrophes gone. Invariant globalization has no collation to do this.</summary>
    public static string Fold(string word)
    {
        var lower = word.ToLowerInvariant();
        if (lower.EndsWith("'s", StringComparison.Ordinal) || lower.EndsWith("’s", StringComparison.Ordinal))
            lower = lower[..^2];
        if (System.Text.Ascii.IsValid(lower) && !lower.Contains('\''))
            return lower;
        return string.Concat(lower.Select(letter => letter switch
        {
            '\'' or '’' => "",
            'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' => "a",
            'è' or 'é' or 'ê' or 'ë' => "e",
            'ì' or 'í' or 'î' or 'ï' => "i",
            'ò' or 'ó' or 'ô' or 'õ' or 'ö' => "o",
            'ù' or 'ú' or 'û' or 'ü' => "u",
            'ç' => "c",
            'ñ' => "n",
            'ß' => "ss",
            _ => letter.ToString(),
        }));
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)*")]
    private static partial Regex Pattern();
}
