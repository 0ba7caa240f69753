using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Map;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Demo;

/// <summary>The map of the city's reports as GeoJSON and as a picture.</summary>
internal sealed class DemoMap(Samples samples, IReadOnlyList<SentSample> sent, Findings findings)
{
    /// <summary>Degrees around the gazetteer.</summary>
    private const double Margin = 0.05;

    /// <summary>west,south,east,north around the whole city.</summary>
    public string Bounds { get; } = BoundsOf(samples.City);

    /// <summary>Writes map.geojson and map.svg.</summary>
    /// <returns>Where they are, for people.</returns>
    public async Task<string> WriteAsync(ApiClient api, string domain, IReadOnlyList<ReportState> states, string folder, CancellationToken cancellationToken)
    {
        var collection = await api.GetAsync<JsonObject>($"/data/geo?domain_id={domain}&bbox={Bounds}", cancellationToken);
        var points = MapPoint.Of(collection);
        var placed = states.Where(s => s.Location is not null).Select(s => s.IncidentId.ToString()).ToHashSet();
        findings.Expect(placed.SetEquals(points.Select(p => p.Id)), $"{placed.Count} of {sent.Count} reports have a place, and the map shows {points.Count}");

        Directory.CreateDirectory(folder);
        var (geoJson, svg) = (Path.Combine(folder, "map.geojson"), Path.Combine(folder, "map.svg"));
        await File.WriteAllTextAsync(geoJson, collection.ToJsonString(Wire.Indented), cancellationToken);
        await File.WriteAllTextAsync(svg, new MapSvg(samples.City, points, samples.CategoryNames()).Draw().ToString(), cancellationToken);
        return $"  {points.Count} of {sent.Count} reports have a place\n  {geoJson}\n  {svg}";
    }

    private static string BoundsOf(City city)
    {
        var (lons, lats) = (city.Places.Select(p => p.Location[0]).ToList(), city.Places.Select(p => p.Location[1]).ToList());
        return string.Join(',', new[] { lons.Min() - Margin, lats.Min() - Margin, lons.Max() + Margin, lats.Max() + Margin }
            .Select(degrees => Math.Round(degrees, 5).ToString(CultureInfo.InvariantCulture)));
    }
}
