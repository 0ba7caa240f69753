using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Reports of a CSV file (RFC 4180, UTF-8, with a header). Needs an id, a time (created_at_local, or reported_at) and a text (summary and
/// description, or text); address, lat, lng, status and category are kept as labels where they are there. Other columns are ignored.
/// Reads row by row, so that a file may be larger than memory: of the rows before, only eight bytes of each id's hash are kept.
/// </summary>
internal sealed class CsvReports : IDisposable
{
    private const int MaxIdLength = 60;
    private const int MaxRecordBytes = 1024 * 1024;

    private readonly Dictionary<long, string> faults = [];
    private readonly HashSet<ulong> seen = [];
    private readonly CsvReader csv;
    private readonly string domain;
    private readonly LocalTimes times;

    private CsvReports(Stream content, string domain, LocalTimes times)
    {
        this.domain = domain;
        this.times = times;
        csv = CsvReader.Create(content, Options(faults), leaveOpen: true);
        Columns = CsvColumns.Of(Header(csv));
    }

    public CsvColumns Columns { get; }

    /// <exception cref="ClientException">The file is empty, its header cannot be read, or lacks a column.</exception>
    public static CsvReports Open(Stream content, string domain, LocalTimes times) => new(content, domain, times);

    /// <summary>How many rows a file has, as far as it can be read.</summary>
    public static long Count(Stream content)
    {
        using var csv = CsvReader.Create(content, Options([]), leaveOpen: true);
        Header(csv);
        long rows = 0;
        for (; ; rows++)
        {
            try
            {
                if (!csv.Read()) return rows;
            }
            catch (CsvFormatException)
            {
                return rows + 1;
            }
        }
    }

    /// <summary>The rows from here on; what is wrong with one does not keep the next from being read.</summary>
    public IEnumerable<ImportRow> Rows()
    {
        while (true)
        {
            ImportRow? row;
            try
            {
                row = csv.Read() ? Row() : null;
            }
            catch (CsvFormatException e)
            {
                row = Unreadable(e);
            }

            if (row is null) yield break;
            yield return row;
            if (row is ImportRow.Faulty { Fields.Count: 0 }) yield break;
        }
    }

    public void Dispose() => csv.Dispose();

    private static CsvReaderOptions Options(Dictionary<long, string> faults) => new()
    {
        Separator = ',',
        MaxRecordSize = MaxRecordBytes,
        OnMalformedRecord = record =>
        {
            // A quote inside a field that has no quotes around it, as in 5" pipe, is plain text.
            if (record.Reason is CsvMalformedReason.TextAfterClosingQuote or CsvMalformedReason.UnterminatedQuote)
                faults[record.RecordNumber] = record.Reason == CsvMalformedReason.UnterminatedQuote ? "a quote is never closed" : "text follows a closing quote";
        },
    };

    private static IReadOnlyList<string> Header(CsvReader csv)
    {
        try
        {
            csv.ReadHeader();
            return csv.Headers;
        }
        catch (CsvFormatException e)
        {
            throw new ClientException($"the header of the CSV file cannot be read: {e.Message}", e);
        }
    }

    private static ImportRow.Faulty Unreadable(CsvFormatException e) =>
        new(e.RecordNumber, "", [], null, $"it cannot be read, nor what follows it (a quote that is never closed?): {e.Message}");

    private ImportRow Row()
    {
        var number = csv.RowNumber + 1;
        var id = Columns.Field(csv, "id");
        var fields = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray();
        var fault = Fault(number, id);
        if (fault is not null) return new ImportRow.Faulty(number, id, fields, fault.Value.Field, fault.Value.Reason);
        var labels = ReportLabels.Of(
            id, Field("category"), Field("status"), Field("address"), Field("lat"), Field("lng"));
        return new ImportRow.Report(number, id, fields, new ReportToSend(domain, Text(), times.ToInstant(Field(Columns.Time)), "import", Labels: labels));
    }

    private (string? Field, string Reason)? Fault(long number, string id)
    {
        if (faults.Remove(number, out var malformed)) return (null, malformed);
        if (csv.FieldCount != csv.Headers.Count) return (null, $"it has {csv.FieldCount} fields; the header has {csv.Headers.Count}");
        if (!Utf8.IsValid(csv.RawRecord)) return (null, "it is not in UTF-8");
        if (id.Length == 0) return ("id", "it is empty");
        if (id.Length > MaxIdLength || id.Any(c => c is <= ' ' or > '~'))
            return ("id", $"must be at most {MaxIdLength} printable ASCII characters without spaces");
        if (!seen.Add(BitConverter.ToUInt64(SHA256.HashData(Encoding.ASCII.GetBytes(id))))) return ("id", "an earlier row has the same");
        var created = Field(Columns.Time);
        if (times.ToInstant(created) is null) return (Columns.Time, $"'{created}' is not a time such as 2026-09-01T07:12:00");
        if (Text().Length == 0) return Columns.HasWholeText ? ("text", "it is empty") : ("summary", "summary and description are empty");
        return (Field("lat").Length > 0, Field("lng").Length > 0) switch
        {
            (true, false) => ("lng", "it is empty, and lat is not"),
            (false, true) => ("lat", "it is empty, and lng is not"),
            _ => null,
        };
    }

    private string Text() => Columns.HasWholeText ? SafeCells.Read(Field("text")) : ReportText.Of(Field("summary"), Field("description"));

    private string Field(string name) => Columns.Field(csv, name);
}
