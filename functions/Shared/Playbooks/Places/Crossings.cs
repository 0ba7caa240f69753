using System.Text.RegularExpressions;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>Two streets that meet ("corner of A and B", "A & B", "A / B", "A at B"), and a street between two others.</summary>
internal sealed partial class Crossings(Streets streets)
{
    public const string Kind = "crossing";
    public const string BlockKind = "block";
    private const double BlockMargin = 150;
    private const double UnmetScore = 0.3;

    public IEnumerable<PlaceMatch> Join(string text, List<Word> words, IReadOnlyList<Gazetteer.Found> found)
    {
        var named = found.Where(one => one.Entries[0].IsStreet).ToList();
        for (var i = 0; i + 1 < named.Count; i++)
        {
            var (first, second) = (named[i], named[i + 1]);
            if (first.Entries[0].Place == second.Entries[0].Place)
                continue;
            if (Ends(text, words, first, second))
            {
                // "between A and B": of the street that was named before, or that comes after.
                var along = i > 0 && Along().IsMatch(Between(text, words, named[i - 1], first)) ? named[i - 1]
                    : i + 2 < named.Count && On().IsMatch(Between(text, words, second, named[i + 2])) ? named[i + 2]
                    : null;
                if (along is not null && Block(text, words, along, first, second) is { } block)
                    yield return block;
                else if (IsBetween(text, words, first))
                    yield return Apart(Match(text, words, first, second));
                else if (IsJoint(Between(text, words, first, second)))
                    yield return Match(text, words, first, second);
            }
            else if (IsJoint(Between(text, words, first, second)))
            {
                yield return Match(text, words, first, second);
            }
        }
    }

    private static string Between(string text, List<Word> words, Gazetteer.Found first, Gazetteer.Found second) =>
        text[words[first.LastWord].End..words[second.FirstWord].Start];

    private static bool Ends(string text, List<Word> words, Gazetteer.Found first, Gazetteer.Found second) =>
        (IsBetween(text, words, first) || From().IsMatch(text[Math.Max(0, words[first.FirstWord].Start - 32)..words[first.FirstWord].Start]))
        && IsTo().IsMatch(Between(text, words, first, second));

    private static bool IsBetween(string text, List<Word> words, Gazetteer.Found first) =>
        first.FirstWord > 0 && words[first.FirstWord - 1].Lower is "between" or "btw" or "btwn" or "betw" or "bet";

    private static bool IsJoint(string between) =>
        between.Trim(' ', ',', '.', '\n').ToLowerInvariant() is "and" or "&" or "/" or "@" or "at" or "x" or "and the" or "corner of" or "cor" or "near"
            or "intersection with" or "at the corner of" or "at the intersection of" or "at the intersection with" or "crossing" or "intersecting" or "by"
            or "just off" or "off" or "just before" or "just past" or "+" or "corner" or "cnr" or "corner with" or "und" or "ecke" or "y" or "con" or "esquina"
            or "esquina con" or "esquina a" or "esq" or "et" or "angle" or "à l'angle de" or "angolo" or "e" or "com" or "hoek" or "en" or "met";

    private PlaceMatch Match(string text, List<Word> words, Gazetteer.Found first, Gazetteer.Found second)
    {
        var (a, b, spot) = Meet(first, second);
        var start = words[first.FirstWord].Start;
        return new PlaceMatch(
            start,
            text[start..words[second.LastWord].End],
            $"{a.Name} & {b.Name}",
            Kind,
            spot?.Longitude,
            spot?.Latitude,
            spot?.RadiusMetres ?? Math.Min(a.RadiusMetres, b.RadiusMetres),
            spot is null ? UnmetScore : Math.Min(first.Score, second.Score));
    }

    /// <summary>Of names that could be several streets those two that meet, the closest first.</summary>
    private (Place First, Place Second, Spot? Spot) Meet(Gazetteer.Found first, Gazetteer.Found second)
    {
        var pairs = first.Entries.SelectMany(a => second.Entries.Select(b => (a.Place, b.Place, Spot: streets.Meet(a.Place, b.Place))))
            .Where(pair => pair.Spot is not null).OrderBy(pair => pair.Spot!.RadiusMetres).ToList();
        return pairs.Count == 0 || (pairs.Count > 1 && !streets.Knows(pairs[0].Item1)) ? (first.Entries[0].Place, second.Entries[0].Place, null) : pairs[0];
    }

    /// <summary>Somewhere between two streets, of a street that is not named.</summary>
    private static PlaceMatch Apart(PlaceMatch crossing) => crossing with { RadiusMetres = crossing.RadiusMetres + 300, Score = Math.Min(crossing.Score, 0.5) };

    /// <summary>"Orange St between Court St and Chapel St": between its two crossings.</summary>
    private PlaceMatch? Block(string text, List<Word> words, Gazetteer.Found along, Gazetteer.Found from, Gazetteer.Found to)
    {
        var (street, near, one) = Meet(along, from);
        var (_, far, other) = Meet(along, to);
        if (one is null || other is null || near == far)
            return null;
        var start = words[Math.Min(along.FirstWord, from.FirstWord)].Start;
        var apart = Geo.Metres(one.Longitude, one.Latitude, other.Longitude, other.Latitude);
        return new PlaceMatch(
            start,
            text[start..words[Math.Max(along.LastWord, to.LastWord)].End],
            $"{street.Name} between {near.Name} and {far.Name}",
            BlockKind,
            (one.Longitude + other.Longitude) / 2,
            (one.Latitude + other.Latitude) / 2,
            Math.Round((apart / 2) + Math.Max(BlockMargin, Math.Max(one.RadiusMetres, other.RadiusMetres))),
            Math.Min(along.Score, Math.Min(from.Score, to.Score)));
    }

    /// <summary>What may stand between a street and the first of its ends.</summary>
    [GeneratedRegex(@"^[^.!?;\n]{0,60}$")]
    private static partial Regex Along();

    [GeneratedRegex(@"\b(?:from|begin+ing\s+(?:on|at|from)|starting\s+(?:on|at|from))\s+(?:the\s+)?(?:corner\s+of\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"^\s*(?:on|of|along)\s+(?:the\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex On();

    [GeneratedRegex(@"^[\s,.]*(?:and|&|to|until|till|-|–)(?:\s+(?:ending|end|ends))?(?:\s+(?:on|at))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex IsTo();
}
