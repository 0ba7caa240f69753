namespace DomainFlow.Playbooks.Language;

/// <summary>What a learned category model hears in a text: words, pairs of neighbours, parts of words, a short first line as a whole.</summary>
internal static class CategoryFeatures
{
    private const char PartMark = '~';
    private const char LineMark = '=';
    private const int MaxWordLength = 40;
    private const int MaxLineWords = 5;

    /// <summary>Each once. Pairs do not reach from one line into the next.</summary>
    public static HashSet<string> Of(string text)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var line = 0; line < lines.Length; line++)
        {
            var words = Hashtags.WithWords(lines[line], Hashtags.Hazards).Select(word => word.Lower).ToList();
            if (line == 0 && lines.Length > 1 && words.Count is > 0 and <= MaxLineWords)
                features.Add(LineMark + string.Join(' ', words));
            for (var at = 0; at < words.Count; at++)
            {
                features.Add(words[at]);
                if (at + 1 < words.Count)
                    features.Add($"{words[at]} {words[at + 1]}");
                AddParts(features, words[at]);
            }
        }

        return features;
    }

    /// <summary>What a feature counts for: parts of words come many at once and repeat each other.</summary>
    public static double Weight(string feature) => feature[0] == PartMark ? 0.5 : 1;

    /// <summary>A word or a pair, which says something to people too.</summary>
    public static bool IsReadable(string feature) => feature[0] is not PartMark and not LineMark;

    private static void AddParts(HashSet<string> features, string word)
    {
        var whole = $"<{(word.Length > MaxWordLength ? word[..MaxWordLength] : word)}>";
        for (var length = 3; length <= 4; length++)
        {
            for (var start = 0; start + length <= whole.Length; start++)
                features.Add(PartMark + whole.Substring(start, length));
        }
    }
}
