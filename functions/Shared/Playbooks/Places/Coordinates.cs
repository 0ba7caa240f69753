using System.Globalization;
using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Places;

/// <summary>Coordinates written in text: decimal (41.31, -72.92), with hemispheres (41.31 N 72.92 W), degrees, minutes and seconds, geo: links.</summary>
public static partial class Coordinates
{
    /// <param name="Start">First character in the text.</param>
    public sealed record Found(int Start, string Text, double Longitude, double Latitude);

    /// <summary>The first pair that is a position; decimal pairs are latitude first, as people write them.</summary>
    public static Found? Find(string text)
    {
        foreach (Match match in Sexagesimal().Matches(text))
        {
            if (Angle(match, "1") is { } latitude && Angle(match, "2") is { } longitude && Make(match, latitude, longitude) is { } found)
                return found;
        }

        foreach (Match match in Decimal().Matches(text))
        {
            var latitude = Number(match.Groups["lat"].Value) * (match.Groups["ns"].Value is "S" or "s" ? -1 : 1);
            var longitude = Number(match.Groups["lon"].Value) * (match.Groups["ew"].Value is "W" or "w" ? -1 : 1);
            if (Make(match, latitude, longitude) is { } found)
                return found;
        }

        return null;
    }

    private static Found? Make(Match match, double latitude, double longitude) =>
        Geo.IsPosition(longitude, latitude) ? new Found(match.Index, match.Value.Trim(), longitude, latitude) : null;

    private static double? Angle(Match match, string which)
    {
        var minutes = Number(match.Groups["m" + which].Value);
        var seconds = Number(match.Groups["s" + which].Value);
        if (minutes >= 60 || seconds >= 60)
            return null;
        var value = Number(match.Groups["d" + which].Value) + (minutes / 60) + (seconds / 3600);
        return match.Groups["h" + which].Value is "S" or "s" or "W" or "w" ? -value : value;
    }

    private static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """
        (?<d1>\d{1,2})\s*[°º]\s*(?:(?<m1>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(?<s1>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|''))?\s*(?<h1>[NSns])
        [\s,;/]*(?<d2>\d{1,3})\s*[°º]\s*(?:(?<m2>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(?<s2>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|''))?\s*(?<h2>[EWew])
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Sexagesimal();

    [GeneratedRegex(
        @"(?<![\d.])(?<lat>[-+]?\d{1,2}\.\d{2,})\s*°?\s*(?<ns>[NSns](?![a-z]))?\s*[,;/\s]\s*(?:lon(?:gitude)?"
            + @"|lng)?\s*[:=]?\s*(?<lon>[-+]?\d{1,3}\.\d{2,})(?![\d.]*\d)\s*°?\s*(?<ew>[EWew](?![a-zA-Z]))?")]
    private static partial Regex Decimal();
}
