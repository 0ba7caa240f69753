using System.Globalization;
using CsvHelper;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Quality.Commands;

namespace DomainFlow.Quality.Data;

/// <summary>
/// A city's reports of the past: a CSV file (RFC 4180, with a header) with the columns id, created_at_local, summary, description and category;
/// address, lat and lng where places are to be learned or judged. Other columns are ignored.
/// </summary>
internal static class LabelledRows
{
    private static readonly string[] Required = ["id", "created_at_local", "summary", "description", "category"];

    /// <summary>In the order of the file; rows whose id is no number or whose time is none are left out.</summary>
    /// <exception cref="Fault">The file is missing, lacks a column, or is no CSV file.</exception>
    public static IReadOnlyList<LabelledRow> Read(string path, RowHalf half)
    {
        if (!File.Exists(path))
            throw new Fault($"{path} is not there");
        try
        {
            using var text = new StreamReader(path);
            using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = ',', NormalizeHeaderName = name => name.Trim().ToLowerInvariant() }, leaveOpen: true);
            csv.ReadHeader();
            var names = csv.Headers.Select(name => name.Trim().ToLowerInvariant()).ToHashSet();
            var missing = Required.Where(name => !names.Contains(name)).ToList();
            if (missing.Count > 0)
                throw new Fault($"{path} lacks the column {string.Join(", ", missing)}");
            var rows = new List<LabelledRow>();
            while (csv.Read())
            {
                if (Row(csv) is { } row && IsOf(half, row.Id))
                    rows.Add(row);
            }

            return rows;
        }
        catch (CsvFormatException broken)
        {
            throw new Fault($"{path}: row {broken.RecordNumber} cannot be read: {broken.Message}", broken);
        }
    }

    private static bool IsOf(RowHalf half, long id) => half switch
    {
        RowHalf.Even => id % 2 == 0,
        RowHalf.Odd => id % 2 != 0,
        _ => true,
    };

    private static LabelledRow? Row(CsvReader csv)
    {
        if (!long.TryParse(Field(csv, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !DateTime.TryParse(Field(csv, "created_at_local"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var position = Degrees(Field(csv, "lng"), 180) is { } longitude && Degrees(Field(csv, "lat"), 90) is { } latitude
            ? (longitude, latitude)
            : ((double, double)?)null;
        return new LabelledRow(
            id, local, new LabelledReport(Field(csv, "summary"), Field(csv, "description"), Field(csv, "category"), Field(csv, "address"), position));
    }

    private static double? Degrees(string text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most && degrees != 0 ? degrees : null;

    private static string Field(CsvReader csv, string name) => csv.TryGetFieldIndex(name, out var index) ? csv.GetString(index).Trim() : "";
}
