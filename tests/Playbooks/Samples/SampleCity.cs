using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Templates;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Samples;

/// <summary>The project's sample city with its reports and what a right reading of them gives.</summary>
internal static class SampleCity
{
    public static DomainConfiguration Domain { get; } = Load();

    public static IReadOnlyList<JsonObject> Reports { get; } =
        [.. File.ReadAllLines(PathOf("reports.jsonl")).Where(line => line.Length > 0).Select(Make.Json)];

    public static IReadOnlyList<JsonObject> Questions { get; } =
        [.. ((JsonArray)JsonNode.Parse(File.ReadAllText(PathOf("questions.json")))!).OfType<JsonObject>()];

    public static ReportText Text(JsonObject report) => new(
        (string)report["text"]!,
        Time(report["reported_at"])!.Value,
        (string?)report["language"]);

    public static DateTimeOffset? Time(JsonNode? json) =>
        json is null ? null : DateTimeOffset.Parse((string)json!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DomainConfiguration Load()
    {
        var city = Make.Json(File.ReadAllText(PathOf("city.json")));
        var places = ((JsonArray)city["places"]!).Select(place => new Place(
            (string)place!["name"]!,
            (string)place["kind"]!,
            [.. ((JsonArray)place["aliases"]!).Select(alias => (string)alias!)],
            (double)place["location"]![0]!,
            (double)place["location"]![1]!,
            (double)place["radius_m"]!));
        return DomainTemplates.Find("civic-complaints")!.ToDomain(Make.Tenant, [.. places], timeZone: (string)city["time_zone"]!);
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "samples", file);
}
