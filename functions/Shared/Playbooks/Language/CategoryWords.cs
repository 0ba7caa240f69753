using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Language;

/// <summary>Which category words speak for: stemmed words and phrases, weighed by how many categories share them.</summary>
internal static class CategoryWords
{
    /// <param name="Score">Weight of the words that spoke for it.</param>
    /// <param name="Share">Its part of the weight of all that spoke for any.</param>
    public sealed record Vote(Category Category, double Score, double Share, IReadOnlyList<string> Words);

    /// <summary>Categories with any word in the text, best first; earlier in the list on a tie.</summary>
    public static IReadOnlyList<Vote> Votes(IReadOnlyList<Word> text, IReadOnlyList<Category> categories)
    {
        var said = new StemIndex(text);
        var phrases = categories.Select(category => Phrases(category).ToList()).ToList();
        var shared = phrases.SelectMany(list => list.Select(phrase => phrase.Key).Distinct()).CountBy(key => key).ToDictionary();
        var votes = categories.Select((category, place) =>
        {
            var heard = phrases[place].Where(phrase => said.First(phrase.Stems) >= 0).DistinctBy(phrase => phrase.Key).ToList();
            var score = heard.Sum(phrase => phrase.Weight * (1 + (0.3 * Math.Min(2, said.Count(phrase.Stems) - 1))) / Math.Sqrt(shared[phrase.Key])
                * (said.First(phrase.Stems) < 8 ? 1.25 : 1));
            return (category, score, heard: heard.Select(phrase => phrase.Text).ToList());
        }).Where(vote => vote.score > 0).ToList();
        var total = votes.Sum(vote => vote.score);
        return [.. votes.OrderByDescending(vote => vote.score).Select(vote => new Vote(vote.category, vote.score, vote.score / total, vote.heard))];
    }

    /// <summary>The category that a question names clearly; null where none or several are as near.</summary>
    public static Category? Named(IReadOnlyList<Word> question, IReadOnlyList<Category> categories)
    {
        var votes = Votes(question, categories);
        return votes.Count > 0 && (votes.Count == 1 || votes[0].Score > 1.3 * votes[1].Score) ? votes[0].Category : null;
    }

    public static bool Speaks(string stem, Category category) => Phrases(category).Any(phrase => phrase.Stems.Contains(stem));

    private static IEnumerable<(string Text, string Key, string[] Stems, double Weight)> Phrases(Category category)
    {
        foreach (var text in category.Words.Append(category.Name).Append(category.Id.Replace('-', ' ').Replace('_', ' ')))
        {
            var stems = Words.Of(text).Where(word => text == category.Name ? !StopWords.Contains(word.Lower) : true).Select(word => word.Stem).ToArray();
            if (stems.Length > 0 && category.Id != "other")
                yield return (text, string.Join(' ', stems), stems, Math.Pow(stems.Length, 1.4));
        }
    }
}
