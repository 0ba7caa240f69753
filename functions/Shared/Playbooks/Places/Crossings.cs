using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>Two streets that meet: "corner of A and B", "A & B", "A / B", "A at B".</summary>
internal static class Crossings
{
    public const string Kind = "crossing";

    public static IEnumerable<PlaceMatch> Join(string text, List<Word> words, List<Gazetteer.Found> found)
    {
        for (var i = 0; i + 1 < found.Count; i++)
        {
            var (first, second) = (found[i], found[i + 1]);
            if (first.Entries[0].IsStreet && second.Entries[0].IsStreet && first.Entries[0].Place != second.Entries[0].Place
                && IsJoint(text[words[first.LastWord].End..words[second.FirstWord].Start]))
                yield return Match(text, words, first, second);
        }
    }

    private static bool IsJoint(string between) =>
        between.Trim(' ', ',', '.').ToLowerInvariant(
            ) is "and" or "&" or "/" or "@" or "at" or "x" or "and the" or "corner of" or "cor" or "near" or "intersection with";

    private static PlaceMatch Match(string text, List<Word> words, Gazetteer.Found first, Gazetteer.Found second)
    {
        var (a, b) = (first.Entries[0].Place, second.Entries[0].Place);
        var start = words[first.FirstWord].Start;
        var meet = first.Entries.Count == 1 && second.Entries.Count == 1
            && Geo.Metres(a.Longitude, a.Latitude, b.Longitude, b.Latitude) <= a.RadiusMetres + b.RadiusMetres;
        // The crossing lies within reach of both; the shorter street pins it down better.
        var share = a.RadiusMetres + b.RadiusMetres > 0 ? a.RadiusMetres / (a.RadiusMetres + b.RadiusMetres) : 0.5;
        return new PlaceMatch(
            start,
            text[start..words[second.LastWord].End],
            $"{a.Name} & {b.Name}",
            Kind,
            meet ? a.Longitude + ((b.Longitude - a.Longitude) * share) : null,
            meet ? a.Latitude + ((b.Latitude - a.Latitude) * share) : null,
            Math.Min(a.RadiusMetres, b.RadiusMetres),
            meet ? Math.Min(first.Score, second.Score) : 0.3);
    }
}
