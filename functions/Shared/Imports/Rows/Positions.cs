using System.Globalization;

namespace DomainFlow.Imports.Rows;

/// <summary>Reads latitude and longitude of a row, and says what is wrong with them.</summary>
/// <param name="centre">The middle of the file's positions; null before it is known.</param>
internal sealed class Positions((double Lat, double Lon)? centre)
{
    /// <summary>Degrees within which the reports of one file are expected, and beyond which they are not.</summary>
    private const double Near = 2;
    private const double Far = 5;

    /// <param name="isComma">A decimal comma was read.</param>
    /// <returns>Null where the text is no number.</returns>
    public static double? Degrees(string text, out bool isComma)
    {
        isComma = false;
        if (text.Length is 0 or > 40) return null;
        if (text.Contains(',', StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal))
        {
            isComma = true;
            text = text.Replace(',', '.');
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var degrees)
            && double.IsFinite(degrees) ? degrees : null;
    }

    public static bool IsValid(double lat, double lon) => Math.Abs(lat) <= 90 && Math.Abs(lon) <= 180;

    /// <summary>The position to use, and a warning where it is not the one that the row writes.</summary>
    public ((double Lat, double Lon)? Position, RowIssue? Warning) Read(string lat, string lon, ReportColumns columns)
    {
        var field = columns.NameOf(ReportColumns.Lat);
        ((double, double)?, RowIssue?) None(string cause, string detail, string? of = null) => (null, new RowIssue(cause, of ?? field, detail + "; sent without a position"));

        if (lat.Length == 0 && lon.Length == 0) return (null, null);
        if (lat.Length == 0 || lon.Length == 0) return None("half a position", $"lat '{Short(lat)}' and lon '{Short(lon)}' are no position");
        if (Degrees(lat, out var isComma) is not { } x) return None("position is no number", $"'{Short(lat)}' is no number of degrees");
        if (Degrees(lon, out _) is not { } y) return None("position is no number", $"'{Short(lon)}' is no number of degrees", columns.NameOf(ReportColumns.Lon));
        if (x == 0 && y == 0) return None("position 0,0", "0,0 is no place but a value that is missing");
        if (!IsValid(x, y) && !IsValid(y, x)) return None("position out of range", FormattableString.Invariant($"{x},{y} lies outside of the earth"));
        if (!IsValid(x, y) || IsSwapped(x, y))
            return ((y, x), new RowIssue("position swapped", field, FormattableString.Invariant($"lat {x} and lon {y} stand in each other's place; read as {y},{x}")));
        return centre is { } middle && Distance((x, y), middle) > Far
            ? ((x, y), new RowIssue("position far from the others", field, FormattableString.Invariant($"{x},{y} lies far from the file's other positions around {middle.Lat:0.##},{middle.Lon:0.##}")))
            : ((x, y), isComma ? new RowIssue("decimal comma read as a point", field, $"'{lat}' has a decimal comma", IsCountedOnly: true) : null);
    }

    private bool IsSwapped(double x, double y) =>
        centre is { } middle && Distance((x, y), middle) > Far && IsValid(y, x) && Distance((y, x), middle) < Near;

    /// <summary>In degrees, the shorter way around the earth.</summary>
    private static double Distance((double Lat, double Lon) one, (double Lat, double Lon) other)
    {
        var around = Math.Abs(one.Lon - other.Lon);
        return Math.Max(Math.Abs(one.Lat - other.Lat), Math.Min(around, 360 - around));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
