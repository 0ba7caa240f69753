using System.Globalization;

namespace DomainFlow.Benchmarks.Measuring;

/// <summary>A table of results, written as Markdown whose columns line up.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> rows = [];

    /// <summary>What a reader must know beside the figures; one line.</summary>
    public string? Note { get; init; }

    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length) throw new ArgumentException($"{title}: a row has {cells.Length} cells, not {columns.Length}.", nameof(cells));
        rows.Add(cells);
    }

    public override string ToString()
    {
        var widths = Enumerable.Range(0, columns.Length).Select(i => rows.Append(columns).Max(row => row[i].Length)).ToArray();
        string Line(string[] cells) => $"| {string.Join(" | ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))} |";
        var rule = $"|{string.Join("|", widths.Select((width, i) => i == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":"))}|";
        return string.Join('\n', new[] { $"**{title}**", "", Line(columns), rule }.Concat(rows.Select(Line)).Append(Note is null ? "" : $"\n{Note}\n"));
    }

    public static string Milliseconds(double value) =>
        value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + " x";
}
