using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Quality.Data;

namespace DomainFlow.Quality.Commands;

/// <summary>Writes a domain template learned from a city's reports.</summary>
internal static class LearnCommand
{
    private static readonly Argument<FileInfo> Csv = CommonOptions.Csv();
    private static readonly Option<RowHalf> Rows = CommonOptions.Rows(RowHalf.All);
    private static readonly Option<string?> TimeZone = CommonOptions.TimeZone("UTC");
    private static readonly Option<string> Domain = new("--domain") { Description = "The domain's id: small letters, digits and -", Required = true };
    private static readonly Option<string?> Name = new("--name") { Description = "The domain's name; the template's unless given" };
    private static readonly Option<FileInfo> Output = new("--output") { Description = "Where the template is written", Required = true };

    public static Command Create()
    {
        var command = new Command("learn", "Learn a domain template from a city's reports: categories with a text model, streets with houses, crossings")
        {
            Csv, Rows, TimeZone, Domain, Name, Output,
        };
        foreach (var option in CommonOptions.Reading)
            command.Add(option);
        command.SetAction((parsed, token) => Fault.GuardAsync(() => RunAsync(parsed, token)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var zone = parsed.GetValue(TimeZone) ?? "UTC";
        var read = LabelledRows.Read(parsed.GetRequiredValue(Csv).FullName, parsed.GetValue(Rows), CommonOptions.Options(parsed, zone), cancellationToken);
        foreach (var line in read.Lines())
            Console.WriteLine(line);
        if (parsed.GetValue(TimeZone) is null)
            Console.WriteLine("the domain's time zone is UTC: --time-zone names another");
        var rows = read.Rows;
        if (rows.Count == 0)
            throw new Fault("no row is left to learn from");
        var learned = DomainLearner.Learn([.. rows.Select(row => row.Report)]);
        var json = TemplateFile.Write(learned, parsed.GetRequiredValue(Domain), parsed.GetValue(Name), zone);
        var text = json.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var path = parsed.GetRequiredValue(Output).FullName;
        await File.WriteAllTextAsync(path, text, cancellationToken);
        Console.WriteLine(
            $"learned from {rows.Count} rows ({rows.Count(row => row.Report.Position is not null)} with a position): {learned.Categories.Count} categories ({learned.Model?.Features.Count ?? 0} features), "
            + $"{learned.Places.Count} places ({learned.Places.Sum(place => place.Houses?.Count ?? 0)} houses); "
            + $"{path}: {Encoding.UTF8.GetByteCount(text) / 1e6:0.0} MB");
        return 0;
    }
}
