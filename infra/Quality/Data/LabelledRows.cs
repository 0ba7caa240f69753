using System.Text;
using DomainFlow.Imports;
using DomainFlow.Imports.Rows;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Quality.Commands;

namespace DomainFlow.Quality.Data;

/// <summary>
/// A city's reports of the past: a file as the import reads it, by the same reader, with a category column; address, lat and lon where
/// places are to be learned or measured.
/// </summary>
/// <param name="Rows">In the order of the file.</param>
/// <param name="Summary">What became of all rows of the file, of either half.</param>
internal sealed record LabelledRows(IReadOnlyList<LabelledRow> Rows, ReadingSummary Summary, IReadOnlyList<string> Description)
{
    /// <exception cref="Fault">The file is missing, lacks a column, or is no table.</exception>
    public static LabelledRows Read(string path, RowHalf half, ReportFileOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new Fault($"{path} is not there");
        try
        {
            using var content = File.OpenRead(path);
            var file = ReportFile.Open(content, options, cancellationToken);
            if (!file.Columns.Has(ReportColumns.Category))
                throw new Fault($"{path} lacks the column category (--map)");
            var (rows, summary) = (new List<LabelledRow>(), new ReadingSummary());
            foreach (var row in file.Rows())
            {
                cancellationToken.ThrowIfCancellationRequested();
                summary.Add(row);
                if (row is MappedRow.Good good && IsOf(half, good.Id))
                    rows.Add(Row(good));
            }

            return new LabelledRows(rows, summary, file.Description);
        }
        catch (ImportException broken)
        {
            throw new Fault($"{path}: {broken.Message}{(broken.Setting is { } setting ? $" (--{setting.Replace('_', '-')})" : "")}", broken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new Fault($"{path} may not be read", denied);
        }
    }

    /// <summary>What was dropped and why, a line for each cause, and how many rows have a place to learn from.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var line in Description)
            yield return line;
        yield return $"{Summary.Rows} rows: {Summary.Good} can be used, {Summary.Rows - Summary.Good} are left out; {Summary.Placed} have a usable position";
        foreach (var line in Summary.Lines())
            yield return line.Replace("failed: ", "left out: ", StringComparison.Ordinal);
    }

    /// <summary>Numbers by their last digit, other ids by a hash that is the same everywhere.</summary>
    public static bool IsEven(string id)
    {
        if (id.Length > 0 && id.All(char.IsAsciiDigit))
            return (id[^1] - '0') % 2 == 0;
        var hash = 2166136261u;
        foreach (var part in Encoding.UTF8.GetBytes(id))
            hash = (hash ^ part) * 16777619u;
        return (hash ^ (hash >> 16)) % 2 == 0;
    }

    private static bool IsOf(RowHalf half, string id) => half == RowHalf.All || IsEven(id) == (half == RowHalf.Even);

    private static LabelledRow Row(MappedRow.Good row) => new(
        row.Id,
        row.Report.ReportedAt,
        new LabelledReport(
            row.Report.Summary,
            row.Report.Description,
            row.Report.Category,
            row.Report.Address,
            row.Report.Position is { } at ? (at.Lon, at.Lat) : null));
}
