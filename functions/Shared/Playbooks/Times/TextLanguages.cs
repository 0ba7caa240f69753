namespace DomainFlow.Playbooks.Times;

/// <summary>The languages that a text is plausibly written in, by its common words and time words; the given language weighs as one word more.</summary>
internal static class TextLanguages
{
    private const double LeastShare = 0.5;
    private const int Most = 3;

    /// <summary>The likeliest first.</summary>
    public static List<Lexicon> Of(TextTokens tokens, string? language)
    {
        var all = Lexicon.All;
        var scores = new double[all.Count];
        var given = Lexicon.Of(language);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = all[i] == given ? 1 : given is null && all[i].Language == "en" ? 0.5 : 0;
        Span<int> knowing = stackalloc int[scores.Length];
        for (var at = 0; at < tokens.Count; at++)
        {
            if (!tokens.IsWord(at))
                continue;
            var count = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                if (all[i].Knows(tokens.Key(at)))
                    knowing[count++] = i;
            }

            foreach (var i in knowing[..count])
                scores[i] += 1.0 / count;
        }

        AddLetters(tokens.Text, all, scores);
        var best = scores.Max();
        return [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] > 0 && scores[i] >= LeastShare * best)
            .OrderByDescending(i => scores[i]).Take(Most).Select(i => all[i])];
    }

    /// <summary>Letters that one language has more than the others.</summary>
    private static void AddLetters(string text, IReadOnlyList<Lexicon> all, double[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var letters = all[i].Language switch { "de" => "ßäöüÄÖÜ", "es" => "ñ¿¡", "pt" => "ãõ", "fr" => "êèœû", "it" => "ìò", _ => "" };
            if (letters.Length > 0 && text.AsSpan().IndexOfAny(letters) >= 0)
                scores[i] += 1;
        }
    }
}
