using System.Text.Json.Nodes;
using System.Xml.Linq;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Map;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Client.Tests.Map;

public class MapSvgTests
{
    private static readonly Samples Samples = Samples.Open(Path.Combine(AppContext.BaseDirectory, "samples"));

    [Fact]
    public void The_picture_parses_and_shows_each_report_and_category()
    {
        var svg = Draw(("a", -70.26, 43.65, "pothole", "A <deep> & \"wide\" hole"), ("b", -70.26, 43.65, "pothole", "same spot"), ("c", -70.25, 43.66, "noise", "loud"));
        Assert.Equal(3, Titles(svg).Count(t => t.Contains(": ", StringComparison.Ordinal)));
        Assert.Contains("Pothole or broken road surface: A <deep> & \"wide\" hole", Titles(svg));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Contains("Reports in Port Merrow", texts);
        Assert.Contains("Noise", texts);
        Assert.Contains("Beacon Street", texts);
        Assert.Contains(texts, t => t.EndsWith(" m", StringComparison.Ordinal) || t.EndsWith(" km", StringComparison.Ordinal));
    }

    [Fact]
    public void Points_on_one_spot_can_each_be_seen()
    {
        var marks = Marks(Draw([.. Enumerable.Range(0, 12).Select(i => ($"p{i:00}", -70.26, 43.65, "pothole", "x"))]));
        Assert.Equal(12, marks.Count);
        Assert.Equal(12, marks.Distinct().Count());
    }

    [Fact]
    public void Characters_that_XML_cannot_hold_are_left_out()
    {
        var svg = Draw(("a", -70.26, 43.65, "noise", "bell\u0007, half\ud83d, whole 🚧"));
        Assert.Contains(Titles(svg), t => t.Contains("bell, half", StringComparison.Ordinal) && t.EndsWith("whole 🚧", StringComparison.Ordinal));
    }

    [Fact]
    public void A_city_without_reports_has_a_map_too() => Assert.Empty(Marks(Draw()));

    [Fact]
    public void North_is_up_and_a_kilometre_has_one_length()
    {
        var frame = MapFrame.Around([(-70.30, 43.60), (-70.20, 43.70)], 1000);
        Assert.True(frame.Place(-70.25, 43.69).Y < frame.Place(-70.25, 43.61).Y);
        Assert.True(frame.Place(-70.29, 43.65).X < frame.Place(-70.21, 43.65).X);
        var (a, b, c) = (frame.Place(-70.25, 43.65), frame.Place(-70.25, 43.66), frame.Place(-70.25 + (0.01 / Math.Cos(43.65 * Math.PI / 180)), 43.65));
        Assert.Equal(a.Y - b.Y, c.X - a.X, 1.0);
        Assert.Equal(frame.Length(1113.2), a.Y - b.Y, 0.5);
        Assert.InRange(frame.Length(frame.ScaleMetres()), 80, 250);
    }

    [Fact]
    public void What_is_no_map_is_refused() => Assert.Throws<ClientException>(() => MapPoint.Of(new JsonObject { ["features"] = new JsonArray(new JsonObject()) }));

    private static XDocument Draw(params (string Id, double Lon, double Lat, string Category, string Text)[] points) =>
        XDocument.Parse(new MapSvg(Samples.City, [.. points.Select(p => new MapPoint(p.Id, p.Lon, p.Lat, p.Category, p.Text))], Samples.CategoryNames()).Draw().ToString());

    private static List<string> Titles(XDocument svg) => [.. svg.Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value)];

    private static List<(string, string)> Marks(XDocument svg) =>
        [.. svg.Descendants().Where(e => e.Name.LocalName == "circle" && e.Elements().Any()).Select(e => (e.Attribute("cx")!.Value, e.Attribute("cy")!.Value))];
}
