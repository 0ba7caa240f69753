namespace DomainFlow.Quality.Evaluation;

/// <summary>An evaluation as tables for a person.</summary>
internal static class EvaluationText
{
    public static IEnumerable<string> Of(Evaluation evaluation)
    {
        yield return $"{"category",-34}{"rows",7}{"this domain",13}{"naive Bayes",13}{"majority",10}";
        yield return Row("summary and description", evaluation.Whole);
        yield return Row("description alone", evaluation.Description);
        yield return Row("summary is the category's name", evaluation.NamedSummary);
        yield return Row("summary is another", evaluation.OtherSummary);
        yield return "";
        yield return $"{"place",-16}{"rows",6}{"located",9}{"<= 200 m",10}{"in radius",11}{"radius",9}{"error",8}{"p90",8}{"> 1 km, sure",14}";
        foreach (var place in evaluation.Places)
        {
            yield return $"{place.Kind,-16}{place.Count,6}{place.Located,9}{Percent(place.Within200),10}{Percent(place.WithinRadius),11}"
                + $"{place.MedianRadius,7:0} m{place.MedianError,6:0} m{place.NinetiethError,6:0} m{Percent(place.Far),14}";
        }

        yield return $"{"none named",-16}{evaluation.NoPlace,6}";
        if (evaluation.Labels is { } labels)
        {
            yield return "";
            yield return $"labelled by hand: {labels.Count} reports";
            yield return $"urgency: {Percent((double)labels.UrgencyRight / labels.Count)} right, {Percent((double)labels.UrgencyNear / labels.Count)} within one"
                + $" level (always the most common: {Percent((double)labels.Usual / labels.Count)})";
            yield return $"time: {labels.DatedRight} of {labels.Dated} right where the text says one; {labels.MadeUp} of {labels.Count - labels.Dated} made up"
                + " where it says none";
        }

        foreach (var line in evaluation.Reliabilities.SelectMany(Table))
            yield return line;
        yield return "";
        yield return $"in {evaluation.Took.TotalSeconds:0.0} s";
    }

    private static IEnumerable<string> Table(Reliability reliability)
    {
        yield return "";
        yield return $"{reliability.What + ": confidence",-40}{"readings",10}{"stated",9}{"right",9}";
        foreach (var bin in reliability.Bins.Where(bin => bin.Readings > 0))
            yield return FormattableString.Invariant($"{$"{bin.From:0.0} to {bin.From + 0.1:0.0}",-40}{bin.Readings,10}{bin.Stated,9:0.00}{bin.Right,9:0.00}");
        yield return FormattableString.Invariant($"{"mean distance",-40}{"",10}{"",9}{reliability.Error,9:0.000}");
    }

    private static string Row(string what, CategoryFigures figures) =>
        $"{what,-34}{figures.Count,7}{Percent(figures.Domain),13}{Percent(figures.NaiveBayes),13}{Percent(figures.Majority),10}";

    private static string Percent(double share) => $"{100 * share:0.0} %";
}
