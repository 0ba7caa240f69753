using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Map;

/// <summary>Draws reports on the city's gazetteer: points by category, a legend, place names lightly, a scale.</summary>
internal sealed class MapSvg(City city, IReadOnlyList<MapPoint> points, IReadOnlyDictionary<string, string> categoryNames)
{
    private const double MapWidth = 1100;
    private const double LegendWidth = 300;
    private const double Top = 64;
    private const double Radius = 6;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly MapFrame frame = MapFrame.Around(
        [.. points.Select(p => (p.Lon, p.Lat)), .. city.Places.Select(p => (p.Location[0], p.Location[1]))], MapWidth);

    private readonly Palette palette = new(categoryNames.Keys);

    public XDocument Draw()
    {
        var legend = Legend();
        var height = Math.Max(frame.Height, legend.Height) + Top + 20;
        return new XDocument(
            Element(
                "svg",
                ("viewBox", $"0 0 {N(MapWidth + LegendWidth)} {N(height)}"),
                ("width", N(MapWidth + LegendWidth)),
                ("height", N(height)),
                ("font-family", "Helvetica, Arial, sans-serif"),
                ("role", "img")).With(
                Text("title", $"Reports in {city.Name}"),
                Element("rect", ("width", "100%"), ("height", "100%"), ("fill", "#ffffff")),
                Text("text", $"Reports in {city.Name}", ("x", "20"), ("y", "32"), ("font-size", "22"), ("font-weight", "bold"), ("fill", "#222222")),
                Text("text", $"{points.Count} reports with a place, by category", ("x", "20"), ("y", "52"), ("font-size", "13"), ("fill", "#666666")),
                Element("g", ("transform", $"translate(0 {N(Top)})")).With([Ground(), .. Areas(), .. Names(), .. Marks(), Scale()]),
                Element("g", ("transform", $"translate({N(MapWidth + 16)} {N(Top)})")).With(legend.Element)));
    }

    private XElement Ground() => Element("rect", ("width", N(frame.Width)), ("height", N(frame.Height)), ("fill", "#f6f5f1"), ("stroke", "#d9d7cf"));

    private IEnumerable<XElement> Areas() =>
        city.Places.Where(p => p.Kind is "park" or "harbour" or "square").Select(place =>
        {
            var (x, y) = frame.Place(place.Location[0], place.Location[1]);
            var colour = place.Kind switch { "park" => "#dcebd3", "harbour" => "#d3e6f2", _ => "#ebe6d8" };
            return Element("circle", ("cx", N(x)), ("cy", N(y)), ("r", N(frame.Length(place.RadiusM))), ("fill", colour));
        });

    private IEnumerable<XElement> Names() => new PlaceLabels(frame).Of(city.Places).Select(label => Text(
        "text",
        label.Text,
        ("x", N(label.X)), ("y", N(label.Y)), ("font-size", N(label.Size)), ("text-anchor", "middle"),
        ("fill", label.IsDistrict ? "#b9b4a5" : "#8d8a80"), ("letter-spacing", label.IsDistrict ? "1.5" : "0")));

    /// <summary>Points on one spot are moved apart, just so far that each can be seen.</summary>
    private IEnumerable<XElement> Marks()
    {
        var placed = new List<(double X, double Y)>();
        foreach (var point in points.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            var (x, y) = frame.Place(point.Lon, point.Lat);
            var (centreX, centreY) = (x, y);
            for (var turn = 1; turn < 60 && placed.Exists(p => Math.Sqrt(Math.Pow(p.X - x, 2) + Math.Pow(p.Y - y, 2)) < Radius * 1.5); turn++)
            {
                var distance = Radius * (1.4 + (turn / 7.0));
                (x, y) = (centreX + (distance * Math.Cos(turn * 0.9)), centreY + (distance * Math.Sin(turn * 0.9)));
            }

            placed.Add((x, y));
            yield return Element(
                "circle",
                ("cx", N(x)), ("cy", N(y)), ("r", N(Radius)), ("fill", palette.Of(point.Category)), ("fill-opacity", "0.92"), ("stroke", "#ffffff"), ("stroke-width", "1.5"))
                .With(Text("title", $"{NameOf(point.Category)}: {point.Text}"));
        }
    }

    private XElement Scale()
    {
        var metres = frame.ScaleMetres();
        var (x, y, length) = (20.0, frame.Height - 18, frame.Length(metres));
        var label = metres >= 1000 ? $"{N(metres / 1000)} km" : $"{N(metres)} m";
        return Element("g").With(
            Element("path", ("d", $"M{N(x)} {N(y - 5)} V{N(y)} H{N(x + length)} V{N(y - 5)}"), ("fill", "none"), ("stroke", "#333333"), ("stroke-width", "1.5")),
            Text("text", label, ("x", N(x + (length / 2))), ("y", N(y - 6)), ("font-size", "11"), ("text-anchor", "middle"), ("fill", "#333333")));
    }

    private (XElement Element, double Height) Legend()
    {
        const double line = 24;
        var rows = points.GroupBy(p => p.Category).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var group = Element("g", ("font-size", "13"), ("fill", "#333333"));
        for (var i = 0; i < rows.Count; i++)
        {
            var y = N((i * line) + 14);
            group.Add(
                Element("circle", ("cx", "8"), ("cy", N((i * line) + 10)), ("r", N(Radius)), ("fill", palette.Of(rows[i].Key))),
                Text("text", NameOf(rows[i].Key), ("x", "24"), ("y", y)),
                Text("text", rows[i].Count().ToString(CultureInfo.InvariantCulture), ("x", N(LegendWidth - 36)), ("y", y), ("text-anchor", "end"), ("fill", "#777777")));
        }

        return (group, rows.Count * line);
    }

    private string NameOf(string category) => categoryNames.GetValueOrDefault(category, category);

    private static XElement Element(string name, params (string Name, string Value)[] attributes) =>
        new(Svg + name, attributes.Select(a => new XAttribute(a.Name, a.Value)));

    private static XElement Text(string name, string text, params (string Name, string Value)[] attributes) => Element(name, attributes).With(new XText(Drawable(text)));

    /// <summary>Without the characters that XML cannot hold, such as half of a character or a control code.</summary>
    private static string Drawable(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)) kept.Append(rune);
        }

        return kept.ToString();
    }

    private static string N(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}

internal static class ElementExtensions
{
    public static XElement With(this XElement element, params IEnumerable<XNode> content)
    {
        element.Add(content);
        return element;
    }
}
