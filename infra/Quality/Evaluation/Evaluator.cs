using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Quality.Data;

namespace DomainFlow.Quality.Evaluation;

/// <summary>Shares of rows whose category is the file's.</summary>
internal sealed record CategoryFigures(int Count, double Domain, double NaiveBayes, double Majority);

/// <param name="Whole">From summary and description.</param>
/// <param name="Description">From the description alone; an empty one leaves what is most common.</param>
/// <param name="NamedSummary">From both, of the rows whose summary is the category's name.</param>
/// <param name="OtherSummary">From both, of the others.</param>
/// <param name="Places">By kind, and all.</param>
/// <param name="NoPlace">Rows whose text names no place of the gazetteer.</param>
/// <param name="Labels">Null where no labels were given.</param>
/// <param name="Reliabilities">Of category, place (right where the true position lies within the radius) and labelled time.</param>
internal sealed record Evaluation(
    CategoryFigures Whole,
    CategoryFigures Description,
    CategoryFigures NamedSummary,
    CategoryFigures OtherSummary,
    IReadOnlyList<PlaceFigures> Places,
    int NoPlace,
    LabelFigures? Labels,
    IReadOnlyList<Reliability> Reliabilities,
    TimeSpan Took);

/// <summary>Measures a domain on rows that it was not learned from.</summary>
/// <param name="yardstick">Trained on the other rows.</param>
internal sealed class Evaluator(DomainConfiguration domain, NaiveBayes yardstick)
{
    private readonly DomainReader reader = new(domain);
    private readonly HashSet<string> numbered = [.. domain.Places.Where(place => place.Houses is not null).Select(place => place.Name)];
    private readonly Dictionary<string, string> names = domain.Categories.ToDictionary(category => category.Id, category => category.Name);

    /// <param name="labels">By a person, of some of the rows.</param>
    /// <param name="seen">Called with each row and what was read from it.</param>
    public async Task<Evaluation> RunAsync(
        IReadOnlyList<LabelledRow> rows, IReadOnlyList<Label> labels, Action<LabelledRow, Reading>? seen, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (whole, description) = (new List<(LabelledRow Row, Reading Reading)>(), new List<(LabelledRow Row, Reading Reading)>());
        foreach (var row in rows)
        {
            var reading = await reader.ReadAsync(row, row.Report.Text, cancellationToken);
            whole.Add((row, reading));
            seen?.Invoke(row, reading);
            if (row.Report.Category.Length > 0)
                description.Add((row, await reader.ReadAsync(row, row.Report.Description, cancellationToken)));
        }

        var labelled = whole.Where(item => item.Row.Report.Category.Length > 0).ToList();
        var byId = whole.ToDictionary(item => item.Row.Id, item => item.Reading);
        var (places, none) = Places(whole);
        var timed = labels.Where(label => byId.ContainsKey(label.Id)).Select(label => Case(label, byId[label.Id])).ToList();
        return new Evaluation(
            Categories(labelled, report => report.Text),
            Categories(description, report => report.Description),
            Categories(labelled.FindAll(item => item.Row.Report.Summary == item.Row.Report.Category), report => report.Text),
            Categories(labelled.FindAll(item => item.Row.Report.Summary != item.Row.Report.Category), report => report.Text),
            places,
            none,
            labels.Count == 0 ? null : LabelFigures.Of(timed),
            Reliabilities(labelled, whole, timed),
            TimeProvider.System.GetElapsedTime(started));
    }

    private IReadOnlyList<Reliability> Reliabilities(
        List<(LabelledRow Row, Reading Reading)> labelled,
        List<(LabelledRow Row, Reading Reading)> whole,
        List<(Label Label, Reading Reading, DateTime? Time)> timed) =>
    [
        Reliability.Of("category", labelled.Select(item => (item.Reading.CategoryConfidence, IsRight(item.Row, item.Reading)))),
        Reliability.Of(
            "place, within its radius",
            whole.Where(item => item.Row.Report.Position is not null && item.Reading.Position is not null).Select(item =>
                (item.Reading.PlaceConfidence, Metres(item.Reading.Position!.Value, item.Row.Report.Position!.Value) <= item.Reading.RadiusMetres))),
        Reliability.Of("time", timed.Where(item => item.Time is not null).Select(item => (item.Reading.TimeConfidence, item.Label.IsRight(item.Time)))),
    ];

    private bool IsRight(LabelledRow row, Reading reading) => reading.CategoryId is { } id && names.GetValueOrDefault(id) == row.Report.Category;

    private (Label Label, Reading Reading, DateTime? Time) Case(Label label, Reading reading) => (label, reading, reading.Time is { } time ? reader.Local(time) : null);

    private CategoryFigures Categories(List<(LabelledRow Row, Reading Reading)> cases, Func<LabelledReport, string> text)
    {
        double Share(Func<LabelledRow, Reading, bool> isRight) => cases.Count == 0 ? 0 : cases.Count(item => isRight(item.Row, item.Reading)) / (double)cases.Count;
        return new CategoryFigures(
            cases.Count,
            Share(IsRight),
            Share((row, _) => yardstick.Category(text(row.Report)) == row.Report.Category),
            Share((row, _) => yardstick.Majority == row.Report.Category));
    }

    private (IReadOnlyList<PlaceFigures> Places, int None) Places(List<(LabelledRow Row, Reading Reading)> all)
    {
        var placed = all.FindAll(item => item.Row.Report.Position is not null);
        var cases = placed.Select(item => Case(item.Row, item.Reading)).OfType<PlaceFigures.Case>().ToList();
        string[] kinds = [PlaceFigures.Street, PlaceFigures.Crossing, PlaceFigures.Other];
        return (
            [
                PlaceFigures.Of(PlaceFigures.House, cases.FindAll(one => one.Kind == PlaceFigures.House)),
                PlaceFigures.Of(PlaceFigures.HouseAtHouse, cases.FindAll(one => one.Kind == PlaceFigures.House && one.AtHouse)),
                .. kinds.Select(kind => PlaceFigures.Of(kind, cases.FindAll(one => one.Kind == kind))),
                PlaceFigures.Of(PlaceFigures.All, cases),
            ],
            placed.Count - cases.Count);
    }

    public PlaceFigures.Case? Case(LabelledRow row, Reading reading) => PlaceFigures.KindOf(reading.Candidates, numbered) is { } kind
        ? new PlaceFigures.Case(
            kind,
            reading.Position is { } found && row.Report.Position is { } truth ? Metres(found, truth) : null,
            reading.RadiusMetres ?? 0,
            reading.PlaceConfidence,
            row.Report.Address.Length > 0 && char.IsAsciiDigit(row.Report.Address[0]))
        : null;

    private static double Metres((double Longitude, double Latitude) one, (double Longitude, double Latitude) other)
    {
        var (a, b) = (double.DegreesToRadians(one.Latitude), double.DegreesToRadians(other.Latitude));
        var half = Math.Pow(Math.Sin((b - a) / 2), 2)
            + (Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(double.DegreesToRadians(other.Longitude - one.Longitude) / 2), 2));
        return 2 * 6371008.8 * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }
}
