using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Places;

/// <summary>Where the streets of a gazetteer run and meet, as far as houses and crossings are known.</summary>
internal sealed class Streets
{
    private readonly Dictionary<(string, string), Spot> crossings = [];
    private readonly Dictionary<string, StreetLine> lines = [];

    public Streets(IReadOnlyList<Place> places)
    {
        var points = new Dictionary<string, List<(double Longitude, double Latitude)>>();
        foreach (var place in places.Where(place => place.Kind == Crossings.Kind))
        {
            if (Parts(place) is not var (first, second))
                continue;
            crossings[Pair(first, second)] = new Spot(place.Longitude, place.Latitude, place.RadiusMetres);
            foreach (var name in new[] { first, second })
            {
                if (!points.TryGetValue(name, out var list))
                    points[name] = list = [];
                list.Add((place.Longitude, place.Latitude));
            }
        }

        foreach (var street in places.Where(place => place.Houses is not null || points.ContainsKey(place.Name)))
            lines[street.Name] = new StreetLine(street, points.GetValueOrDefault(street.Name) ?? []);
    }

    /// <summary>Whether a place of the gazetteer is the crossing of two streets, which no text names by its own name.</summary>
    public static bool IsCrossing(Place place) => place.Kind == Crossings.Kind && Parts(place) is not null;

    /// <summary>Whether houses or crossings of it are known.</summary>
    public bool Knows(Place street) => lines.ContainsKey(street.Name);

    public Spot? House(Place street, int number) => lines.GetValueOrDefault(street.Name)?.Locate(number);

    /// <summary>The known crossing; else where the known points of both come nearest; else, of streets without any, between their middles.</summary>
    /// <returns>Null where they do not meet.</returns>
    public Spot? Meet(Place a, Place b)
    {
        if (crossings.TryGetValue(Pair(a.Name, b.Name), out var known))
            return known;
        if (lines.TryGetValue(a.Name, out var one) && lines.TryGetValue(b.Name, out var other))
            return one.Meet(other);
        if (Geo.Metres(a.Longitude, a.Latitude, b.Longitude, b.Latitude) > a.RadiusMetres + b.RadiusMetres)
            return null;
        // The crossing lies within reach of both; the shorter street pins it down better.
        var share = a.RadiusMetres + b.RadiusMetres > 0 ? a.RadiusMetres / (a.RadiusMetres + b.RadiusMetres) : 0.5;
        return new Spot(
            a.Longitude + ((b.Longitude - a.Longitude) * share),
            a.Latitude + ((b.Latitude - a.Latitude) * share),
            Math.Min(a.RadiusMetres, b.RadiusMetres));
    }

    private static (string First, string Second)? Parts(Place place) =>
        place.Name.Split(" & ") is [var first, var second] ? (first, second) : null;

    private static (string, string) Pair(string a, string b) => string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
}
