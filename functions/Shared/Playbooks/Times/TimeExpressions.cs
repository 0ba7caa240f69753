namespace DomainFlow.Playbooks.Times;

/// <summary>Finds the times that a text speaks of, counted from a reference moment in a time zone. Reads English, German, Spanish, French, Italian,
/// Portuguese, Dutch and Thai. One pass without regular expressions: work and memory are linear in the text.</summary>
public static class TimeExpressions
{
    /// <summary>Phrases read from one text; what comes after them is not read.</summary>
    private const int Most = 500;

    /// <summary>In the order of the text. "since Monday" and "for three days" reach up to the reference. Never throws because of the text.</summary>
    /// <param name="reference">When it was written. Outside the years 1950 to 2150 nothing is found.</param>
    /// <param name="timeZone">IANA name.</param>
    /// <param name="language">ISO 639-1 code of the report or its domain; the text's own words may say otherwise. Null where it is not known.</param>
    /// <exception cref="ArgumentException">There is no such zone.</exception>
    public static IReadOnlyList<TimeMention> Find(
        string text, DateTimeOffset reference, string timeZone, string? language, CancellationToken cancellationToken)
    {
        var clock = new LocalClock(reference, LocalClock.Zone(timeZone), language);
        if (reference.Year is < 1950 or > 2150)
            return [];
        var tokens = new TextTokens(text);
        var languages = TextLanguages.Of(tokens, language);
        var readers = languages.Select(lexicon => new PhraseReader(tokens, lexicon, languages[0], clock)).ToList();
        return new Composer(readers[0]).Mentions(Atoms.Find(readers, Most, cancellationToken));
    }
}
