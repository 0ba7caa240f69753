namespace DomainFlow.Playbooks.Language;

/// <summary>The words that a hashtag runs together: #HurricaneSandy by its capitals, #yycflood by a known word at one of its ends.</summary>
internal static class Hashtags
{
    private const int LongestTag = 60;

    /// <summary>Shorter words end too many others: Rotterdam is no dam.</summary>
    private const int LeastKnown = 4;

    /// <summary>What strikes places everywhere, in the languages of the templates.</summary>
    public static IReadOnlySet<string> Hazards { get; } = new HashSet<string>(
        ("flood floods flooding flooded fire fires wildfire wildfires bushfire bushfires earthquake earthquakes quake quakes storm storms hurricane typhoon cyclone "
            + "tornado tornadoes tsunami landslide landslides mudslide avalanche blizzard snow drought eruption volcano explosion crash derailment bombing "
            + "heatwave outage blackout evacuation evacuations disaster aftershock hochwasser uberschwemmung erdbeben waldbrand brand sturm unwetter "
            + "inundacion inundaciones incendio incendios terremoto sismo temblor tormenta huracan inondation inondations seisme tempete incendie "
            + "alluvione alluvioni tempesta enchente enchentes inundacao overstroming aardbeving").Split(' '));

    /// <summary>The text's words, and after each hashtag those that it is made of.</summary>
    /// <param name="known">Folded words of the domain that may stand at an end of a hashtag.</param>
    public static List<Word> WithWords(string text, IReadOnlySet<string> known)
    {
        var words = Words.Of(text);
        if (!text.Contains('#', StringComparison.Ordinal))
            return words;
        var all = new List<Word>(words.Count + 8);
        foreach (var word in words)
        {
            all.Add(word);
            if (IsTag(text, word))
                all.AddRange(Parts(word, known));
        }

        return all;
    }

    public static bool IsTag(string text, Word word) => word.Start > 0 && text[word.Start - 1] is '#' or '＃';

    /// <summary>The words of a hashtag, where they stand in the text; none where it is one word.</summary>
    public static IReadOnlyList<Word> Parts(Word tag, IReadOnlySet<string> known)
    {
        if (tag.Length > LongestTag)
            return [];
        var parts = new List<Word>();
        var start = 0;
        for (var at = 1; at <= tag.Length; at++)
        {
            if (at < tag.Length && !IsSeam(tag.Text, at))
                continue;
            Split(tag, start, at, known, parts);
            start = at;
        }

        return parts.Count > 1 ? parts : [];
    }

    /// <summary>Between a small letter and a capital, before the last capital of several, between letters and digits.</summary>
    private static bool IsSeam(string text, int at) =>
        (char.IsUpper(text[at]) && (char.IsLower(text[at - 1]) || (at + 1 < text.Length && char.IsUpper(text[at - 1]) && char.IsLower(text[at + 1]))))
        || char.IsAsciiDigit(text[at]) != char.IsAsciiDigit(text[at - 1]);

    private static void Split(Word tag, int start, int end, IReadOnlySet<string> known, List<Word> parts)
    {
        bool Knows(int from, int to) => to - from >= LeastKnown && Words.Fold(tag.Text[from..to]) is var word && (known.Contains(word) || Hazards.Contains(word));
        if (!Knows(start, end))
        {
            for (var length = Math.Min(end - start - 2, LongestTag); length >= LeastKnown; length--)
            {
                var seam = Knows(end - length, end) ? end - length : Knows(start, start + length) ? start + length : 0;
                if (seam == 0)
                    continue;
                Add(tag, start, seam, parts);
                Add(tag, seam, end, parts);
                return;
            }
        }

        Add(tag, start, end, parts);
    }

    private static void Add(Word tag, int start, int end, List<Word> parts)
    {
        var text = tag.Text[start..end];
        var lower = Words.Fold(text);
        if (lower.Length > 0)
            parts.Add(new Word(tag.Start + start, end - start, text, lower, Stemmer.Stem(lower)));
    }
}
