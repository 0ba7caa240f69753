namespace DomainFlow.Playbooks.Language;

/// <summary>Where each stem of a text stands, so that a phrase is looked for only where its first word is.</summary>
internal sealed class StemIndex
{
    /// <summary>A word that comes again and again says nothing new.</summary>
    private const int MostPlaces = 64;

    private readonly IReadOnlyList<Word> words;
    private readonly Dictionary<string, List<int>> places = [];

    public StemIndex(IReadOnlyList<Word> words)
    {
        this.words = words;
        for (var at = 0; at < words.Count; at++)
        {
            if (!places.TryGetValue(words[at].Stem, out var list))
                places[words[at].Stem] = list = [];
            if (list.Count < MostPlaces)
                list.Add(at);
        }
    }

    public int Count(string[] phrase) => Places(phrase).Count();

    /// <summary>The word at which the phrase first begins; -1 where it does not stand.</summary>
    public int First(string[] phrase) => Places(phrase).FirstOrDefault(-1);

    private IEnumerable<int> Places(string[] phrase) =>
        phrase.Length > 0 && places.TryGetValue(phrase[0], out var list) ? list.Where(at => Stands(phrase, at)) : [];

    private bool Stands(string[] phrase, int at)
    {
        if (at + phrase.Length > words.Count)
            return false;
        for (var i = 1; i < phrase.Length; i++)
        {
            if (words[at + i].Stem != phrase[i])
                return false;
        }

        return true;
    }
}
