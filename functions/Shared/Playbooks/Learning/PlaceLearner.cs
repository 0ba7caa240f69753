using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Learning;

/// <summary>A gazetteer out of addresses with positions: streets with their known houses, crossings, and names that recur at one spot.</summary>
internal static class PlaceLearner
{
    /// <summary>A position so far from the middle of its street, next to how far the others lie, is a mistake of the geocoder's.</summary>
    private const double Stray = 4;
    private const int LeastNamed = 2;
    private const double CrossingRadius = 60;

    /// <summary>Added where one report alone tells where a crossing is; less the more there are.</summary>
    private const double LoneSlack = 90;
    private const double NamedSpreadMetres = 500;
    private const double SpikeMetres = 250;

    private sealed record Seen(ReadAddress Address, double Longitude, double Latitude);

    /// <summary>Ordered by name; radii wide enough for what reports mean by a name.</summary>
    public static IReadOnlyList<Place> Learn(IReadOnlyList<LabelledReport> reports) => PlaceWidening.Learn(reports, FromAddresses);

    private static IReadOnlyList<Place> FromAddresses(IReadOnlyList<LabelledReport> reports)
    {
        var placed = reports.Where(report => report.Address.Length > 0 && report.Position is not null).ToList();
        var tail = AddressTail.Of(placed.Select(report => report.Address));
        var seen = placed.Select(report => (Address: AddressReader.Read(tail.Cut(report.Address)), report.Position))
            .Where(item => item.Address is not null)
            .Select(item => new Seen(item.Address!, item.Position!.Value.Longitude, item.Position.Value.Latitude))
            .ToList();
        var names = new StreetNames(seen.SelectMany(item => StreetsOf(item.Address)));
        var streets = Streets(seen, names);
        return
        [
            .. streets.Concat(CrossingsOf(seen, names, streets)).Concat(NamedSpots(seen, names))
                .OrderBy(place => place.Name, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> StreetsOf(ReadAddress address) => address switch
    {
        ReadAddress.AtHouse house => [house.Street],
        ReadAddress.OnStreet street => [street.Street],
        ReadAddress.AtCrossing crossing => [crossing.First, crossing.Second],
        _ => [],
    };

    private static List<Place> Streets(List<Seen> seen, StreetNames names)
    {
        var points = seen.SelectMany(item => StreetsOf(item.Address).Select(name => (Street: names.Resolve(name), item)))
            .Concat(seen.Where(item => item.Address is ReadAddress.Named).Select(item => (Street: names.Resolve(((ReadAddress.Named)item.Address).Name), item)))
            .Where(point => point.Street is not null)
            .GroupBy(point => point.Street!, point => point.item)
            .Select(street => (Name: street.Key, Points: WithoutStrays([.. street])))
            .ToList();
        var usual = Median([.. points.Where(street => street.Points.Count >= 8).Select(street => Spread.Of(Positions(street.Points)).Reach).DefaultIfEmpty(300)]);
        return [.. points.Select(street => Street(street.Name, street.Points, usual))];
    }

    private static Place Street(string name, List<Seen> points, double usual)
    {
        var spread = Spread.Of(Positions(points));
        // Few points say little about how far a street goes: then it goes as far as streets here usually go.
        var share = points.Count / (points.Count + 3.0);
        var radius = Math.Max(spread.Reach, (share * spread.Reach) + ((1 - share) * usual));
        var houses = WithoutSpikes(points.Where(point => point.Address is ReadAddress.AtHouse)
            .GroupBy(point => ((ReadAddress.AtHouse)point.Address).Number)
            .Select(group => new House(group.Key, Round(Median([.. group.Select(point => point.Longitude)])), Round(Median([.. group.Select(point => point.Latitude)]))))
            .OrderBy(house => house.Number)
            .ToList());
        return new Place(Written(name), "street", [], Round(spread.Longitude), Round(spread.Latitude), Math.Ceiling(radius), houses.Count == 0 ? null : houses);
    }

    /// <summary>A house far from both neighbours, which stand near each other, is misplaced.</summary>
    private static List<House> WithoutSpikes(List<House> houses)
    {
        bool IsSpike(int at)
        {
            if (at == 0 || at == houses.Count - 1)
                return false;
            var (before, house, after) = (houses[at - 1], houses[at], houses[at + 1]);
            var apart = Apart(before, after);
            return Math.Min(Apart(before, house), Apart(house, after)) > Math.Max(SpikeMetres, apart);
        }

        return [.. houses.Where((_, at) => !IsSpike(at))];
    }

    private static double Apart(House one, House other) => Geo.Metres(one.Longitude, one.Latitude, other.Longitude, other.Latitude);

    private static IEnumerable<Place> CrossingsOf(List<Seen> seen, StreetNames names, List<Place> streets)
    {
        var known = streets.ToDictionary(street => street.Name);
        return seen.Where(item => item.Address is ReadAddress.AtCrossing)
            .Select(item => (Address: (ReadAddress.AtCrossing)item.Address, item))
            .Select(item => (First: names.Resolve(item.Address.First), Second: names.Resolve(item.Address.Second), item.item))
            .Where(item => item.First is not null && item.Second is not null && item.First != item.Second)
            .GroupBy(item => string.CompareOrdinal(item.First, item.Second) < 0 ? (item.First!, item.Second!) : (item.Second!, item.First!), item => item.item)
            .Select(group => (Names: group.Key, Spread: Spread.Of(Positions([.. group])), Reports: group.Count()))
            .Where(group => IsOn(known[Written(group.Names.Item1)], group.Spread) && IsOn(known[Written(group.Names.Item2)], group.Spread))
            .Select(group => new Place(
                $"{Written(group.Names.Item1)} & {Written(group.Names.Item2)}", Crossings.Kind, [],
                Round(group.Spread.Longitude), Round(group.Spread.Latitude),
                Math.Ceiling(Math.Max(CrossingRadius + (LoneSlack / group.Reports), group.Spread.Reach))));
    }

    private static bool IsOn(Place street, Spread spot) =>
        Geo.Metres(street.Longitude, street.Latitude, spot.Longitude, spot.Latitude) <= street.RadiusMetres + 100;

    private static IEnumerable<Place> NamedSpots(List<Seen> seen, StreetNames names) => seen
        .Where(item => item.Address is ReadAddress.Named named && names.Resolve(named.Name) is null)
        .GroupBy(item => ((ReadAddress.Named)item.Address).Name)
        .Where(group => group.Count() >= LeastNamed)
        .Select(group => (group.Key, Spread: Spread.Of(Positions([.. group]))))
        .Where(group => group.Spread.Reach <= NamedSpreadMetres)
        .Select(group => new Place(
            Written(group.Key), "landmark", [], Round(group.Spread.Longitude), Round(group.Spread.Latitude), Math.Ceiling(Math.Max(150, group.Spread.Reach))));

    private static List<Seen> WithoutStrays(List<Seen> points)
    {
        if (points.Count < 4)
            return points;
        var spread = Spread.Of(Positions(points));
        var limit = Math.Max(400, Stray * spread.Middle);
        return points.FindAll(point => Geo.Metres(spread.Longitude, spread.Latitude, point.Longitude, point.Latitude) <= limit);
    }

    private static List<(double Longitude, double Latitude)> Positions(List<Seen> points) => [.. points.Select(point => (point.Longitude, point.Latitude))];

    private static string Written(string key) => string.Join(' ', key.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    private static double Round(double degrees) => Math.Round(degrees, 5);

    /// <param name="Middle">Half of the points lie within so many metres of the middle.</param>
    /// <param name="Reach">Nineteen of twenty do.</param>
    private sealed record Spread(double Longitude, double Latitude, double Middle, double Reach)
    {
        public static Spread Of(List<(double Longitude, double Latitude)> points)
        {
            var (longitude, latitude) = (Median([.. points.Select(point => point.Longitude)]), Median([.. points.Select(point => point.Latitude)]));
            var distances = points.Select(point => Geo.Metres(longitude, latitude, point.Longitude, point.Latitude)).Order().ToList();
            return new Spread(longitude, latitude, distances[distances.Count / 2], distances[(int)Math.Ceiling(0.95 * distances.Count) - 1]);
        }
    }
}
