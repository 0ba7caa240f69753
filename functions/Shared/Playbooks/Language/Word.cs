using System.Text;
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
    /// <summary>Letters with accents by the plain ones that stand for them.</summary>
    private static readonly string?[] Letters = ReadLetters(
        "a=àáâãäåāăą ae=æ c=çćĉċč d=ðďđ e=èéêëēĕėęě g=ĝğġģ h=ĥħ i=ìíîïĩīĭįı j=ĵ k=ķĸ l=ĺļľŀł n=ñńņňŉŋ o=òóôõöøōŏő oe=œ r=ŕŗř s=śŝşšſ ss=ß t=ţťŧ th=þ u=ùúûüũūŭůűų w=ŵ y=ýÿŷ z=źżž");

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

    /// <summary>
    /// Lower case, accents of Latin letters and apostrophes gone, whether an accent is part of the letter or follows it. Invariant globalization has
    /// no collation to do this.
    /// </summary>
    public static string Fold(string word)
    {
        var lower = word.ToLowerInvariant();
        if (lower.EndsWith("'s", StringComparison.Ordinal) || lower.EndsWith("’s", StringComparison.Ordinal))
            lower = lower[..^2];
        if (!lower.AsSpan().ContainsAnyExceptInRange('\u0028', '\u007F'))
            return lower;
        var folded = new StringBuilder(lower.Length + 2);
        foreach (var letter in lower)
        {
            if (letter is '\'' or '’' || IsAccent(letter))
                continue;
            if (letter < Letters.Length && Letters[letter] is { } plain)
                folded.Append(plain);
            else
                folded.Append(letter);
        }

        return folded.ToString();
    }

    /// <summary>A combining mark of Latin, Greek and Cyrillic letters.</summary>
    private static bool IsAccent(char letter) => letter is >= '\u0300' and <= '\u036F';

    private static string?[] ReadLetters(string list)
    {
        var letters = new string?[0x180];
        foreach (var entry in list.Split(' '))
        {
            var plain = entry[..entry.IndexOf('=', StringComparison.Ordinal)];
            foreach (var letter in entry.AsSpan(plain.Length + 1))
                letters[letter] = plain;
        }

        return letters;
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)*")]
    private static partial Regex Pattern();
}
