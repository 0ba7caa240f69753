namespace DomainFlow.Imports.Rows;

/// <summary>
/// Which column of a table holds which part of a report: by the names that are known, or as a mapping says. Needs an id, a time
/// (reported_at) and a text (text, or summary and description); the others may be absent.
/// </summary>
public sealed class ReportColumns
{
    public const string Id = "id";
    public const string ReportedAt = "reported_at";
    public const string Text = "text";
    public const string Summary = "summary";
    public const string Description = "description";
    public const string Address = "address";
    public const string Lat = "lat";
    public const string Lon = "lon";
    public const string Status = "status";
    public const string Category = "category";

    /// <summary>Written by the export: what people do about a report. Beside it <see cref="Status"/> is the state of the extraction.</summary>
    public const string WorkStatus = "work_status";

    /// <summary>Parts of a report, as a mapping names them.</summary>
    public static IReadOnlyList<string> Parts { get; } = [Id, ReportedAt, Text, Summary, Description, Address, Lat, Lon, Status, Category];

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["created_at_local"] = ReportedAt,
        ["latitude"] = Lat,
        ["lng"] = Lon,
        ["long"] = Lon,
        ["longitude"] = Lon,
        [WorkStatus] = WorkStatus,
    };

    private readonly Dictionary<string, int> places;
    private readonly IReadOnlyList<string> header;

    private ReportColumns(IReadOnlyList<string> header, Dictionary<string, int> places) => (this.header, this.places) = (header, places);

    /// <param name="map">Names of columns by the parts that they hold.</param>
    /// <exception cref="ImportException">A column is missing, or there twice, or the mapping names what is not there.</exception>
    public static ReportColumns Of(IReadOnlyList<string> header, IReadOnlyDictionary<string, string> map)
    {
        var names = header.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var places = Mapped(header, names, map);
        for (var i = 0; i < names.Count; i++)
        {
            var part = Parts.Contains(names[i]) ? names[i] : Aliases.GetValueOrDefault(names[i]);
            if (part is null || map.ContainsKey(part) || places.ContainsValue(i)) continue;
            if (!places.TryAdd(part, i)) throw new ImportException($"the columns {header[places[part]].Trim()} and {header[i].Trim()} both hold {part}: name one", ImportSettings.Map);
        }

        return Missing(places).ToList() is { Count: > 0 } missing
            ? throw new ImportException(
                $"the file lacks the column {string.Join(", ", missing)}; it has {string.Join(", ", header.Take(30).Select(name => $"'{name.Trim()}'"))}", ImportSettings.Map)
            : new ReportColumns(header, places);
    }

    public bool Has(string part) => places.ContainsKey(part);

    /// <summary>The column's name as the file has it; the part's own where there is none.</summary>
    public string NameOf(string part) => places.TryGetValue(part, out var index) ? header[index].Trim() : part;

    /// <summary>A column that the file does not have is empty.</summary>
    public string Field(IReadOnlyList<string> fields, string part) => places.TryGetValue(part, out var index) && index < fields.Count ? fields[index].Trim() : "";

    private static Dictionary<string, int> Mapped(IReadOnlyList<string> header, List<string> names, IReadOnlyDictionary<string, string> map)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (part, column) in map)
        {
            if (!Parts.Contains(part)) throw new ImportException($"'{part}' is no part of a report: {string.Join(", ", Parts)}", ImportSettings.Map);
            var at = header.Select(name => name.Trim()).ToList().IndexOf(column.Trim());
            if (at < 0) at = names.IndexOf(column.Trim().ToLowerInvariant());
            if (at < 0)
            {
                throw new ImportException(
                    $"the file has no column '{column}' for {part}; it has {string.Join(", ", header.Take(30).Select(name => $"'{name.Trim()}'"))}", ImportSettings.Map);
            }

            places[part] = at;
        }

        return places;
    }

    private static IEnumerable<string> Missing(Dictionary<string, int> places)
    {
        if (!places.ContainsKey(Id)) yield return Id;
        if (!places.ContainsKey(ReportedAt)) yield return "reported_at (or created_at_local)";
        if (!places.ContainsKey(Text) && !places.ContainsKey(Summary) && !places.ContainsKey(Description)) yield return "text (or summary and description)";
    }
}
