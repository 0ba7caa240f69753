using System.CommandLine;
using System.Globalization;
using DomainFlow.Quality.Data;
using DomainFlow.Quality.Evaluation;

namespace DomainFlow.Quality.Commands;

/// <summary>Prints how well a learned domain reads rows that it has not seen. Exit code 2 with --bounds where one is missed.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<FileInfo> Csv = CommonOptions.Csv();
    private static readonly Option<RowHalf> Rows = CommonOptions.Rows(RowHalf.Odd);
    private static readonly Option<FileInfo> Template = new("--template") { Description = "The learned domain: what learn --output wrote", Required = true };
    private static readonly Option<string?> TimeZone = CommonOptions.TimeZone("the learned domain's");
    private static readonly Option<FileInfo?> Labels = new("--labels") { Description = "CSV with id, urgency and event_time by a person" };
    private static readonly Option<bool> WithBounds = new("--bounds") { Description = "Fail where a figure is under what it must reach" };
    private static readonly Option<FileInfo?> Details = new("--details") { Description = "Writes one line for each row: what was read, what is true" };

    public static Command Create()
    {
        var command = new Command("evaluate", "Measure a learned domain on rows that it was not learned from") { Csv, Rows, Template, TimeZone, Labels, WithBounds, Details };
        foreach (var option in CommonOptions.Reading)
            command.Add(option);
        command.SetAction((parsed, token) => Fault.GuardAsync(() => RunAsync(parsed, token)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (file, half) = (parsed.GetRequiredValue(Csv).FullName, parsed.GetValue(Rows));
        var domain = TemplateFile.Read(parsed.GetRequiredValue(Template).FullName);
        var all = LabelledRows.Read(file, RowHalf.All, CommonOptions.Options(parsed, parsed.GetValue(TimeZone) ?? domain.TimeZone), cancellationToken);
        foreach (var line in all.Lines())
            Console.WriteLine(line);
        var rows = all.Rows.Where(row => half == RowHalf.All || LabelledRows.IsEven(row.Id) == (half == RowHalf.Even)).ToList();
        if (rows.Count == 0)
            throw new Fault("no row is left to evaluate");
        var labels = parsed.GetValue(Labels) is { } path ? Label.Read(path.FullName) : [];
        await using var details = parsed.GetValue(Details) is { } output ? File.CreateText(output.FullName) : TextWriter.Null;
        var evaluator = new Evaluator(domain, new Yardsticks(all.Rows));
        var evaluation = await evaluator.RunAsync(
            rows, labels, (row, reading) => details.WriteLine(Detail(row, reading, evaluator.Case(row, reading))), cancellationToken);
        foreach (var line in EvaluationText.Of(evaluation))
            Console.WriteLine(line);
        var missed = parsed.GetValue(WithBounds) ? Bounds.Missed(evaluation) : [];
        foreach (var bound in missed)
            Console.WriteLine($"missed: {bound}");
        return missed.Count == 0 ? 0 : 2;
    }

    private static string Detail(LabelledRow row, Reading reading, PlaceFigures.Case? judged)
    {
        var place = reading.Candidates.FirstOrDefault();
        return string.Create(CultureInfo.InvariantCulture,
            $"{row.Id}\t{row.Report.Category}\t{reading.CategoryId}\t{judged?.Kind}\t{judged?.Metres:0}\t{judged?.Radius:0}\t{judged?.Confidence}\t{place?.Text}"
            + $"\t{place?.Address}\t{row.Report.Address}\t{reading.Time:u}\t{reading.Urgency}\t{row.Report.Text.ReplaceLineEndings(" / ")}");
    }
}
