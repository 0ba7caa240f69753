using System.Globalization;

namespace DomainFlow.Playbooks.Places;

/// <summary>Positions in links of map services and in geo: URIs. A pin outranks what the map happened to show.</summary>
internal static class MapLinks
{
    private const int LongestLink = 2000;
    private const double PinRadius = 30;
    private const double EarthMetres = 40_000_000;

    /// <summary>Parameters that hold a latitude and a longitude, the surest first.</summary>
    private static readonly string[] PinParameters =
        ["mlat", "coordinate", "ll", "q", "query", "daddr", "destination", "marker", "markers", "to", "loc", "viewpoint", "daddress", "address"];

    private static readonly string[] ViewParameters = ["center", "sll", "cp", "map", "cbll", "at"];

    /// <summary>Behind the link that begins at a character; null where none does.</summary>
    public static int? EndOf(string text, int at)
    {
        if (!Begins(text, at, "http://") && !Begins(text, at, "https://") && !Begins(text, at, "geo:") && !Begins(text, at, "www."))
            return null;
        if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            return null;
        var end = at;
        while (end < text.Length && end - at < LongestLink && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"' or '|'))
            end++;
        while (end > at && text[end - 1] is '.' or ',' or ';' or ')' or ']' or '!' or '?' or ':')
            end--;
        return end;
    }

    public static Coordinates.Found? Read(string text, int start, int end)
    {
        var written = text[start..end];
        var link = written.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase).Replace("%2D", "-", StringComparison.OrdinalIgnoreCase)
            .Replace("%20", "", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.OrdinalIgnoreCase);
        Coordinates.Found Make((double Latitude, double Longitude) at, double radius, bool isView) =>
            new(start, written, at.Longitude, at.Latitude, radius, isView);
        if (link.StartsWith("geo:", StringComparison.OrdinalIgnoreCase))
            return (Parameter(link, "q") ?? Pair(link, 4)) is { } geo ? Make(geo, Math.Max(PinRadius, Value(link, "u=") ?? 0), false) : null;
        if (Pin(link) is { } pin)
            return Make(pin, PinRadius, false);
        if (View(link) is { } view)
            return Make(view, ViewRadius(link), true);
        return null;
    }

    private static (double Latitude, double Longitude)? Pin(string link)
    {
        if (Marked(link) is { } marked)
            return marked;
        foreach (var name in PinParameters)
        {
            if (Parameter(link, name) is { } found)
                return found;
        }

        // A path such as /place/50.7374,7.0982 or /share/l/50.7374,7.0982.
        var query = link.AsSpan().IndexOfAny('?', '#');
        for (var at = link.IndexOf('/', StringComparison.Ordinal); at >= 0 && (query < 0 || at < query); at = link.IndexOf('/', at + 1))
        {
            if (Pair(link, at + 1) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Google's <c>!3dLATITUDE!4dLONGITUDE</c>: the last, which is where a route ends.</summary>
    private static (double Latitude, double Longitude)? Marked(string link)
    {
        for (var at = link.LastIndexOf("!3d", StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : link.LastIndexOf("!3d", at - 1, StringComparison.Ordinal))
        {
            if (Number(link, at + 3) is { } latitude && Begins(link, latitude.End, "!4d") && Number(link, latitude.End + 3) is { } longitude)
                return (latitude.Value, longitude.Value);
        }

        return null;
    }

    private static (double Latitude, double Longitude)? View(string link)
    {
        if (link.IndexOf('@', StringComparison.Ordinal) is >= 0 and var sign && Pair(link, sign + 1) is { } view)
            return view;
        // OpenStreetMap: #map=zoom/latitude/longitude.
        if (link.IndexOf("#map=", StringComparison.Ordinal) is >= 0 and var map && Number(link, map + 5) is { } zoom && Pair(link, zoom.End + 1) is { } shown)
            return shown;
        foreach (var name in ViewParameters)
        {
            if (Parameter(link, name) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>As much as the map showed at its zoom.</summary>
    private static double ViewRadius(string link)
    {
        var zoom = Value(link, "#map=") ?? Value(link, "zoom=") ?? Value(link, "z=") ?? Value(link, "lvl=") ?? Zoomed(link) ?? 15;
        return Math.Round(Math.Clamp(EarthMetres / Math.Pow(2, Math.Clamp(zoom, 0, 22)), 100, 1_000_000));
    }

    /// <summary><c>@50.745,7.12,15z</c>.</summary>
    private static double? Zoomed(string link)
    {
        var sign = link.IndexOf('@', StringComparison.Ordinal);
        return sign >= 0 && Number(link, sign + 1) is { } latitude && Number(link, latitude.End + 1) is { } longitude
            && Number(link, longitude.End + 1) is { } zoom && Begins(link, zoom.End, "z") ? zoom.Value : null;
    }

    private static double? Value(string link, string mark) =>
        link.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at && Number(link, at + mark.Length) is { } number ? number.Value : null;

    private static (double Latitude, double Longitude)? Parameter(string link, string name)
    {
        for (var at = link.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase); at > 0; at = link.IndexOf(name + "=", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (link[at - 1] is not ('?' or '&' or ';' or '#'))
                continue;
            var value = at + name.Length + 1;
            if (name == "mlat")
                return Number(link, value) is { } latitude && Value(link, "mlon=") is { } longitude ? (latitude.Value, longitude) : null;
            // loc:50.7,7.1 and ll.50.7,7.1 and color:red|50.7,7.1.
            if (Begins(link, value, "loc:"))
                value += 4;
            else if (Begins(link, value, "ll."))
                value += 3;
            if (Pair(link, value) is { } found)
                return found;
        }

        return null;
    }

    private static (double Latitude, double Longitude)? Pair(string link, int at)
    {
        if (Number(link, at) is not { HasDecimals: true } first || first.End >= link.Length || link[first.End] is not (',' or '~' or '/' or '_' or ';'))
            return null;
        return Number(link, first.End + 1) is { HasDecimals: true } second && Geo.IsPosition(second.Value, first.Value) ? (first.Value, second.Value) : null;
    }

    private static (double Value, int End, bool HasDecimals)? Number(string link, int at)
    {
        var start = at;
        if (at < link.Length && link[at] == '+')
            (start, at) = (start + 1, at + 1);
        if (at < link.Length && link[at] == '-')
            at++;
        var digits = at;
        while (at < link.Length && at - digits < 20 && (char.IsAsciiDigit(link[at]) || (link[at] == '.' && !link.AsSpan(digits, at - digits).Contains('.'))))
            at++;
        return at > digits && char.IsAsciiDigit(link[digits]) && double.TryParse(link.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (value, at, link.AsSpan(digits, at - digits).Contains('.'))
            : null;
    }

    private static bool Begins(string text, int at, string with) => string.Compare(text, at, with, 0, with.Length, StringComparison.OrdinalIgnoreCase) == 0;
}
