namespace DomainFlow.Local.Client.Map;

/// <summary>Places degrees on a drawing: equirectangular around the middle latitude, which at a city's size nobody can tell from a better one.</summary>
internal sealed class MapFrame
{
    private const double MetresPerDegree = 111_320;

    private readonly double west;
    private readonly double north;
    private readonly double east;
    private readonly double metresPerDegreeLon;
    private readonly double pixelsPerMetre;

    private MapFrame(double west, double south, double east, double north, double width)
    {
        (this.west, this.north, this.east) = (west, north, east);
        metresPerDegreeLon = MetresPerDegree * Math.Cos(double.DegreesToRadians((south + north) / 2));
        pixelsPerMetre = width / ((east - west) * metresPerDegreeLon);
        Width = width;
        Height = (north - south) * MetresPerDegree * pixelsPerMetre;
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>A frame around all points, with a margin; wide enough for a city block at the least.</summary>
    public static MapFrame Around(IReadOnlyCollection<(double Lon, double Lat)> points, double width)
    {
        if (points.Count == 0) throw new ArgumentException("a map needs at least one point", nameof(points));
        const double least = 0.004;
        var (west, east) = Widened(points.Min(p => p.Lon), points.Max(p => p.Lon), least);
        var (south, north) = Widened(points.Min(p => p.Lat), points.Max(p => p.Lat), least);
        return new MapFrame(west, south, east, north, width);
    }

    public (double X, double Y) Place(double lon, double lat) =>
        ((lon - west) * metresPerDegreeLon * pixelsPerMetre, (north - lat) * MetresPerDegree * pixelsPerMetre);

    public double Length(double metres) => metres * pixelsPerMetre;

    /// <summary>The longest of 1, 2 or 5 times a power of ten metres that takes at most a quarter of the width.</summary>
    public double ScaleMetres()
    {
        var most = (east - west) * metresPerDegreeLon / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return new[] { 5, 2, 1 }.Select(factor => factor * power).First(metres => metres <= most);
    }

    private static (double From, double To) Widened(double from, double to, double least)
    {
        var margin = Math.Max((to - from) * 0.04, (least - (to - from)) / 2);
        return margin > 0 ? (from - margin, to + margin) : (from, to);
    }
}
