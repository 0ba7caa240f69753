using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Learning;

/// <summary>
/// Widens radii by what reports say: people name a street for what lies beside it or past its end. Each part of the reports is placed by what
/// the others taught, and the radii grow until so many as wanted lie within.
/// </summary>
internal static class PlaceWidening
{
    /// <summary>More than the share that must hold: reports of another year lie farther apart than those of the same.</summary>
    private const double Wanted = 0.94;
    private const int Parts = 6;
    private const int LeastReports = 20;
    private const double UsualSlack = 150;
    private const double MostSlack = 1000;

    public static IReadOnlyList<Place> Learn(
        IReadOnlyList<LabelledReport> reports, Func<IReadOnlyList<LabelledReport>, IReadOnlyList<Place>> fromAddresses)
    {
        var excess = reports.Count < Parts ? [] : Enumerable.Range(0, Parts).SelectMany(part => Excess(
            fromAddresses([.. reports.Where((_, at) => at % Parts != part)]), reports.Where((_, at) => at % Parts == part))).ToList();
        var slack = Slack(excess.FindAll(item => item.Kind == "street"), UsualSlack);
        var landmarkSlack = Slack(excess.FindAll(item => item.Kind != "street"), slack);
        return [.. fromAddresses(reports).Select(place => place.Kind switch
        {
            Crossings.Kind => place,
            "street" => place with { RadiusMetres = place.RadiusMetres + slack },
            _ => place with { RadiusMetres = place.RadiusMetres + landmarkSlack },
        })];
    }

    /// <summary>Of reports that name a place as a whole: by how many metres they lie outside its radius.</summary>
    private static IEnumerable<(string Kind, double Metres)> Excess(IReadOnlyList<Place> places, IEnumerable<LabelledReport> reports)
    {
        var gazetteer = new Gazetteer(places);
        foreach (var report in reports.Where(report => report.Position is not null))
        {
            var named = gazetteer.Find(report.Text);
            if (named.Count > 0 && named[0] is { Longitude: { } longitude, Latitude: { } latitude, HouseNumber: null } place
                && place.Kind is not Crossings.Kind and not Crossings.BlockKind)
                yield return (place.Kind, Geo.Metres(longitude, latitude, report.Position!.Value.Longitude, report.Position.Value.Latitude) - place.RadiusMetres);
        }
    }

    private static double Slack(List<(string Kind, double Metres)> excess, double usual)
    {
        if (excess.Count < LeastReports)
            return usual;
        var sorted = excess.Select(item => item.Metres).Order().ToList();
        return Math.Round(Math.Clamp(sorted[(int)(Wanted * sorted.Count)], 0, MostSlack));
    }
}
