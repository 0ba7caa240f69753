using System.Globalization;
using DomainFlow.Quality.Commands;
using DomainFlow.Quality.Data;

namespace DomainFlow.Quality.Evaluation;

/// <summary>What a person says about one report.</summary>
/// <param name="From">Local time; null where the text says nothing.</param>
/// <param name="To">Exclusive.</param>
internal sealed record Label(string Id, string Urgency, DateTime? From, DateTime? To)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>Reads id,urgency,event_time; lines that begin with # are comments.</summary>
    /// <exception cref="Fault">A line cannot be read.</exception>
    public static IReadOnlyList<Label> Read(string path)
    {
        if (!File.Exists(path))
            throw new Fault($"--labels {path} is not there");
        return [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#' && !line.StartsWith("id,urgency", StringComparison.Ordinal)).Select(Parse)];
    }

    /// <summary>Whether a reading's time is what the person says: within the day, week or span, within an hour of a clock time, none for none.</summary>
    public bool IsRight(DateTime? time) => From is null ? time is null : time >= From && time < To;

    private static Label Parse(string line)
    {
        if (line.Split(',') is not [var id, var urgency, var time])
            throw new Fault($"--labels: '{line}' is not id,urgency,event_time");
        var ends = time.Split('/');
        try
        {
            return new Label(id, urgency, time.Length == 0 ? null : Span(ends[0]).From, time.Length == 0 ? null : Span(ends[^1]).To);
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException)
        {
            throw new Fault($"--labels: the time of '{line}' cannot be read", broken);
        }
    }

    private static (DateTime From, DateTime To) Span(string text)
    {
        if (text.Split("-W") is [var year, var week])
        {
            var monday = ISOWeek.ToDateTime(Number(year), Number(week), DayOfWeek.Monday);
            return (monday, monday.AddDays(7));
        }

        if (text.Length == 7)
        {
            var first = new DateTime(Number(text[..4]), Number(text[5..]), 1);
            return (first, first.AddMonths(1));
        }

        var time = DateTime.Parse(text, CultureInfo.InvariantCulture);
        return text.Contains('T', StringComparison.Ordinal) ? (time - Tolerance, time + Tolerance) : (time, time.AddDays(1));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Urgency and time against a person's labels.</summary>
/// <param name="Dated">Labelled with a time.</param>
/// <param name="DatedRight">Of these, read right.</param>
/// <param name="MadeUp">Labelled without a time, and given one.</param>
internal sealed record LabelFigures(int Count, int UrgencyRight, int UrgencyNear, int Usual, int Dated, int DatedRight, int MadeUp)
{
    private static readonly List<string> Levels = ["low", "medium", "high", "critical"];

    public static LabelFigures Of(IReadOnlyList<(Label Label, Reading Reading, DateTime? Local)> cases) => new(
        cases.Count,
        cases.Count(one => one.Label.Urgency == one.Reading.Urgency),
        cases.Count(one => Math.Abs(Levels.IndexOf(one.Label.Urgency) - Levels.IndexOf(one.Reading.Urgency ?? "")) <= 1),
        cases.GroupBy(one => one.Label.Urgency).Select(group => group.Count()).DefaultIfEmpty(0).Max(),
        cases.Count(one => one.Label.From is not null),
        cases.Count(one => one.Label.From is not null && one.Label.IsRight(one.Local)),
        cases.Count(one => one.Label.From is null && one.Local is not null));
}
