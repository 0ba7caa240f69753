using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Questions;

/// <summary>Where a question names categories: by a word or phrase of theirs, in the singular or plural. A word derived from one is another word.</summary>
internal sealed class CategoryMentions
{
    public const int MaxWords = 6;

    private static readonly string[] PluralEnglish = ["s", "es"];
    private static readonly string[] PluralOther = ["s", "es", "e", "n", "en", "er", "ern", "x"];

    private readonly Dictionary<string, List<Category>> phrases = [];

    /// <summary>First words of phrases of several.</summary>
    private readonly HashSet<string> starts = [];

    public CategoryMentions(IReadOnlyList<Category> categories)
    {
        foreach (var category in categories.Where(category => category.Id != "other"))
        {
            var own = category.Words.Append(category.Name).Append(category.Id.Replace('-', ' ').Replace('_', ' '))
                .Select(text => string.Join(' ', Words.Of(text).Select(word => word.Lower)));
            foreach (var key in own.Concat(CategoryNames.Of(category.Id)))
                Add(key, category);
        }
    }

    /// <param name="First">Place of the first word.</param>
    /// <param name="Last">Place of the last.</param>
    public sealed record Mention(int First, int Last, Category Category);

    public IReadOnlyList<Mention> Find(IReadOnlyList<Word> words, string language)
    {
        var endings = language == "en" ? PluralEnglish : PluralOther;
        var mentions = new List<Mention>();
        IReadOnlyList<CategoryWords.Vote>? votes = null;
        for (var at = 0; at < words.Count; at++)
        {
            for (var length = starts.Contains(words[at].Lower) ? Math.Min(MaxWords, words.Count - at) : 1; length > 0; length--)
            {
                if (Lookup(words, at, length, endings) is not { } named)
                    continue;
                if (named.Count > 1)
                    votes ??= CategoryWords.Votes(words, [.. phrases.Values.SelectMany(all => all).Distinct()]);
                // Several categories may share a word: then the question's other words decide.
                var best = named.Count == 1 ? named[0] : votes!.Select(vote => vote.Category).FirstOrDefault(named.Contains) ?? named[0];
                mentions.Add(new Mention(at, at + length - 1, best));
                at += length - 1;
                break;
            }
        }

        return mentions;
    }

    private void Add(string key, Category category)
    {
        if (!phrases.TryGetValue(key, out var named))
            phrases[key] = named = [];
        if (!named.Contains(category))
            named.Add(category);
        if (key.IndexOf(' ') is > 0 and var blank)
            starts.Add(key[..blank]);
    }

    private List<Category>? Lookup(IReadOnlyList<Word> words, int at, int length, string[] endings)
    {
        var before = length == 1 ? "" : string.Join(' ', Enumerable.Range(at, length - 1).Select(place => words[place].Lower)) + " ";
        foreach (var form in Forms(words[at + length - 1].Lower, endings))
        {
            if (phrases.TryGetValue(before + form, out var named))
                return named;
        }

        return null;
    }

    private static IEnumerable<string> Forms(string word, string[] endings)
    {
        yield return word;
        foreach (var ending in endings)
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
                yield return word[..^ending.Length];
            yield return word + ending;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal))
            yield return word[..^3] + "y";
    }
}
