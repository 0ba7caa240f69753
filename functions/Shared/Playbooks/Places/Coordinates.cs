namespace DomainFlow.Playbooks.Places;

/// <summary>
/// Positions written in text: map links, geo: URIs, plus codes, degrees with minutes and seconds, decimal pairs. A bare pair of numbers is a
/// position only where its form says so: a sign, a hemisphere, the words latitude or longitude, or four decimals in both numbers.
/// </summary>
public static class Coordinates
{
    /// <summary>Further positions of a text say nothing more.</summary>
    private const int MaxFound = 16;

    /// <param name="Start">First character in the text.</param>
    /// <param name="RadiusMetres">As far as the notation can be off: its last decimal, or what a map view shows.</param>
    /// <param name="IsView">The middle of what a map showed, not a point that somebody set.</param>
    /// <param name="Fit">Swapped where the position is near the area only because latitude and longitude have changed places.</param>
    public sealed record Found(
        int Start, string Text, double Longitude, double Latitude, double RadiusMetres, bool IsView = false, PositionFit Fit = PositionFit.Near)
    {
        /// <summary>How surely the text means this position, 0 to 1.</summary>
        public double Confidence => Fit == PositionFit.Far ? 0.25 : IsView ? 0.6 : Fit == PositionFit.Swapped ? 0.85 : 0.97;
    }

    /// <summary>The surest position, the first of several.</summary>
    /// <param name="language">ISO 639-1 code of the text: O is east in German and Dutch, west in Romance languages.</param>
    /// <param name="area">Where positions are expected; completes short plus codes. Without it every position is near.</param>
    public static Found? Find(string text, string? language = null, DomainArea? area = null) =>
        All(text, language, area).OrderByDescending(found => found.Confidence).FirstOrDefault();

    /// <summary>In the order of the text, without overlaps.</summary>
    public static IReadOnlyList<Found> All(string text, string? language = null, DomainArea? area = null)
    {
        var found = new List<Found>();
        var scanner = new AngleScanner(text, language is "de" or "nl");
        for (var at = 0; at < text.Length && found.Count < MaxFound;)
        {
            if (MapLinks.EndOf(text, at) is { } end)
            {
                if (MapLinks.Read(text, at, end) is { } link && Fitted(link, area) is { } linked)
                    found.Add(linked);
                at = end;
            }
            else if ((PlusCodes.At(text, at, area?.Middle) ?? Pair(scanner, text, at)) is { } here)
            {
                if (Fitted(here, area) is { } fitted)
                    found.Add(fitted);
                at += here.Text.Length;
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    /// <summary>Null for what is no position. Zero, zero is what devices say that do not know where they are.</summary>
    private static Found? Fitted(Found found, DomainArea? area)
    {
        if (Math.Abs(found.Longitude) < 1e-3 && Math.Abs(found.Latitude) < 1e-3)
            return null;
        return area?.Check(found.Longitude, found.Latitude) switch
        {
            PositionFit.Swapped => found with { Longitude = found.Latitude, Latitude = found.Longitude, Fit = PositionFit.Swapped },
            var fit when Geo.IsPosition(found.Longitude, found.Latitude) => found with { Fit = fit ?? PositionFit.Near },
            _ => null,
        };
    }

    private static Found? Pair(AngleScanner scanner, string text, int at)
    {
        // Behind the point of another number stands no number of its own.
        if (at > 1 && text[at - 1] is '.' or ',' or '-' or ':' && char.IsAsciiDigit(text[at - 2]) && char.IsAsciiDigit(text[at]))
            return null;
        if (scanner.At(at) is not { } first || scanner.Next(first.End) is not { } second || !IsPosition(first, second))
            return null;
        var isLongitudeFirst = first.Axis == Axis.EastWest || second.Axis == Axis.NorthSouth;
        var (latitude, longitude) = isLongitudeFirst ? (second, first) : (first, second);
        var radius = Math.Max(RadiusOf(latitude), RadiusOf(longitude));
        return new Found(first.Start, text[first.Start..second.End], longitude.Degrees, latitude.Degrees, radius);
    }

    private static bool IsPosition(Angle first, Angle second)
    {
        if (first.Axis != Axis.Unknown && first.Axis == second.Axis)
            return false;
        var decimals = Math.Min(first.Decimals, second.Decimals);
        var isNamed = first.Axis != Axis.Unknown && second.Axis != Axis.Unknown;
        return decimals >= 4
            || (first.HasMinutes && second.HasMinutes)
            || (isNamed && (decimals >= 1 || (first.HasMark && second.HasMark)))
            || ((first.IsSigned || second.IsSigned || first.Axis != Axis.Unknown || second.Axis != Axis.Unknown) && decimals >= 2);
    }

    /// <summary>Half of what the last written digit stands for, in metres, with room for what a device is off.</summary>
    private static double RadiusOf(Angle angle)
    {
        const double MetresPerDegree = 111_320;
        var step = angle.HasSeconds ? 1.0 / 3600 : angle.HasMinutes ? 1.0 / 60 : 1;
        return Math.Round(Math.Clamp(0.75 * step * MetresPerDegree * Math.Pow(10, -angle.LastDecimals), 30, 100_000));
    }
}
