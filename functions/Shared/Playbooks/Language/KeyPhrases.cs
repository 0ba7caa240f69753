namespace DomainFlow.Playbooks.Language;

/// <summary>Phrases between stop words and punctuation, weighed by how often their words stand beside others.</summary>
internal static class KeyPhrases
{
    private const int MaxWords = 4;

    /// <summary>Letters of a phrase, as the agent's schema bounds it; what is longer is no phrase.</summary>
    private const int MaxLength = 120;

    /// <summary>As they stand in the text, without repeats, weightiest first.</summary>
    public static IReadOnlyList<string> Of(string text, int most)
    {
        var phrases = Phrases(text).ToList();
        var degree = new Dictionary<string, double>();
        var count = new Dictionary<string, int>();
        foreach (var stem in phrases.SelectMany(phrase => phrase.Select(word => (word.Stem, phrase.Count))))
        {
            degree[stem.Stem] = degree.GetValueOrDefault(stem.Stem) + stem.Count;
            count[stem.Stem] = count.GetValueOrDefault(stem.Stem) + 1;
        }

        return
        [
            .. phrases
                .Where(phrase => phrase[^1].End - phrase[0].Start <= MaxLength)
                .Where(phrase => phrase.Count > 1 || (phrase[0].Lower.Length > 3 && !char.IsAsciiDigit(phrase[0].Lower[0])))
                .DistinctBy(phrase => string.Join(' ', phrase.Select(word => word.Stem)))
                .Select(phrase => (phrase, weight: phrase.Sum(word => degree[word.Stem] / Math.Sqrt(count[word.Stem]))))
                .OrderByDescending(item => item.weight).ThenBy(item => item.phrase[0].Start)
                .Take(most)
                .Select(item => text[item.phrase[0].Start..item.phrase[^1].End]),
        ];
    }

    private static IEnumerable<List<Word>> Phrases(string text)
    {
        var phrase = new List<Word>();
        foreach (var word in Words.Of(text))
        {
            var parted = phrase.Count > 0 && text.AsSpan(phrase[^1].End, word.Start - phrase[^1].End).Trim(" -") is not "";
            if (phrase.Count > 0 && (parted || StopWords.Contains(word.Lower) || phrase.Count == MaxWords))
            {
                yield return phrase;
                phrase = [];
            }

            if (!StopWords.Contains(word.Lower))
                phrase.Add(word);
        }

        if (phrase.Count > 0)
            yield return phrase;
    }
}
