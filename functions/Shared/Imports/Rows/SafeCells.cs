namespace DomainFlow.Imports.Rows;

/// <summary>
/// Cells that a spreadsheet does not take for formulas: an apostrophe stands before what begins with = + - @, tab or CR. It also stands
/// before another apostrophe, so that reading such a cell gives back what was written.
/// </summary>
public static class SafeCells
{
    private const string Marked = "=+-@\t\r'";

    public static string Write(string text) => text is [var first, ..] && Marked.Contains(first, StringComparison.Ordinal) ? $"'{text}" : text;

    public static string Read(string cell) => cell is ['\'', var first, ..] && Marked.Contains(first, StringComparison.Ordinal) ? cell[1..] : cell;
}
