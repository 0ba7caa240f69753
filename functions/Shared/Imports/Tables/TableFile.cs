using DomainFlow.Imports.Tables.Xlsx;

namespace DomainFlow.Imports.Tables;

/// <summary>How a file is to be read; what is null is found out.</summary>
/// <param name="Separator">One ASCII character, or <c>comma</c>, <c>semicolon</c>, <c>tab</c>, <c>pipe</c>.</param>
/// <param name="Encoding">Such as <c>utf-8</c>, <c>utf-16</c> or <c>windows-1252</c>.</param>
/// <param name="Sheet">Name of a workbook's sheet; the first visible one unless given.</param>
public sealed record TableOptions(string? Separator = null, string? Encoding = null, string? Sheet = null);

/// <summary>
/// A table with a header in a file: CSV in any usual dialect, or an XLSX workbook's sheet. Read row by row, so that a file may be larger
/// than memory.
/// </summary>
public abstract class TableFile : IDisposable
{
    /// <summary>More columns are refused.</summary>
    internal const int MaxColumns = 1000;

    /// <summary>A larger row is refused: bytes of UTF-8 for CSV, characters for a workbook.</summary>
    internal const int MaxRowSize = 1024 * 1024;

    public abstract IReadOnlyList<string> Header { get; }

    /// <summary>How a row is written in this file's own form, such as the list of failed rows.</summary>
    public abstract TextDialect Dialect { get; }

    /// <summary>What the file is, for people: <c>CSV (comma, utf-8)</c> or <c>XLSX (sheet Reports)</c>.</summary>
    public abstract string Description { get; }

    /// <param name="content">Seekable, read from its beginning; stays open.</param>
    /// <exception cref="ImportException">The file is empty, is no table, or its header cannot be read.</exception>
    public static TableFile Open(Stream content, TableOptions options)
    {
        content.Position = 0;
        var start = new byte[8];
        var length = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return start.AsSpan(0, length) switch
        {
            [0x50, 0x4B, 0x03, 0x04, ..] => XlsxFile.Create(content, options.Sheet),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => throw new ImportException("this is a workbook of Excel 97 to 2003 (.xls): save it as .xlsx or CSV"),
            [0x25, 0x50, 0x44, 0x46, ..] => throw new ImportException("this is a PDF, not a table: a CSV or XLSX file is needed"),
            _ => CsvFile.Create(content, options),
        };
    }

    /// <summary>The rows from here on; what is wrong with one does not keep the next from being read. Enumerate once.</summary>
    /// <exception cref="ImportException">The rest of a workbook cannot be read.</exception>
    public abstract IEnumerable<TableRow> Rows();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
