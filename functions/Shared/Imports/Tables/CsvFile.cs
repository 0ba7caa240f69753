using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace DomainFlow.Imports.Tables;

/// <summary>A CSV file (RFC 4180, any separator and encoding) with a header.</summary>
internal sealed class CsvFile : TableFile
{
    private readonly Dictionary<long, string> faults;
    private readonly CsvReader csv;

    private CsvFile(CsvReader csv, TextDialect dialect, Dictionary<long, string> faults)
    {
        (this.csv, this.faults, Dialect) = (csv, faults, dialect);
        Header = ReadHeader(csv);
    }

    public override IReadOnlyList<string> Header { get; }

    public override TextDialect Dialect { get; }

    public override string Description => $"CSV ({Dialect})";

    private bool IsUtf8 => Dialect.Encoding.CodePage == Encoding.UTF8.CodePage;

    /// <exception cref="ImportException">It is empty, or its header cannot be read.</exception>
    public static CsvFile Create(Stream content, TableOptions options)
    {
        var dialect = TextDialect.Detect(content, options);
        content.Position = 0;
        var faults = new Dictionary<long, string>();
        var csv = CsvReader.Create(content, Options(dialect, faults), leaveOpen: true);
        try
        {
            return new CsvFile(csv, dialect, faults);
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    public override IEnumerable<TableRow> Rows()
    {
        while (true)
        {
            TableRow? row;
            try
            {
                row = csv.Read() ? Row() : null;
            }
            catch (CsvFormatException e)
            {
                row = new TableRow(e.RecordNumber, [], null, $"it cannot be read, nor what follows it (a quote that is never closed?): {e.Message}", EndsFile: true);
            }

            if (row is null) yield break;
            yield return row;
            if (row.EndsFile) yield break;
        }
    }

    protected override void Dispose(bool disposing) => csv.Dispose();

    private static CsvReaderOptions Options(TextDialect dialect, Dictionary<long, string> faults) => new()
    {
        // The library skips a line sep=; only where it is to find the separator itself.
        Separator = dialect.NamesSeparator ? null : dialect.Separator,
        Encoding = dialect.Encoding.CodePage == Encoding.UTF8.CodePage ? null : dialect.Encoding,
        MaxRecordSize = MaxRowSize,
        OnMalformedRecord = record =>
        {
            // A quote inside a field that has no quotes around it, as in 5" pipe, is plain text.
            if (record.Reason is CsvMalformedReason.TextAfterClosingQuote or CsvMalformedReason.UnterminatedQuote)
                faults[record.RecordNumber] = record.Reason == CsvMalformedReason.UnterminatedQuote ? "a quote is never closed" : "text follows a closing quote";
        },
    };

    private static IReadOnlyList<string> ReadHeader(CsvReader csv)
    {
        try
        {
            csv.ReadHeader();
            if (csv.Headers.Count == 0) throw new ImportException("the file is empty");
            if (csv.Headers.Count > MaxColumns) throw new ImportException($"the file has {csv.Headers.Count} columns; at most {MaxColumns} are read");
            return csv.Headers;
        }
        catch (CsvFormatException e)
        {
            throw new ImportException($"the header of the file cannot be read: {e.Message}", null, e);
        }
    }

    private TableRow Row()
    {
        var number = csv.RowNumber + 1;
        var fields = Enumerable.Range(0, Math.Min(csv.FieldCount, Header.Count)).Select(csv.GetString).ToArray();
        var runsOn = faults.TryGetValue(number, out var malformed) && malformed == "a quote is never closed";
        return new TableRow(number, fields, Original(csv.RawRecord), Fault(number), runsOn);
    }

    private string? Fault(long number)
    {
        if (faults.Remove(number, out var malformed)) return malformed;
        if (csv.FieldCount < Header.Count || HasMore()) return $"it has {csv.FieldCount} fields; the header has {Header.Count}";
        return IsUtf8 && !Utf8.IsValid(csv.RawRecord) ? "it is not in UTF-8" : null;
    }

    /// <summary>Separators at a row's end are what some programs pad with.</summary>
    private bool HasMore()
    {
        for (var i = Header.Count; i < csv.FieldCount; i++)
        {
            if (!csv.IsEmpty(i)) return true;
        }

        return false;
    }

    /// <summary>A record's bytes as the file has them: the reader has made UTF-8 of them.</summary>
    private byte[] Original(ReadOnlySpan<byte> record) => IsUtf8 ? record.ToArray() : Dialect.Encoding.GetBytes(Encoding.UTF8.GetString(record));
}
