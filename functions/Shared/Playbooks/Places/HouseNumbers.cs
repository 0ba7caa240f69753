using System.Globalization;
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

    /// <summary>The number that stands for all that a text such as <c>204</c>, <c>12b</c> or <c>56-110</c> names: the middle, of the first one's side.</summary>
    public static int Value(string text)
    {
        var numbers = Words.Of(text).Select(word => int.Parse(word.Lower.TrimEnd('a', 'b', 'c', 'd', 'e', 'f'), CultureInfo.InvariantCulture)).ToList();
        return numbers.Count < 2 || numbers[1] <= numbers[0] ? numbers[0] : numbers[0] + ((numbers[1] - numbers[0]) / 2 / 2 * 2);
    }

    private static bool IsNumber(string word) => word.Length <= 6 && char.IsAsciiDigit(word[0]) && word[..^1].All(char.IsAsciiDigit)
        && (char.IsAsciiDigit(word[^1]) || word[^1] is >= 'a' and <= 'f');
}
