using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>
/// The words of a question that carry matter, and how far texts hold them. Words that few of the retrieved reports hold weigh most, as in
/// retrieval; names and numbers a little more, words of any report in any town less.
/// </summary>
internal sealed class AskedTerms
{
    /// <summary>Different words of a question that are looked at; its cost is bounded by them.</summary>
    private const int MaxTerms = 60;

    private const double Faintness = 0.25;
    private const double NameWeight = 1.3;
    private const double MaxRarity = 2.2;
    private const double LeastRarity = 0.3;

    private readonly string language;
    private readonly List<Term> terms = [];
    private readonly Dictionary<string, (int Term, double Part)[]> matches = [];
    private double[] rarity;

    /// <param name="topic">Lower-case words besides the question's filters.</param>
    /// <param name="language">ISO 639-1 code of the question's language.</param>
    public AskedTerms(string question, IReadOnlyList<string> topic, string language)
    {
        this.language = language;
        var about = topic.Select(Key).ToHashSet();
        // In German every noun has a capital.
        var isNamed = language != "de";
        foreach (var (place, word) in Words.Of(question).Index().Where(word => IsContent(word.Item)))
        {
            if (terms.Count == MaxTerms)
                break;
            var key = Key(word.Lower);
            if (terms.Exists(term => term.Key == key))
                continue;
            var isName = (place > 0 && word.IsCapitalised && isNamed) || char.IsDigit(word.Lower[0]);
            terms.Add(new Term(key, word.Lower, Faint.Contains(key) ? Faintness : isName ? NameWeight : 1, about.Count > 0 && !about.Contains(key)));
        }

        rarity = [.. terms.Select(_ => 1.0)];
    }

    public int Count => terms.Count;

    /// <summary>Weighs the words by how many of these texts hold them.</summary>
    public void Weigh(IReadOnlyList<IReadOnlyList<Word>> texts)
    {
        var held = new int[terms.Count];
        foreach (var text in texts)
        {
            var parts = Parts(text);
            for (var term = 0; term < held.Length; term++)
                held[term] += parts[term] > 0 ? 1 : 0;
        }

        rarity = [.. held.Select(count => LeastRarity + Math.Min(MaxRarity, Math.Log(1 + ((texts.Count - count + 0.5) / (count + 0.5)))))];
    }

    public bool Contains(Word word) => Of(word).Length > 0;

    /// <summary>Weight of the asked word that this is a form of; 0 where it is of none.</summary>
    public double Weight(Word word, double filterWeight) => Of(word).Select(match => match.Part * Weight(match.Term, filterWeight)).DefaultIfEmpty(0).Max();

    /// <summary>The part of the question's weight that a text holds, 0 to 1.</summary>
    /// <param name="filterWeight">What a word of a filter weighs: its report may have said before what place it speaks of.</param>
    public double Share(IEnumerable<Word> text, double filterWeight)
    {
        var parts = Parts(text);
        var (sum, total) = (0.0, 0.0);
        for (var term = 0; term < parts.Length; term++)
        {
            var weight = Weight(term, filterWeight);
            sum += weight * parts[term];
            total += weight;
        }

        return total == 0 ? 0 : sum / total;
    }

    public bool IsContent(Word word) => !FunctionWords.Contains(word.Lower, language) && (language != FunctionWords.English || !StopWords.Contains(word.Lower));

    private double Weight(int term, double filterWeight) => terms[term].Prior * rarity[term] * (terms[term].IsFilter ? filterWeight : 1);

    private double[] Parts(IEnumerable<Word> text)
    {
        var parts = new double[terms.Count];
        foreach (var word in text)
        {
            foreach (var (term, part) in Of(word))
                parts[term] = Math.Max(parts[term], part);
        }

        return parts;
    }

    private (int Term, double Part)[] Of(Word word)
    {
        if (!matches.TryGetValue(word.Lower, out var found))
        {
            var key = Key(word.Lower);
            found = IsContent(word)
                ? [.. terms.Select((term, place) => (place, part: Likeness(term, key, word.Lower))).Where(match => match.part > 0)]
                : [];
            matches[word.Lower] = found;
        }

        return found;
    }

    private string Key(string lower) => language == FunctionWords.English ? Concepts.Of(Stemmer.Stem(lower)) : lower;

    /// <summary>1 for the same word, less for what is likely to be a form or a compound of it.</summary>
    private double Likeness(Term term, string key, string lower)
    {
        if (term.Key == key)
            return 1;
        if (char.IsDigit(lower[0]) || char.IsDigit(term.Lower[0]))
            return 0;
        var (shorter, longer) = (Math.Min(lower.Length, term.Lower.Length), Math.Max(lower.Length, term.Lower.Length));
        var common = lower.AsSpan().CommonPrefixLength(term.Lower);
        if (language == FunctionWords.English)
            return common >= 6 && longer - common <= 4 ? 0.6 : 0;
        if (common >= 4 && common >= 0.6 * longer)
            return 0.85;
        // Compounds are written as one word.
        if (language is "de" or "nl" && shorter >= 5)
            return common >= 6 || lower.Contains(term.Lower, StringComparison.Ordinal) || term.Lower.Contains(lower, StringComparison.Ordinal) ? 0.6 : 0;
        return common >= 6 && longer - common <= 4 ? 0.6 : 0;
    }

    private sealed record Term(string Key, string Lower, double Prior, bool IsFilter);

    /// <summary>Words of any report in a town, and of any question.</summary>
    private static readonly HashSet<string> Faint =
    [
        .. ("street avenue road drive lane house city new old long report complaint issue problem place location area name call kind sort type state happen happened"
            + " lie lies stand stands big small way part thing day week month time year people somebody want ask leave find see tell bring put").Split(' ')
            .Select(word => Concepts.Of(Stemmer.Stem(word))),
    ];
}
