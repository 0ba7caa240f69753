namespace DomainFlow.Playbooks.Language;

/// <summary>The English stemmer known as Porter2: forms of one word meet; what is left need not be a word. Takes lower case without apostrophes.</summary>
internal static class Stemmer
{
    private static readonly Dictionary<string, string> Exceptions =
        ("skis ski skies sky dying die lying lie tying tie idly idl gently gentl ugly ugli early earli only onli singly singl"
            + " sky sky news news howe howe atlas atlas cosmos cosmos bias bias andes andes").Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly HashSet<string> DoneAfterPlural = ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

    private static readonly (string Ending, string Left)[] LongEndings =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"),
        ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Ending, string Left)[] MiddleEndings =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] LastEndings =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    public static string Stem(string word)
    {
        if (word.Length < 3 || !char.IsAsciiLetter(word[^1]))
            return word;
        if (Exceptions.TryGetValue(word, out var exception))
            return exception;
        var letters = Consonants(word);
        var (first, second) = Regions(letters);
        letters = Plural(letters);
        if (DoneAfterPlural.Contains(letters))
            return letters;
        letters = Past(letters, first);
        if (letters.Length > 2 && letters[^1] is 'y' or 'Y' && !IsVowel(letters[^2]))
            letters = letters[..^1] + "i";
        letters = Long(letters, first);
        letters = Middle(letters, first, second);
        letters = Last(letters, second);
        return Silent(letters, first, second).Replace('Y', 'y');
    }

    /// <summary>A y at the start or behind a vowel is a consonant: written Y.</summary>
    private static string Consonants(string word)
    {
        if (!word.Contains('y', StringComparison.Ordinal))
            return word;
        var letters = word.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (letters[i] == 'y' && (i == 0 || IsVowel(letters[i - 1])))
                letters[i] = 'Y';
        }

        return new string(letters);
    }

    /// <summary>Where the regions begin in which endings may be taken off: behind the first consonant after a vowel, and once more from there.</summary>
    private static (int First, int Second) Regions(string letters)
    {
        var first = letters.StartsWith("gener", StringComparison.Ordinal) || letters.StartsWith("arsen", StringComparison.Ordinal) ? 5
            : letters.StartsWith("commun", StringComparison.Ordinal) ? 6
            : After(letters, 0);
        return (first, After(letters, first));
    }

    private static int After(string letters, int from)
    {
        for (var i = from + 1; i < letters.Length; i++)
        {
            if (!IsVowel(letters[i]) && IsVowel(letters[i - 1]))
                return i + 1;
        }

        return letters.Length;
    }

    private static string Plural(string letters)
    {
        if (Ends(letters, "sses"))
            return letters[..^2];
        if (Ends(letters, "ied") || Ends(letters, "ies"))
            return letters.Length > 4 ? letters[..^2] : letters[..^1];
        return letters[^1] == 's' && !Ends(letters, "us") && !Ends(letters, "ss") && HasVowel(letters, letters.Length - 2) ? letters[..^1] : letters;
    }

    private static string Past(string letters, int first)
    {
        foreach (var ending in (ReadOnlySpan<string>)["eedly", "eed"])
        {
            if (Ends(letters, ending))
                return letters.Length - ending.Length >= first ? letters[..^ending.Length] + "ee" : letters;
        }

        foreach (var ending in (ReadOnlySpan<string>)["ingly", "edly", "ing", "ed"])
        {
            if (Ends(letters, ending))
                return HasVowel(letters, letters.Length - ending.Length) ? Mended(letters[..^ending.Length], first) : letters;
        }

        return letters;
    }

    private static string Mended(string letters, int first)
    {
        if (Ends(letters, "at") || Ends(letters, "bl") || Ends(letters, "iz"))
            return letters + "e";
        if (letters.Length > 1 && letters[^1] == letters[^2] && "bdfgmnprt".Contains(letters[^1], StringComparison.Ordinal))
            return letters[..^1];
        return letters.Length <= first && EndsInShortSyllable(letters) ? letters + "e" : letters;
    }

    private static string Long(string letters, int first)
    {
        foreach (var (ending, left) in LongEndings)
        {
            if (!Ends(letters, ending))
                continue;
            var rest = letters.Length - ending.Length;
            var allowed = ending switch
            {
                "ogi" => rest > 0 && letters[rest - 1] == 'l',
                "li" => rest > 0 && "cdeghkmnrt".Contains(letters[rest - 1], StringComparison.Ordinal),
                _ => true,
            };
            return rest >= first && allowed ? letters[..rest] + left : letters;
        }

        return letters;
    }

    private static string Middle(string letters, int first, int second)
    {
        foreach (var (ending, left) in MiddleEndings)
        {
            if (!Ends(letters, ending))
                continue;
            var rest = letters.Length - ending.Length;
            return rest >= (ending == "ative" ? second : first) ? letters[..rest] + left : letters;
        }

        return letters;
    }

    private static string Last(string letters, int second)
    {
        foreach (var ending in LastEndings)
        {
            if (!Ends(letters, ending))
                continue;
            var rest = letters.Length - ending.Length;
            return rest >= second && (ending != "ion" || (rest > 0 && letters[rest - 1] is 's' or 't')) ? letters[..rest] : letters;
        }

        return letters;
    }

    private static string Silent(string letters, int first, int second)
    {
        var rest = letters.Length - 1;
        return letters[^1] switch
        {
            'e' when rest >= second || (rest >= first && !EndsInShortSyllable(letters[..^1])) => letters[..^1],
            'l' when rest >= second && letters[^2] == 'l' => letters[..^1],
            _ => letters,
        };
    }

    private static bool EndsInShortSyllable(string letters) => letters.Length switch
    {
        2 => IsVowel(letters[0]) && !IsVowel(letters[1]),
        > 2 => !IsVowel(letters[^3]) && IsVowel(letters[^2]) && !IsVowel(letters[^1]) && letters[^1] is not ('w' or 'x' or 'Y'),
        _ => false,
    };

    private static bool HasVowel(string letters, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (IsVowel(letters[i]))
                return true;
        }

        return false;
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static bool Ends(string letters, string ending) => letters.EndsWith(ending, StringComparison.Ordinal);
}
