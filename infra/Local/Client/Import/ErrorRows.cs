using CsvHelper;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Rows that failed, as a CSV file with the columns of the source, then row and error: corrected, it can be imported itself. The file is
/// made with its first row. Safe to add to from many tasks.
/// </summary>
internal sealed class ErrorRows : IDisposable
{
    private const string Tail = "row,error";
    private const int MaxTold = 100;

    private readonly Lock gate = new();
    private readonly SortedDictionary<long, ImportRow.Faulty> told = [];
    private readonly string path;
    private readonly IReadOnlyList<string> header;
    private CsvWriter? csv;

    private ErrorRows(string path, IReadOnlyList<string> header)
    {
        this.path = path;
        this.header = header;
    }

    public int Count { get; private set; }

    /// <summary>Removes what an earlier import left there.</summary>
    /// <exception cref="ClientException">Something else is there.</exception>
    public static ErrorRows At(string path, IReadOnlyList<string> header)
    {
        if (File.Exists(path))
        {
            var first = File.ReadLines(path).FirstOrDefault() ?? Tail;
            if (!first.EndsWith(Tail, StringComparison.Ordinal)) throw new ClientException($"{path} is there and no list of failed rows: name another with --errors");
            File.Delete(path);
        }

        return new ErrorRows(path, header);
    }

    public void Add(ImportRow.Faulty row)
    {
        lock (gate)
        {
            Count++;
            if (told.Count < MaxTold) told[row.Number] = row;
            csv ??= Start();
            for (var i = 0; i < header.Count; i++) csv.WriteField(i < row.Fields.Count ? row.Fields[i] : "");
            csv.WriteField(row.Number);
            csv.WriteField(row.Fault);
            csv.EndRecord();
        }
    }

    /// <summary>Says which rows failed: the first ones, and where the others are listed.</summary>
    public async Task TellAsync(TextWriter output)
    {
        if (Count == 0) return;
        foreach (var row in told.Values) await output.WriteLineAsync(row.ToString());
        await output.WriteLineAsync(Count > told.Count ? $"and {Count - told.Count} more; all are in {path}" : $"they are in {path}");
    }

    public void Dispose() => csv?.Dispose();

    private CsvWriter Start()
    {
        var writer = CsvWriter.ToFile(path);
        foreach (var name in header) writer.WriteField(name);
        writer.WriteField("row");
        writer.WriteField("error");
        writer.EndRecord();
        return writer;
    }
}
