using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>What a question's words weigh: names and numbers say most, words of any report in any town hardly anything.</summary>
internal sealed class AskedWords
{
    private readonly Dictionary<string, double> weights = [];

    private AskedWords()
    {
    }

    private double Total => weights.Values.Sum();

    /// <param name="question">As it was asked: its filters are words to be found too.</param>
    /// <param name="topic">The words besides its filters.</param>
    /// <param name="filterWeight">What a word of a filter weighs.</param>
    public static AskedWords Of(string question, IReadOnlyList<string> topic, double filterWeight)
    {
        var asked = new AskedWords();
        var about = topic.Select(word => Concepts.Of(Stemmer.Stem(word))).ToHashSet();
        foreach (var (place, word) in Words.Of(question).Index().Where(word => !StopWords.Contains(word.Item.Lower)))
        {
            var concept = Concepts.Of(word.Stem);
            var name = place > 0 && word.IsCapitalised || char.IsDigit(word.Lower[0]);
            var weight = Faint.Contains(concept) ? 0.25 : (name ? 1.3 : 1) * (about.Count == 0 || about.Contains(concept) ? 1 : filterWeight);
            asked.weights[concept] = Math.Max(weight, asked.weights.GetValueOrDefault(concept));
        }

        return asked;
    }

    public bool Contains(Word word) => weights.ContainsKey(Concepts.Of(word.Stem));

    /// <summary>The part of the weight that a text holds, 0 to 1.</summary>
    public double Share(IEnumerable<Word> text) => weights.Count == 0 ? 0 : Held(text) / Total;

    /// <summary>Weight of the asked words that a text holds.</summary>
    public double Held(IEnumerable<Word> text)
    {
        var held = text.Select(word => Concepts.Of(word.Stem)).ToHashSet();
        return weights.Where(weight => held.Contains(weight.Key)).Sum(weight => weight.Value);
    }

    /// <summary>Words of any report in a town, and of any question.</summary>
    private static readonly HashSet<string> Faint =
    [
        .. ("street avenue road drive lane house city new old long report complaint issue problem place location area name call kind sort type state happen happened"
            + " lie lies stand stands big small way part thing day week month time year people somebody want ask leave find see tell bring put").Split(' ')
            .Select(word => Concepts.Of(Stemmer.Stem(word))),
    ];
}
