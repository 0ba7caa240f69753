using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>A number before a street: 204, 12b, 56-110.</summary>
internal static class HouseNumbers
{
    public static (int Start, string Text)? Before(string text, List<Word> words, int first)
    {
        if (first == 0 || !IsNumber(words[first - 1].Lower) || text[words[first - 1].End..words[first].Start].Trim(' ', ',').Length > 0)
            return null;
        var start = words[first - 1].Start;
        if (first > 1 && IsNumber(words[first - 2].Lower) && text[words[first - 2].End..start].Trim() is "-" or "–" or "&")
            start = words[first - 2].Start;
        return (start, text[start..words[first - 1].End]);
    }

    private static bool IsNumber(string word) => word.Length <= 6 && char.IsAsciiDigit(word[0]) && word[..^1].All(char.IsAsciiDigit)
        && (char.IsAsciiDigit(word[^1]) || word[^1] is >= 'a' and <= 'f');
}
