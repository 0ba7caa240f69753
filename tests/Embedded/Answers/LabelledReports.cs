using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Templates;
using Microsoft.VisualBasic.FileIO;

namespace DomainFlow.Embedded.Tests.Answers;

/// <param name="Label">The id by which questions know it.</param>
public sealed record LabelledReport(string Label, string Text, DateTimeOffset ReportedAt);

/// <summary>Reports to ask about, with the domain that they belong to.</summary>
public sealed record LabelledReports(DomainConfiguration Domain, DateTimeOffset AskedAt, IReadOnlyList<LabelledReport> Reports)
{
    /// <summary>The sixty reports of the sample city.</summary>
    public static LabelledReports Samples()
    {
        var city = (JsonObject)JsonNode.Parse(File.ReadAllText(PathOf("samples", "city.json")))!;
        var places = ((JsonArray)city["places"]!).Select(place => new Place(
            (string)place!["name"]!,
            (string)place["kind"]!,
            [.. ((JsonArray)place["aliases"]!).Select(alias => (string)alias!)],
            (double)place["location"]![0]!,
            (double)place["location"]![1]!,
            (double)place["radius_m"]!));
        var reports = File.ReadAllLines(PathOf("samples", "reports.jsonl")).Where(line => line.Length > 0)
            .Select(line => (JsonObject)JsonNode.Parse(line)!)
            .Select(report => new LabelledReport((string)report["id"]!, (string)report["text"]!, Utc((string)report["reported_at"]!)));
        return new LabelledReports(Template([.. places], (string)city["time_zone"]!), Utc("2026-11-20T12:00:00Z"), [.. reports]);
    }

    /// <summary>A city's year as a CSV: summary and description, never the address.</summary>
    public static LabelledReports Csv(string file)
    {
        using var parser = new TextFieldParser(file) { HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        var columns = parser.ReadFields()!.Index().ToDictionary(column => column.Item, column => column.Index);
        var reports = new List<LabelledReport>();
        while (parser.ReadFields() is { } fields)
        {
            string Field(string name) => fields[columns[name]].Trim();
            var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
            var local = DateTime.Parse(Field("created_at_local"), CultureInfo.InvariantCulture);
            var (summary, description) = (Field("summary"), Field("description"));
            var text = description.StartsWith(summary, StringComparison.OrdinalIgnoreCase) ? description : $"{summary}\n{description}".Trim();
            if (text.Length > 0)
                reports.Add(new LabelledReport(Field("id"), text, new DateTimeOffset(local, zone.GetUtcOffset(local))));
        }

        return new LabelledReports(Template([], "America/New_York"), Utc("2015-01-05T12:00:00Z"), reports);
    }

    private static DomainConfiguration Template(IReadOnlyList<Place> places, string timeZone) =>
        DomainTemplates.Find("civic-complaints")!.ToDomain(Guid.NewGuid(), places, timeZone: timeZone);

    private static string PathOf(string folder, string file) => Path.Combine(AppContext.BaseDirectory, folder, file);

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
