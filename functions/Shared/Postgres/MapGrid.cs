namespace DomainFlow.Postgres;

/// <summary>A grid over the world in web mercator: square on a web map, and in the same place whatever part of it is looked at.</summary>
/// <param name="Columns">Cells around the world, and from 85.05 degrees north to 85.05 south.</param>
public sealed record MapGrid(long Columns)
{
    /// <summary>Beyond it, web mercator has no map: what lies there counts in the outermost cells.</summary>
    public const double MaxLatitude = 85.0511287798066;

    public const int MaxZoom = 22;

    // Cells of 64 pixels on tiles of 256.
    private const int CellsPerTile = 4;

    /// <summary>The finest grid, up to that of the zoom, that lays at most so many cells over the box.</summary>
    /// <param name="zoom">0 to 22, as web maps count it.</param>
    /// <param name="maxCells">At least 25, which cover the world.</param>
    public static MapGrid For(Bounds bounds, int zoom, int maxCells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCells, (CellsPerTile + 1) * (CellsPerTile + 1));
        var width = (bounds.East - bounds.West + (bounds.West > bounds.East ? 360 : 0)) / 360;
        var height = Down(bounds.South) - Down(bounds.North);
        for (var at = Math.Clamp(zoom, 0, MaxZoom); ; at--)
        {
            var columns = (long)CellsPerTile << at;
            // One more in each direction: a box seldom begins where a cell does, and one over the 180th meridian is cut there.
            if (at == 0 || Math.Ceiling(1 + (width * columns)) * Math.Ceiling(1 + (height * columns)) <= maxCells) return new(columns);
        }
    }

    /// <summary>How far down the map a latitude lies, 0 to 1.</summary>
    private static double Down(double latitude)
    {
        var sine = Math.Sin(Math.Clamp(latitude, -MaxLatitude, MaxLatitude) * Math.PI / 180);
        return 0.5 - (Math.Log((1 + sine) / (1 - sine)) / (4 * Math.PI));
    }
}
