using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Places;

/// <summary>A position and how far from it the truth may lie.</summary>
/// <param name="RadiusMetres">Nine of ten lie within it.</param>
internal sealed record Spot(double Longitude, double Latitude, double RadiusMetres);

/// <summary>A street by its known houses and other known points.</summary>
internal sealed class StreetLine
{
    private const double HouseRadius = 120;

    /// <summary>How many metres a number more goes along the street, where the street itself does not tell.</summary>
    private const double MetresPerNumber = 1.5;

    /// <summary>The way that a street takes is read off two houses at least so many numbers apart, and followed for so many.</summary>
    private const int TrendNumbers = 60;
    private const int FarthestNumbers = 200;

    /// <summary>Metres.</summary>
    private const double FarthestTrend = 400;

    /// <summary>Metres a number; more is a gap or a mistake.</summary>
    private const double SteepestTrend = 6;
    private const double Trust = 0.6;

    /// <summary>Streets whose known points stay farther apart do not meet.</summary>
    private const double FarthestMeeting = 900;

    /// <summary>Between houses that are no farther apart the street is taken to run straight.</summary>
    private const double LongestGap = 800;
    private const double PointSpacing = 40;

    private readonly IReadOnlyList<House> houses;
    private readonly List<(double Longitude, double Latitude)> points;

    /// <param name="more">Known points without a number, such as crossings.</param>
    public StreetLine(Place street, IEnumerable<(double Longitude, double Latitude)> more)
    {
        houses = street.Houses ?? [];
        points = [.. Line(houses), .. more];
    }

    /// <summary>A house by its neighbours: between the nearest known numbers below and above, else past the last.</summary>
    /// <returns>Null where no house of the street is known.</returns>
    public Spot? Locate(int number)
    {
        if (houses.Count == 0)
            return null;
        var after = 0;
        while (after < houses.Count && houses[after].Number < number)
            after++;
        if (after < houses.Count && houses[after].Number == number)
            return new Spot(houses[after].Longitude, houses[after].Latitude, HouseRadius);
        return after == 0 ? Beyond(houses[0], number)
            : after == houses.Count ? Beyond(houses[^1], number)
            : Between(houses[after - 1], houses[after], number);
    }

    /// <summary>Where two streets come nearest to each other.</summary>
    /// <returns>Null where a street has no known point, or they stay too far apart to meet.</returns>
    public Spot? Meet(StreetLine other)
    {
        if (points.Count == 0 || other.points.Count == 0)
            return null;
        var shrink = Math.Cos(double.DegreesToRadians(points[0].Latitude));
        var best = (Square: double.MaxValue, A: points[0], B: points[0]);
        foreach (var a in points)
        {
            foreach (var b in other.points)
            {
                var (east, north) = ((a.Longitude - b.Longitude) * shrink, a.Latitude - b.Latitude);
                var square = (east * east) + (north * north);
                if (square < best.Square)
                    best = (square, a, b);
            }
        }

        var metres = Geo.Metres(best.A.Longitude, best.A.Latitude, best.B.Longitude, best.B.Latitude);
        return metres > FarthestMeeting
            ? null
            : new Spot((best.A.Longitude + best.B.Longitude) / 2, (best.A.Latitude + best.B.Latitude) / 2, Math.Round(Math.Max(150, 100 + metres)));
    }

    private static IEnumerable<(double Longitude, double Latitude)> Line(IReadOnlyList<House> houses)
    {
        for (var i = 0; i < houses.Count; i++)
        {
            yield return (houses[i].Longitude, houses[i].Latitude);
            var apart = i + 1 < houses.Count
                ? Geo.Metres(houses[i].Longitude, houses[i].Latitude, houses[i + 1].Longitude, houses[i + 1].Latitude)
                : double.MaxValue;
            for (var step = 1; apart <= LongestGap && step * PointSpacing < apart; step++)
            {
                var share = step * PointSpacing / apart;
                yield return (houses[i].Longitude + (share * (houses[i + 1].Longitude - houses[i].Longitude)),
                    houses[i].Latitude + (share * (houses[i + 1].Latitude - houses[i].Latitude)));
            }
        }
    }

    private static Spot Between(House low, House high, int number)
    {
        var share = (number - low.Number) / (double)(high.Number - low.Number);
        var apart = Geo.Metres(low.Longitude, low.Latitude, high.Longitude, high.Latitude);
        return new Spot(
            low.Longitude + (share * (high.Longitude - low.Longitude)),
            low.Latitude + (share * (high.Latitude - low.Latitude)),
            Math.Round(HouseRadius + (0.7 * apart)));
    }

    /// <summary>Past the last known house: on along the way that the street takes there, not all the way that the numbers say.</summary>
    private Spot Beyond(House end, int number)
    {
        var inner = houses.Where(house => Math.Abs(house.Number - end.Number) >= TrendNumbers).MinBy(house => Math.Abs(house.Number - end.Number))
            ?? houses.MaxBy(house => Math.Abs(house.Number - end.Number))!;
        var (far, span) = (Math.Abs(number - end.Number), Math.Abs(inner.Number - end.Number));
        var length = Geo.Metres(inner.Longitude, inner.Latitude, end.Longitude, end.Latitude);
        if (span == 0 || length / span > SteepestTrend)
            return new Spot(end.Longitude, end.Latitude, Math.Round(HouseRadius + (MetresPerNumber * far)));
        var step = Math.Min(Trust * Math.Min(far, FarthestNumbers) / span, length == 0 ? 0 : FarthestTrend / length);
        return new Spot(
            end.Longitude + (step * (end.Longitude - inner.Longitude)),
            end.Latitude + (step * (end.Latitude - inner.Latitude)),
            Math.Round(HouseRadius + (Math.Max(0.5, length / span) * far)));
    }
}
