namespace DomainFlow.Quality.Evaluation;

/// <summary>What the reading of a city's reports must reach at least.</summary>
internal static class Bounds
{
    /// <param name="slack">What a share may lie under its bound: a sample of a thousand rows is a percent or two off.</param>
    /// <returns>What is missed, in words; empty where all holds.</returns>
    public static IReadOnlyList<string> Missed(Evaluation evaluation, double slack = 0)
    {
        var (house, street, all) = (Of(evaluation, PlaceFigures.HouseAtHouse), Of(evaluation, PlaceFigures.Street), Of(evaluation, PlaceFigures.All));
        (string What, double Value, bool Holds)[] rules =
        [
            ("category from summary and description: at least 0.84", evaluation.Whole.Domain, evaluation.Whole.Domain >= 0.84 - slack),
            ("category from the description alone: at least 0.75", evaluation.Description.Domain, evaluation.Description.Domain >= 0.75 - slack),
            ("house numbers within 200 m: at least 0.88", house.Within200, house.Within200 >= 0.88 - slack),
            ("streets: true position within the radius: at least 0.90", street.WithinRadius, street.WithinRadius >= 0.9 - slack),
            ("streets: median radius under 1000 m", street.MedianRadius, street.MedianRadius < 1000),
            ("over 1 km wrong with confidence above 0.5: under 0.02", all.Far, all.Far < 0.02 + slack),
        ];
        var surest = evaluation.Reliabilities.Single(table => table.What.StartsWith("place", StringComparison.Ordinal)).Bins[^1];
        (string What, double Value, bool Holds)[] reliable =
            [("places with confidence above 0.9: at least 0.90 within their radius", surest.Right, surest.Readings == 0 || surest.Right >= 0.9 - slack)];
        return [.. rules.Concat(reliable).Where(rule => !rule.Holds).Select(rule => FormattableString.Invariant($"{rule.What}; it is {rule.Value:0.000}"))];
    }

    private static PlaceFigures Of(Evaluation evaluation, string kind) => evaluation.Places.Single(place => place.Kind == kind);
}
