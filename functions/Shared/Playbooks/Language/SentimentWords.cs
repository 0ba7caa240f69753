namespace DomainFlow.Playbooks.Language;

/// <summary>The tone of a text by a small lexicon; a denial before a word turns it round.</summary>
internal static class SentimentWords
{
    private static readonly HashSet<string> Positive = Stems(
        "thanks thank grateful great good excellent happy glad pleased wonderful appreciate beautiful helpful fixed improved nice love lovely quick"
            + " quickly polite clean safe resolved perfect "
        + "fantastic amazing awesome friendly kind efficient satisfied better best");

    private static readonly HashSet<string> Negative = Stems(
        "bad terrible awful horrible disgusting dirty filthy dangerous unsafe broken damaged angry annoying annoyed frustrated frustrating upset worst"
            + " worse ignored neglected ridiculous disgrace "
        + "disgraceful unacceptable smell smells stink stinking rotten noisy loud blocked flooded leaking illegal dumped dumping abandoned hazard scared"
        + " afraid fear worried tired sick complain problem "
        + "nuisance mess ugly vandalized vandalism graffiti rats trash garbage threatening accident injured hurt danger hazardous fail failed failing"
        + " useless disappointed poor rude overgrown");

    private static readonly HashSet<string> Denials = ["no", "not", "never", "isnt", "wasnt", "dont", "doesnt", "didnt", "cant", "cannot", "hardly", "without",
        "wont"];

    /// <summary>positive, neutral or negative.</summary>
    public static string Tone(string text)
    {
        var words = Words.Of(text);
        var sum = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var value = Positive.Contains(words[i].Stem) ? 1 : Negative.Contains(words[i].Stem) ? -1 : 0;
            sum += i > 0 && Denials.Contains(words[i - 1].Lower) || (i > 1 && Denials.Contains(words[i - 2].Lower)) ? -value : value;
        }

        return sum > 0 ? "positive" : sum < 0 ? "negative" : "neutral";
    }

    private static HashSet<string> Stems(string words) => [.. words.Split(' ').Select(Stemmer.Stem)];
}
