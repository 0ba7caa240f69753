namespace DomainFlow.Playbooks.Places;

/// <summary>Finds words of a vocabulary within a bounded edit distance: one from five letters on, two from nine on. Deletions are looked up, not scanned
/// for.</summary>
internal sealed class Spelling
{
    private readonly HashSet<string> vocabulary;
    private readonly Dictionary<string, List<string>> byDeletion = [];
    private readonly int longest;

    public Spelling(IEnumerable<string> words)
    {
        vocabulary = [.. words];
        longest = vocabulary.Select(word => word.Length).DefaultIfEmpty().Max();
        foreach (var word in vocabulary.Where(word => word.Length >= 4 && word.All(char.IsLetter)))
        {
            foreach (var shorter in Deletions(word, Allowed(word.Length + 1)))
            {
                if (!byDeletion.TryGetValue(shorter, out var list))
                    byDeletion[shorter] = list = [];
                list.Add(word);
            }
        }
    }

    /// <summary>Near words of one that are looked at.</summary>
    private const int MostNear = 8;

    /// <summary>A longer word has too many deletions of two letters to look them all up.</summary>
    private const int LongestTwice = 16;

    public bool Knows(string word) => vocabulary.Contains(word);

    /// <summary>The nearest words, nearest first, then by name; empty for words that are short or known.</summary>
    public IReadOnlyList<(string Word, int Distance)> Near(string word)
    {
        var allowed = Math.Min(Allowed(word.Length), word.Length > LongestTwice ? 1 : 2);
        // A word's deletions grow with the square of its length: one that nothing can be near has none made.
        if (allowed == 0 || word.Length > longest + allowed || Knows(word) || !word.All(char.IsLetter))
            return [];
        return [.. Deletions(word, allowed)
            .SelectMany(shorter => byDeletion.GetValueOrDefault(shorter) ?? [])
            .Distinct()
            .Where(other => other[0] == word[0])
            .Select(other => (other, Distance(word, other)))
            .Where(found => found.Item2 <= allowed)
            .OrderBy(found => found.Item2)
            .ThenBy(found => found.other, StringComparer.Ordinal)
            .Take(MostNear)];
    }

    private static int Allowed(int length) => length switch { < 5 => 0, < 9 => 1, _ => 2 };

    private static HashSet<string> Deletions(string word, int count)
    {
        var all = new HashSet<string> { word };
        var last = new HashSet<string> { word };
        for (var round = 0; round < count; round++)
        {
            last = [.. last.SelectMany(text => Enumerable.Range(0, text.Length).Select(place => text.Remove(place, 1)))];
            all.UnionWith(last);
        }

        return all;
    }

    /// <summary>Edits, where swapping two neighbours is one.</summary>
    internal static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[left.Length, right.Length];
    }
}
