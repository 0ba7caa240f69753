using System.IO.Compression;
using System.Xml;

namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>
/// A sheet of an XLSX workbook (ECMA-376), read row by row. The header is the first row that is not empty. A workbook comes from anybody:
/// every part is bounded in what it may hold once it is decompressed.
/// </summary>
internal sealed class XlsxFile : TableFile
{
    /// <summary>As many as Excel has.</summary>
    private const long MaxRowNumber = 1_048_576;

    private readonly ZipArchive archive;
    private readonly XlsxSheet sheet;
    private readonly IEnumerator<SheetRow> rows;

    private XlsxFile(ZipArchive archive, XlsxSheet sheet)
    {
        (this.archive, this.sheet) = (archive, sheet);
        rows = sheet.Rows().GetEnumerator();
        Header = ReadHeader();
    }

    public override IReadOnlyList<string> Header { get; }

    public override TextDialect Dialect => TextDialect.Common;

    public override string Description => $"XLSX (sheet {sheet.Name})";

    /// <exception cref="ImportException">It is no workbook, has no such sheet, or is larger than it may be.</exception>
    public static XlsxFile Create(Stream content, string? sheetName)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return new XlsxFile(archive, Workbook.Open(archive, sheetName));
        }
        catch (Exception e)
        {
            archive?.Dispose();
            throw Explained(e);
        }
    }

    public override IEnumerable<TableRow> Rows()
    {
        long last = 0;
        while (Next() is { } row)
        {
            if (row.Number <= last || row.Number > MaxRowNumber) throw new ImportException($"the sheet's rows are not in order: {row.Number} follows {last}");
            last = row.Number;
            if (row.IsEmpty) continue;
            yield return new TableRow(row.Number, row.Cells(Header.Count), null, row.Fault(Header.Count));
        }
    }

    protected override void Dispose(bool disposing)
    {
        rows.Dispose();
        archive.Dispose();
    }

    private IReadOnlyList<string> ReadHeader()
    {
        while (Next() is { } row)
        {
            if (row.IsEmpty) continue;
            return row.IsTooLarge ? throw new ImportException("the header of the sheet is too large") : row.All();
        }

        throw new ImportException($"the sheet {sheet.Name} is empty");
    }

    private SheetRow? Next()
    {
        try
        {
            return rows.MoveNext() ? rows.Current : null;
        }
        catch (Exception e) when (e is not ImportException)
        {
            throw Explained(e);
        }
    }

    private static Exception Explained(Exception e) => e is InvalidDataException or XmlException or IOException or NotSupportedException or FormatException or OverflowException
        ? new ImportException($"the workbook cannot be read: {e.Message}", null, e)
        : e;
}
