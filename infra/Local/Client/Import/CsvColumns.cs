using CsvHelper;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Where a report's parts stand in a CSV file: as a source writes them (created_at_local, summary, description), or as the export does
/// (reported_at, text).
/// </summary>
internal sealed class CsvColumns
{
    private static readonly string[] Known =
        ["id", "created_at_local", "reported_at", "summary", "description", "text", "address", "lat", "lng", "status", "category"];

    private readonly Dictionary<string, int> places;

    private CsvColumns(IReadOnlyList<string> header, Dictionary<string, int> places)
    {
        Header = header;
        this.places = places;
        Time = places.ContainsKey("created_at_local") ? "created_at_local" : "reported_at";
        HasWholeText = !places.ContainsKey("summary");
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>The column of the time.</summary>
    public string Time { get; }

    /// <summary>The column text stands for summary and description.</summary>
    public bool HasWholeText { get; }

    public bool Has(string name) => places.ContainsKey(name);

    /// <exception cref="ClientException">A column is missing, or there twice.</exception>
    public static CsvColumns Of(IReadOnlyList<string> header)
    {
        if (header.Count == 0) throw new ClientException("the CSV file is empty");
        var names = header.Select(h => h.Trim().ToLowerInvariant()).ToList();
        var twice = Known.Where(k => names.Count(n => n == k) > 1).ToList();
        if (twice.Count > 0) throw new ClientException($"the CSV file has the column {string.Join(", ", twice)} twice");
        var places = Known.Where(names.Contains).ToDictionary(k => k, k => names.IndexOf(k));
        var missing = Missing(places).ToList();
        return missing.Count == 0 ? new CsvColumns(header, places)
            : throw new ClientException($"the CSV file lacks the column {string.Join(", ", missing)}");
    }

    /// <summary>A column that the file does not have is empty.</summary>
    public string Field(CsvReader csv, string name) => places.TryGetValue(name, out var index) && index < csv.FieldCount ? csv.GetString(index).Trim() : "";

    private static IEnumerable<string> Missing(Dictionary<string, int> places)
    {
        if (!places.ContainsKey("id")) yield return "id";
        if (!places.ContainsKey("created_at_local") && !places.ContainsKey("reported_at")) yield return "created_at_local (or reported_at)";
        var parts = new[] { "summary", "description" }.Where(p => !places.ContainsKey(p)).ToList();
        if (parts.Count == 1) yield return parts[0];
        if (parts.Count == 2 && !places.ContainsKey("text")) yield return "summary and description (or text)";
    }
}
