using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Language;

internal static partial class Sentences
{
    /// <summary>Sentences and lines, trimmed; abbreviations like St. and numbers like 3.5 do not end one.</summary>
    public static List<string> Of(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        foreach (var match in End().EnumerateMatches(text))
        {
            var end = match.Index + match.Length;
            if (text[match.Index] == '.' && IsAbbreviation(text, match.Index))
                continue;
            Add(text[start..end]);
            start = end;
        }

        Add(text[start..]);
        return sentences;

        void Add(string sentence)
        {
            if (sentence.Trim() is { Length: > 1 } trimmed)
                sentences.Add(trimmed);
        }
    }

    private static bool IsAbbreviation(string text, int dot)
    {
        var start = dot;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        var next = text.AsSpan(dot + 1).TrimStart();
        return dot - start is > 0 and <= 6
            && Known.Contains(text[start..dot].ToLowerInvariant())
            && next.Length > 0;
    }

    private static readonly HashSet<string> Known = ["st", "ave", "rd", "blvd", "dr", "ln", "mr", "mrs", "ms", "no", "nr", "approx", "ca", "vs", "etc", "mt",
        "ft", "jr", "sr"];

    [GeneratedRegex(@"(?<![.!?])[.!?]+(?=\s|$)|(?<!\n)\n+")]
    private static partial Regex End();
}
