using CsvHelper;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <param name="Number">The row's number in the file as a spreadsheet counts: the header is row 1.</param>
internal abstract record ImportRow(long Number)
{
    public sealed record Report(long Number, string ExternalId, ReportToSend Body) : ImportRow(Number);

    public sealed record Faulty(long Number, string Reason) : ImportRow(Number);
}

/// <summary>
/// Reports of a CSV file (RFC 4180, with a header). Needs the columns id, created_at_local, summary and description; address, lat, lng,
/// status and category are kept as labels where they are there. Other columns are ignored.
/// </summary>
internal static class CsvReports
{
    private static readonly string[] Required = ["id", "created_at_local", "summary", "description"];
    private const int MaxIdLength = 60;
    private const int MaxRecordBytes = 1024 * 1024;

    /// <summary>Reads row by row, so that a file may be larger than memory.</summary>
    /// <exception cref="ClientException">A column is missing, or the file is no CSV file.</exception>
    public static IEnumerable<ImportRow> Read(TextReader text, string domain, LocalTimes times)
    {
        var faults = new Dictionary<long, string>();
        using var csv = CsvReader.Create(text, Options(faults), leaveOpen: true);
        CheckHeader(csv);
        while (Next(csv))
        {
            var number = csv.RowNumber + 1;
            yield return faults.Remove(number, out var fault) ? new ImportRow.Faulty(number, fault)
                : csv.FieldCount != csv.Headers.Count ? new ImportRow.Faulty(number, $"it has {csv.FieldCount} fields; the header has {csv.Headers.Count}")
                : ToRow(csv, number, domain, times);
        }
    }

    private static CsvReaderOptions Options(Dictionary<long, string> faults) => new()
    {
        Separator = ',',
        MaxRecordSize = MaxRecordBytes,
        NormalizeHeaderName = name => name.Trim().ToLowerInvariant(),
        OnMalformedRecord = record =>
        {
            // A quote inside a field that has no quotes around it, as in 5" pipe, is plain text.
            if (record.Reason is CsvMalformedReason.TextAfterClosingQuote or CsvMalformedReason.UnterminatedQuote)
                faults[record.RecordNumber] = record.Reason == CsvMalformedReason.UnterminatedQuote ? "a quote is never closed" : "text follows a closing quote";
        },
    };

    private static void CheckHeader(CsvReader csv)
    {
        try
        {
            csv.ReadHeader();
        }
        catch (CsvFormatException e)
        {
            throw new ClientException($"the header of the CSV file cannot be read: {e.Message}", e);
        }

        var names = csv.Headers.Select(h => h.Trim().ToLowerInvariant()).ToHashSet();
        var missing = Required.Where(c => !names.Contains(c)).ToList();
        if (missing.Count > 0) throw new ClientException($"the CSV file lacks the column {string.Join(", ", missing)}");
    }

    private static bool Next(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException e)
        {
            throw new ClientException($"row {e.RecordNumber} cannot be read, nor what follows it: {e.Message}", e);
        }
    }

    private static ImportRow ToRow(CsvReader csv, long number, string domain, LocalTimes times)
    {
        var id = Field(csv, "id");
        if (id.Length == 0) return new ImportRow.Faulty(number, "id is empty");
        if (id.Length > MaxIdLength || id.Any(c => c is <= ' ' or > '~'))
            return new ImportRow.Faulty(number, $"id must be at most {MaxIdLength} printable ASCII characters without spaces");
        var created = Field(csv, "created_at_local");
        if (times.ToInstant(created) is not { } reportedAt)
            return new ImportRow.Faulty(number, $"created_at_local '{created}' is not a time such as 2026-09-01T07:12:00");
        var text = ReportText.Of(Field(csv, "summary"), Field(csv, "description"));
        if (text.Length == 0) return new ImportRow.Faulty(number, "summary and description are empty");
        var labels = ReportLabels.Of(id, Field(csv, "category"), Field(csv, "status"), Field(csv, "address"), Field(csv, "lat"), Field(csv, "lng"));
        return new ImportRow.Report(number, id, new ReportToSend(domain, text, reportedAt, "import", Labels: labels));
    }

    /// <summary>A column that the file does not have is empty.</summary>
    private static string Field(CsvReader csv, string name) => csv.TryGetFieldIndex(name, out var index) ? csv.GetString(index).Trim() : "";
}
