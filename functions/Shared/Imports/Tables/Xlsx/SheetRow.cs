namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>A row's cells by their columns; those that the sheet leaves out are empty.</summary>
internal sealed class SheetRow(long number)
{
    private readonly List<string> cells = [];
    private int size;

    public long Number => number;

    public bool IsTooLarge { get; private set; }

    public bool IsEmpty => !IsTooLarge && cells.TrueForAll(string.IsNullOrWhiteSpace);

    /// <summary>Characters that the row may still take.</summary>
    public int Room => TableFile.MaxRowSize - size;

    public void Set(int column, string text)
    {
        if (text.Length == 0) return;
        if (column >= TableFile.MaxColumns)
        {
            IsTooLarge = true;
            return;
        }

        while (cells.Count <= column) cells.Add("");
        cells[column] = text;
        size += text.Length;
    }

    public void Refuse() => IsTooLarge = true;

    public string[] All() => [.. cells];

    public string[] Cells(int count) => [.. Enumerable.Range(0, count).Select(i => i < cells.Count ? cells[i] : "")];

    public string? Fault(int count) =>
        IsTooLarge ? $"it is larger than {TableFile.MaxRowSize} characters or {TableFile.MaxColumns} columns"
        : cells.Skip(count).Any(cell => cell.Length > 0) ? $"it has {cells.Count} fields; the header has {count}"
        : null;
}
