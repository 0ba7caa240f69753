using DomainFlow.Playbooks.Places;

namespace DomainFlow.Quality.Evaluation;

/// <summary>How the places of reports of one kind were read, against the file's positions.</summary>
/// <param name="Count">Reports whose text names a place of this kind.</param>
/// <param name="Located">Of these, with a position.</param>
/// <param name="Within200">Share of all that lie within 200 m.</param>
/// <param name="WithinRadius">Share of the located whose true position lies within the stated radius.</param>
/// <param name="Far">Located with a confidence above 0.5 and more than 1 km wrong, as a share of the located.</param>
internal sealed record PlaceFigures(
    string Kind, int Count, int Located, double Within200, double WithinRadius, double MedianRadius, double MedianError, double NinetiethError, double Far)
{
    /// <summary>On a street of which houses are known.</summary>
    public const string House = "house number";

    /// <summary>Of these, where the file's own address has a house number: elsewhere its position is only the middle of a street.</summary>
    public const string HouseAtHouse = "  file has one";
    public const string Street = "street only";
    public const string Crossing = "crossing";
    public const string Other = "other place";
    public const string All = "all";

    /// <param name="Metres">From the true position; null where nothing was found.</param>
    /// <param name="AtHouse">Whether the file's address has a house number.</param>
    public sealed record Case(string Kind, double? Metres, double Radius, double Confidence, bool AtHouse);

    /// <param name="numbered">Names of the streets of which houses are known.</param>
    /// <returns>Null where the text names no place of the gazetteer.</returns>
    public static string? KindOf(IReadOnlyList<PlaceMatch> candidates, IReadOnlySet<string> numbered) =>
        candidates.Count == 0 ? null
        : candidates.Any(place => place.HouseNumber is not null && numbered.Contains(place.Name)) ? House
        : candidates.Any(place => place.Kind is "crossing" or "block") ? Crossing
        : candidates.Any(place => place.Kind == "street") ? Street
        : Other;

    public static PlaceFigures Of(string kind, IReadOnlyList<Case> cases)
    {
        var located = cases.Where(one => one.Metres is not null).ToList();
        return new PlaceFigures(
            kind,
            cases.Count,
            located.Count,
            Share(cases.Count(one => one.Metres <= 200), cases.Count),
            Share(located.Count(one => one.Metres <= one.Radius), located.Count),
            Quantile(located.Select(one => one.Radius), 0.5),
            Quantile(located.Select(one => one.Metres!.Value), 0.5),
            Quantile(located.Select(one => one.Metres!.Value), 0.9),
            Share(located.Count(one => one is { Metres: > 1000, Confidence: > 0.5 }), located.Count));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : part / (double)whole;

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
    }
}
