using System.Collections.Frozen;
using System.Globalization;

namespace DomainFlow.Playbooks.Times;

/// <summary>One meaning of a word, or of the words that begin with it.</summary>
internal readonly record struct Sense(Term Term, int Value, string[] Rest);

/// <summary>The time words of one language. Built from a table of lines <c>term value: word word</c>; an underscore joins words to a phrase, and in a
/// line <c>term*: a b | c</c> the groups count from 0. Words are folded.</summary>
internal sealed class Lexicon
{
    private static readonly Lazy<FrozenDictionary<string, Lexicon>> Built = new(() => new[]
    {
        new Lexicon("en", Lexicons.English.Table), new Lexicon("de", Lexicons.German.Table), new Lexicon("es", Lexicons.Spanish.Table),
        new Lexicon("fr", Lexicons.French.Table), new Lexicon("it", Lexicons.Italian.Table), new Lexicon("pt", Lexicons.Portuguese.Table),
        new Lexicon("nl", Lexicons.Dutch.Table), new Lexicon("th", Lexicons.Thai.Table),
    }.ToFrozenDictionary(lexicon => lexicon.Language));

    private readonly FrozenDictionary<string, Sense[]>.AlternateLookup<ReadOnlySpan<char>> words;

    private Lexicon(string language, string table)
    {
        Language = language;
        var senses = new Dictionary<string, List<Sense>>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Add(senses, line);
        words = senses.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.OrderByDescending(sense => sense.Rest.Length).ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static IReadOnlyList<Lexicon> All => Built.Value.Values;

    public string Language { get; }

    public static Lexicon? Of(string? language) =>
        language is { Length: >= 2 } && Built.Value.TryGetValue(language[..2].ToLowerInvariant(), out var found) ? found : null;

    public ReadOnlySpan<Sense> Senses(ReadOnlySpan<char> word) => words.TryGetValue(word, out var senses) ? senses : [];

    public bool Knows(ReadOnlySpan<char> word) => words.ContainsKey(word);

    private static void Add(Dictionary<string, List<Sense>> senses, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var head = line[..colon].Split(' ');
        var counted = head[0].EndsWith('*');
        var term = Enum.Parse<Term>(head[0].TrimEnd('*'), ignoreCase: true);
        var value = head.Length > 1 ? int.Parse(head[1], CultureInfo.InvariantCulture) : 0;
        foreach (var group in line[(colon + 1)..].Split('|'))
        {
            foreach (var phrase in group.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Add(senses, Folding.Of(phrase).Split('_'), term, value);
            value += counted ? 1 : 0;
        }
    }

    private static void Add(Dictionary<string, List<Sense>> senses, string[] phrase, Term term, int value)
    {
        if (!senses.TryGetValue(phrase[0], out var list))
            senses[phrase[0]] = list = [];
        list.Add(new Sense(term, value, phrase[1..]));
    }
}
