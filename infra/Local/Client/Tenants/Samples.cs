using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Tenants;

/// <summary>The sample corpus in a folder; samples/civic-complaints/README.md says what its fields mean.</summary>
internal sealed class Samples
{
    private readonly string folder;

    private Samples(string folder, City city, JsonArray places)
    {
        this.folder = folder;
        City = city;
        GazetteerJson = places;
    }

    public City City { get; }

    /// <summary>The city's places as DbInit takes them.</summary>
    public JsonArray GazetteerJson { get; }

    /// <exception cref="ClientException">A file is missing or not as it should be.</exception>
    public static Samples Open(string folder)
    {
        var text = ReadText(folder, "city.json");
        var city = Parse<City>(text, "city.json");
        return new Samples(folder, city, Parse<JsonObject>(text, "city.json")["places"]!.AsArray());
    }

    public IReadOnlyList<SampleReport> Reports() =>
        [.. ReadText(folder, "reports.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse<SampleReport>(line, "reports.jsonl"))];

    public IReadOnlyList<SampleQuestion> Questions() => Parse<SampleQuestion[]>(ReadText(folder, "questions.json"), "questions.json");

    /// <summary>Names of the categories by their ids.</summary>
    public IReadOnlyDictionary<string, string> CategoryNames() =>
        Parse<Categories>(ReadText(folder, "domain.json"), "domain.json").List.ToDictionary(c => c.Id, c => c.Name);

    public SamplePhoto Photo(string name)
    {
        var path = Path.Combine(folder, "photos", name);
        return File.Exists(path) ? SamplePhoto.Read(path) : throw new ClientException($"--samples {folder} lacks photos/{name}");
    }

    private static string ReadText(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllText(path) : throw new ClientException($"--samples {folder} lacks {name}");
    }

    private static T Parse<T>(string text, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Wire.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ClientException($"{name} of the samples cannot be read: {e.Message}", e);
        }
    }

    private sealed record Categories([property: System.Text.Json.Serialization.JsonPropertyName("categories")] IReadOnlyList<Category> List);

    private sealed record Category(string Id, string Name);
}

/// <param name="Centre">Longitude, latitude.</param>
internal sealed record City(string Name, string TimeZone, string Language, double[] Centre, IReadOnlyList<GazetteerPlace> Places);

/// <param name="Location">Longitude, latitude.</param>
/// <param name="RadiusM">Metres.</param>
internal sealed record GazetteerPlace(string Name, string Kind, double[] Location, double RadiusM);

internal sealed record SampleReport(
    string Id, string Text, DateTimeOffset ReportedAt, IReadOnlyList<string> Images, Position? Location, ExpectedReading Expect);

/// <param name="ToleranceM">Metres.</param>
internal sealed record ExpectedReading(
    string Category,
    string? Place,
    IReadOnlyList<string>? Also,
    double? Lat,
    double? Lon,
    double? ToleranceM,
    DateTimeOffset? Time,
    double? TimeToleranceMinutes,
    string Urgency);

internal sealed record SampleQuestion(string Question, IReadOnlyList<string> ExpectIds, int? ExpectCount, bool Insufficient, IReadOnlyList<string>? ExpectWords);
