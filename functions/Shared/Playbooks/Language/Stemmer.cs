namespace DomainFlow.Playbooks.Language;

/// <summary>A light English stemmer: plurals, -ing, -ed, -ly and a few noun endings. Forms of one word meet; it need not be a word.</summary>
internal static class Stemmer
{
    private static readonly (string Ending, string Left)[] Endings =
    [
        ("ational", "ate"), ("ization", "ize"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
        ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""), ("ingly", ""), ("edly", ""), ("ings", ""), ("ing", ""),
        ("ages", ""), ("age", ""), ("ied", "y"), ("ies", "y"), ("ed", ""), ("ly", ""), ("ers", ""), ("er", ""),
    ];

    private static readonly string[] SibilantPlurals = ["sses", "shes", "ches", "xes", "zzes"];

    public static string Stem(string word)
    {
        if (word.Length < 4 || !char.IsAsciiLetter(word[^1]))
            return word;
        var stem = Array.Exists(SibilantPlurals, plural => word.EndsWith(plural, StringComparison.Ordinal)) ? word[..^2] : word;
        foreach (var (ending, left) in Endings)
        {
            if (!stem.EndsWith(ending, StringComparison.Ordinal) || stem.Length - ending.Length < 3)
                continue;
            stem = stem[..^ending.Length] + left;
            return Finish(stem);
        }

        if (stem.EndsWith('s') && !stem.EndsWith("ss", StringComparison.Ordinal) && !stem.EndsWith("us", StringComparison.Ordinal) && stem.Length > 3)
            stem = stem[..^1];
        return Finish(stem);
    }

    private static string Finish(string stem)
    {
        if (stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z' or 'e' or 'o'))
            stem = stem[..^1];
        if (stem.Length > 3 && stem[^1] == 'e')
            stem = stem[..^1];
        return stem.Length > 3 && stem[^1] == 'y' ? stem[..^1] + "i" : stem;
    }
}
