using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>
/// Names of places by their form, where no gazetteer knows them: what stands behind "in" or "near" with a capital, "Lake X", "X County", an
/// address, a hashtag that ends in what happened. They give words and never a position.
/// </summary>
internal sealed class PlaceNames
{
    private const int MaxFound = 32;
    private const double AddressConfidence = 0.3;
    private const double FeatureConfidence = 0.29;
    private const double NamedConfidence = 0.25;
    private const double StruckConfidence = 0.2;
    private const double TagConfidence = 0.15;

    private readonly string text;
    private readonly IReadOnlySet<string> events;
    private readonly CapitalNames names;
    private readonly bool isGerman;
    private readonly List<Found> found = [];

    private PlaceNames(string text, string? language, IReadOnlySet<string> events)
    {
        (this.text, this.events) = (text, events);
        names = new CapitalNames(text);
        isGerman = language == "de" || names.Words.Exists(word => PlaceForms.GermanWords.Contains(word.Lower));
    }

    /// <param name="Confidence">How surely these words say where it happened, 0 to 1.</param>
    /// <param name="IsAddress">A street, with or without a house.</param>
    public sealed record Found(int Start, string Text, double Confidence, bool IsAddress = false)
    {
        public int End => Start + Text.Length;
    }

    /// <summary>The surest, the first of several; null where the text names no place.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="events">Folded words for what happens in the domain.</param>
    public static Found? Best(string text, string? language, IReadOnlySet<string> events) =>
        All(text, language, events).OrderByDescending(one => one.Confidence).ThenBy(one => one.Start).FirstOrDefault();

    /// <summary>In the order of the text, without overlaps.</summary>
    public static IReadOnlyList<Found> All(string text, string? language, IReadOnlySet<string> events)
    {
        var reader = new PlaceNames(text, language, events);
        for (var at = 0; at < reader.names.Words.Count && reader.found.Count < MaxFound; at++)
            at = Math.Max(at, reader.Read(at));
        return reader.found;
    }

    /// <summary>Reads the place that begins at a word.</summary>
    /// <returns>Its last word; the word before where there is none.</returns>
    private int Read(int at)
    {
        var words = names.Words;
        if (names.IsAddressed(at))
            return at;
        if (Hashtags.IsTag(text, words[at]))
            return Tag(at);
        if (AddressForms.End(names, at) is { } address)
            return Add(at, address, AddressConfidence, isAddress: true);
        var end = names.EndOf(at);
        if (end < at || IsEvent(words[at].Lower))
            return at - 1;
        var isFeature = IsFeature(at, end);
        if (isFeature)
            return Add(at, WithRegion(end), FeatureConfidence);
        if (PlaceForms.Titles.Contains(words[at].Lower))
            return end;
        if (at > 0 && IsPlaced(at) && !IsGermanNoun(at, end))
            return Add(at, WithRegion(end), NamedConfidence);
        if (!names.IsHeadline && !isGerman && Region(end) is { } code && words[code].Text.Length == 2)
            return Add(at, code, FeatureConfidence);
        if (!names.IsHeadline && !isGerman && IsStruck(at, end) is { } last)
            return Add(at, last, StruckConfidence);
        return end;
    }

    private int Add(int first, int last, double confidence, bool isAddress = false)
    {
        found.Add(new Found(names.Words[first].Start, names.Text(first, last), confidence, isAddress));
        return last;
    }

    /// <summary>"Lake Tahoe", "Boulder County", "Rio Grande".</summary>
    private bool IsFeature(int first, int last)
    {
        if (last == first)
            return false;
        var (one, other) = (names.Words[first].Lower, names.Words[last].Lower);
        if (PlaceForms.Generic.Contains(one))
            return false;
        return PlaceForms.Before.Contains(one) || (PlaceForms.After.Contains(other) && !IsEvent(one) && !(names.IsShouted && names.BeginsSentence(first)));
    }

    /// <summary>Whether a preposition before it says that it is a place.</summary>
    private bool IsPlaced(int at)
    {
        if (names.IsShouted || names.Before(at).Trim('#') is not " ")
            return false;
        var before = names.Words[at - 1];
        if (PlaceForms.Directions.Contains(before.Lower) && at > 1)
            return PlaceForms.Prepositions.Contains(names.Words[at - 2].Lower);
        // In a headline a preposition with a capital is no more a sign than the name's own.
        if (names.IsHeadline && before.IsCapitalised)
            return false;
        return PlaceForms.Prepositions.Contains(before.Lower) || (before.Lower is "of" or "de" or "von" && at > 1 && PlaceForms.PartsOf.Contains(names.Words[at - 2].Lower));
    }

    /// <summary>German writes all nouns large: "in Gefahr", "bei Regen", "in Zeitungen".</summary>
    private bool IsGermanNoun(int first, int last) => isGerman && first == last
        && (PlaceForms.GermanIdioms.Contains(names.Words[first].Lower)
            || Array.Exists(PlaceForms.GermanEndings, ending => names.Words[first].Lower.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>The name with the region behind its comma: "High River, Alberta".</summary>
    private int WithRegion(int last) => Region(last) ?? last;

    private int? Region(int last)
    {
        var next = last + 1;
        if (next >= names.Words.Count || names.After(last) is not ", " || !names.Words[next].IsCapitalised)
            return null;
        var word = names.Words[next].Text;
        if (word.Length == 2 && word.All(char.IsAsciiLetterUpper) && !names.IsShouted && word is not ("OK" or "TV" or "PM" or "AM" or "RT"))
            return next;
        var end = names.EndOf(next);
        if (end < next || end > next + 1 || isGerman)
            return null;
        return end + 1 >= names.Words.Count || names.After(end).IndexOfAny(".,!?;:#)\n-") >= 0 || PlaceForms.FollowsPlace.Contains(names.Words[end + 1].Lower) ? end : null;
    }

    /// <summary>"Calgary floods", "quake hits Costa Rica".</summary>
    private int? IsStruck(int first, int last)
    {
        var next = last + 1;
        var begins = names.BeginsSentence(first);
        if (first > 0 && !begins && names.Before(first) is " " && PlaceForms.Strikes.Contains(names.Words[first - 1].Lower))
            return last;
        // "Colorado Flood": what happened ends the name.
        if (last > first && Hashtags.Hazards.Contains(names.Words[last].Lower))
            (last, next) = (last - 1, last);
        if (next >= names.Words.Count || names.Before(next) is not " " || !Hashtags.Hazards.Contains(names.Words[next].Lower))
            return null;
        var lower = names.Words[first].Lower;
        return PlaceForms.Generic.Contains(lower) || Hashtags.Hazards.Contains(lower) || lower.EndsWith("ing", StringComparison.Ordinal)
            || lower.EndsWith("ed", StringComparison.Ordinal) || lower.EndsWith("ive", StringComparison.Ordinal) || lower.EndsWith("ous", StringComparison.Ordinal)
            || lower.EndsWith("ly", StringComparison.Ordinal) || lower.EndsWith("est", StringComparison.Ordinal) ? null : last;
    }

    /// <summary>"in #boulder", "#yycflood", "#ColoradoFloods"; the name of a storm comes after its kind and is no place.</summary>
    private int Tag(int at)
    {
        var word = names.Words[at];
        if (at > 0 && IsPlaced(at) && !IsEvent(word.Lower) && !CapitalNames.IsNoName(word.Lower) && char.IsLetter(word.Text[0]) && Hashtags.Parts(word, events).Count == 0)
            return Add(at, at, NamedConfidence);
        var parts = Hashtags.Parts(word, events);
        if (parts.Count < 2 || !IsEvent(parts[^1].Lower) || IsEvent(parts[0].Lower) || parts.Take(parts.Count - 1).Any(IsNoPlace))
            return at;
        found.Add(new Found(parts[0].Start, text[parts[0].Start..parts[^2].End], TagConfidence));
        return at;
    }

    private static bool IsNoPlace(Word part) =>
        PlaceForms.Generic.Contains(part.Lower) || StopWords.Contains(part.Lower) || CapitalNames.IsNoName(part.Lower) || !char.IsLetter(part.Text[0]);

    private bool IsEvent(string lower) => events.Contains(lower) || Hashtags.Hazards.Contains(lower);
}
