using System.Text.RegularExpressions;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>
/// A domain's places, indexed once for each version of its configuration. Finds them in text by name and alias, with abbreviations (St., Ave.),
/// house numbers, crossings and small misspellings. Safe to share between runs.
/// </summary>
public sealed partial class Gazetteer
{
    private const double ExactScore = 0.95;
    private const double AliasScore = 0.9;
    private const double MisspeltScore = 0.75;
    private const double ShortScore = 0.55;

    /// <summary>What is left of the certainty where the text names another place far away too.</summary>
    private const double Doubt = 0.6;
    private const double FarMetres = 800;

    /// <summary>A street with so many times the known houses of another is what a short name means.</summary>
    private const int Dominance = 4;

    /// <summary>Words of the longest name that is looked for.</summary>
    private const int MostWords = 8;

    /// <summary>Names in one text; whoever lists more says nothing about where it happened.</summary>
    private const int MostFound = 60;

    private readonly Dictionary<string, List<Entry>> byKey = [];
    private readonly Dictionary<string, List<Entry>> byForm = [];
    private readonly Dictionary<string, List<Entry>> byShortKey = [];
    private readonly Spelling spelling;
    private readonly Streets streets;
    private readonly Crossings crossings;
    private readonly int longest;

    public Gazetteer(IReadOnlyList<Place> places)
    {
        streets = new Streets(places);
        crossings = new Crossings(streets);
        foreach (var place in places.Where(place => !Streets.IsCrossing(place)))
        {
            Add(NameKey.Of(place.Name), place, ExactScore);
            foreach (var alias in place.Aliases)
                Add(NameKey.Of(alias), place, AliasScore);
        }

        longest = Math.Min(MostWords, byKey.Keys.Concat(byForm.Keys).Concat(byShortKey.Keys).Select(key => key.Count(' '.Equals) + 1).DefaultIfEmpty(0).Max());
        spelling = new Spelling(byKey.Keys.SelectMany(key => key.Split(' ')));
    }

    /// <summary>The places that a text names, best first; the longest name wins where names overlap.</summary>
    /// <param name="limit">At most this many.</param>
    public IReadOnlyList<PlaceMatch> Find(string text, int limit = 8)
    {
        var read = new GazetteerText(text, spelling);
        var words = read.Words;
        var found = new List<Found>();
        for (var at = 0; at < words.Count && found.Count < MostFound;)
        {
            var match = At(read, at);
            if (match is not null)
                found.Add(match);
            at = match?.LastWord + 1 ?? at + 1;
        }

        var matches = crossings.Join(text, words, found).Concat(found.Select(one => Match(text, words, one))).ToList();
        // A street that is named with a house needs no naming without.
        matches.RemoveAll(match => match.HouseNumber is null && matches.Exists(other => other.HouseNumber is not null && other.Name == match.Name));
        var ranked = WithoutOverlaps(text, matches).Take(limit).ToList();
        if (ranked.Count > 1 && ranked.Skip(1).Any(other => Disagree(ranked[0], other)))
            ranked[0] = ranked[0] with { Score = ranked[0].Score * Doubt };
        return ranked;
    }

    private static bool Disagree(PlaceMatch one, PlaceMatch other) =>
        one.Longitude is { } a && other.Longitude is { } b
        && Geo.Metres(a, one.Latitude!.Value, b, other.Latitude!.Value) > one.RadiusMetres + other.RadiusMetres + FarMetres;

    private void Add(string[] key, Place place, double score)
    {
        if (key.Length == 0)
            return;
        var isStreet = place.Kind is "street" or "road" || StreetTypes.IsStreet(key);
        var entry = new Entry(place, score, isStreet, isStreet && StreetTypes.TakesNumberAfter(key));
        Add(byKey, string.Join(' ', key), entry);
        foreach (var form in NameKey.Forms(key))
            Add(byForm, form, entry);
        if (key.Length > 1 && NameKey.IsStreetWord(key[^1]) && key[0].Length > 2)
            Add(byShortKey, string.Join(' ', key[..^1]), entry with { Score = ShortScore });
    }

    private static void Add(Dictionary<string, List<Entry>> index, string key, Entry entry)
    {
        if (!index.TryGetValue(key, out var entries))
            index[key] = entries = [];
        if (!entries.Exists(other => other.Place == entry.Place))
            entries.Add(entry);
    }

    private Found? At(GazetteerText read, int at)
    {
        var most = read.Reach(at, longest);
        for (var length = most; length > 0; length--)
        {
            if (!read.IsWrittenAsName(at, length))
                continue;
            if (Exact(read, at, length) is { } entries)
                return new Found(at, at + length - 1, entries, entries[0].Score);
            if (Misspelt(read, at, length) is { } near)
                return new Found(at, at + length - 1, near, MisspeltScore);
        }

        var words = read.Words;
        for (var length = most; length > 0; length--)
        {
            if (words[at].IsCapitalised && read.AllCapitalised(at, length) && (IsPlaceLike(words, at) || IsJoined(read.Text, words, at, length))
                && !IsPartOfName(read.Text, words, at, length) && byShortKey.GetValueOrDefault(read.Key(at, length)) is { } shorts)
                return new Found(at, at + length - 1, Usual(shorts), ShortScore);
        }

        return null;
    }

    private List<Entry>? Exact(GazetteerText read, int at, int length)
    {
        var first = read.Words[at];
        // A lone everyday word ("the green", "park") is a name only where it is written like one.
        if (length == 1 && (!first.IsCapitalised || read.IsShouted) && (StopWords.Contains(first.Lower) || first.Lower.Length < 8))
            return null;
        var key = read.Key(at, length);
        return byKey.GetValueOrDefault(key)
            ?? (first.Lower == "st" && length > 1 ? byKey.GetValueOrDefault("saint" + key["street".Length..]) : null)
            ?? byForm.GetValueOrDefault(read.RawKey(at, length))
            ?? byForm.GetValueOrDefault(key);
    }

    private List<Entry>? Misspelt(GazetteerText read, int at, int length)
    {
        if (length == 1 && (!read.Words[at].IsCapitalised || read.Words[at].Lower.Length < 7))
            return null;
        if (!read.MayBeMisspelt(at, length))
            return null;
        var words = read.Window(at, length);
        for (var i = 0; i < words.Length; i++)
        {
            if (spelling.Knows(words[i]))
                continue;
            var near = read.Near(at + i);
            var rest = words;
            var place = i;
            // Several words may be as near: take the one that makes a known name.
            words[i] = near.FirstOrDefault(word => byKey.ContainsKey(string.Join(' ', rest.Select((other, at) => at == place ? word : other)))) ?? near[0];
        }

        return byKey.GetValueOrDefault(string.Join(' ', words));
    }

    private static bool IsPlaceLike(List<Word> words, int at) =>
        at > 0 && (words[at - 1].Lower is "on" or "at" or "near" or "of" or "and" or "along" or "off" or "in" or "between" or "from" or "to" or "by"
            || char.IsAsciiDigit(words[at - 1].Lower[0]));

    /// <summary>"Strong School", "in Fair Haven": the short name of a street only begins the name of something else.</summary>
    private static bool IsPartOfName(string text, List<Word> words, int at, int length) =>
        at + length < words.Count && words[at + length].IsCapitalised && text[words[at + length - 1].End..words[at + length].Start] == " "
        && !StopWords.Contains(words[at + length].Lower);

    /// <summary>Of several streets with one short name the one that has nearly all the houses.</summary>
    private static List<Entry> Usual(List<Entry> entries)
    {
        if (entries.Count < 2)
            return entries;
        var ranked = entries.OrderByDescending(entry => entry.Place.Houses?.Count ?? 0).ToList();
        return ranked[0].Place.Houses?.Count >= Dominance * Math.Max(1, ranked[1].Place.Houses?.Count ?? 0) ? [ranked[0]] : entries;
    }

    /// <summary>"Chapel & Orange", "Orange/Chapel Street".</summary>
    private static bool IsJoined(string text, List<Word> words, int at, int length)
    {
        var before = at == 0 ? "" : text[words[at - 1].End..words[at].Start].Trim();
        var after = at + length >= words.Count ? "" : text[words[at + length - 1].End..words[at + length].Start].Trim();
        return before is "&" or "/" || after is "&" or "/";
    }

    private PlaceMatch Match(string text, List<Word> words, Found found)
    {
        var first = found.Entries[0];
        var number = !first.IsStreet ? null
            : first.HasNumberAfter ? HouseNumbers.After(text, words, found.LastWord, isUsual: true) ?? HouseNumbers.Before(text, words, found.FirstWord)
            : HouseNumbers.Before(text, words, found.FirstWord) ?? HouseNumbers.After(text, words, found.LastWord, isUsual: false);
        var start = Math.Min(number?.Start ?? int.MaxValue, words[found.FirstWord].Start);
        var end = Math.Max(number?.End ?? 0, words[found.LastWord].End);
        var place = first.Place;
        var ambiguous = found.Entries.Count > 1;
        var spot = number is not null && streets.House(place, number.Value) is { } known
            ? known
            : new Spot(place.Longitude, place.Latitude, place.RadiusMetres);
        return new PlaceMatch(
            start,
            text[start..end],
            place.Name,
            place.Kind,
            ambiguous ? null : spot.Longitude,
            ambiguous ? null : spot.Latitude,
            spot.RadiusMetres,
            ambiguous ? 0.3 : Math.Min(0.98, found.Score + (number is null ? 0 : 0.02)),
            number?.Text,
            first.HasNumberAfter);
    }

    private static IEnumerable<PlaceMatch> WithoutOverlaps(string text, IEnumerable<PlaceMatch> matches)
    {
        var kept = new List<PlaceMatch>();
        foreach (var match in matches.OrderByDescending(match => match.Text.Length).ThenBy(match => match.Start))
        {
            if (!kept.Exists(other => match.Start < other.End && other.Start < match.End))
                kept.Add(match);
        }

        var first = kept.Count == 0 ? 0 : kept.Min(match => match.Start);
        return kept.OrderByDescending(match => Rank(text, match, first)).ThenBy(match => match.Start);
    }

    /// <summary>What is narrower says more: a house or a crossing before a street, a street before a quarter. So does what is named first, and where, not
    /// beside what.</summary>
    private static double Rank(string text, PlaceMatch match, int first) =>
        match.Score + (match.HouseNumber is null ? 0 : 0.3) + (match.Kind is Crossings.Kind or Crossings.BlockKind ? 0.3 : 0) - Math.Min(0.2, match.RadiusMetres / 20000)
        + (match.Start == first ? 0.1 : 0) - (Beside().IsMatch(text[Math.Max(0, match.Start - 24)..match.Start]) ? 0.25 : 0);

    [GeneratedRegex(
        @"\b(?:to|towards?|past|from|near|nr|by|opposite|not|than|beyond|until|with|lived?\s+(?:on|in|at)|before|behind)\s+(?:the\s+)?(?:bottom\s+of\s+"
            + @"|end\s+of\s+)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Beside();

    /// <param name="HasNumberAfter">Whether houses are usually written behind the name.</param>
    internal sealed record Entry(Place Place, double Score, bool IsStreet, bool HasNumberAfter);

    internal sealed record Found(int FirstWord, int LastWord, List<Entry> Entries, double Score);
}
