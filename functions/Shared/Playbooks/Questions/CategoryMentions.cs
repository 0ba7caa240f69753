using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Questions;

/// <summary>Where a question names categories: by a word or phrase of theirs, in the singular or plural. A word derived from one is another word.</summary>
internal static class CategoryMentions
{
    private const int MaxWords = 6;

    /// <param name="First">Place of the first word.</param>
    /// <param name="Last">Place of the last.</param>
    public sealed record Mention(int First, int Last, Category Category);

    private static readonly string[] PluralEnglish = ["s", "es"];
    private static readonly string[] PluralOther = ["s", "es", "e", "n", "en", "er", "ern", "x"];

    public static IReadOnlyList<Mention> Find(IReadOnlyList<Word> words, IReadOnlyList<Category> categories, string language)
    {
        var phrases = Phrases(categories);
        var endings = language == "en" ? PluralEnglish : PluralOther;
        var mentions = new List<Mention>();
        for (var at = 0; at < words.Count; at++)
        {
            for (var length = Math.Min(MaxWords, words.Count - at); length > 0; length--)
            {
                var named = Lookup(phrases, words, at, length, endings);
                if (named.Count == 0)
                    continue;
                // Several categories may share a word: then the question's other words decide.
                var best = named.Count == 1 ? named[0] : CategoryWords.Votes(words, named).Select(vote => vote.Category).FirstOrDefault() ?? named[0];
                mentions.Add(new Mention(at, at + length - 1, best));
                at += length - 1;
                break;
            }
        }

        return mentions;
    }

    private static List<Category> Lookup(Dictionary<string, List<Category>> phrases, IReadOnlyList<Word> words, int at, int length, string[] endings)
    {
        var last = words[at + length - 1].Lower;
        var forms = endings.Where(ending => last.Length > ending.Length + 2 && last.EndsWith(ending, StringComparison.Ordinal)).Select(ending => last[..^ending.Length])
            .Concat(endings.Select(ending => last + ending)).Prepend(last).ToList();
        if (last.EndsWith("ies", StringComparison.Ordinal))
            forms.Add(last[..^3] + "y");
        var before = string.Join(' ', Enumerable.Range(at, length - 1).Select(place => words[place].Lower));
        foreach (var form in forms)
        {
            var key = length == 1 ? form : $"{before} {form}";
            if (phrases.TryGetValue(key, out var named))
                return named;
        }

        return [];
    }

    private static Dictionary<string, List<Category>> Phrases(IReadOnlyList<Category> categories)
    {
        var phrases = new Dictionary<string, List<Category>>();
        foreach (var category in categories.Where(category => category.Id != "other"))
        {
            var own = category.Words.Append(category.Name).Append(category.Id.Replace('-', ' ').Replace('_', ' '))
                .Select(text => string.Join(' ', Words.Of(text).Select(word => word.Lower)));
            foreach (var key in own.Concat(CategoryNames.Of(category.Id)))
            {
                if (!phrases.TryGetValue(key, out var named))
                    phrases[key] = named = [];
                if (!named.Contains(category))
                    named.Add(category);
            }
        }

        return phrases;
    }
}
