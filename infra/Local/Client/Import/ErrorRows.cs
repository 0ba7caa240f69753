using System.Globalization;
using DomainFlow.Imports.Rows;
using DomainFlow.Imports.Tables;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Rows that failed, as a file in the source's own dialect and encoding: its row number and error, then the row's bytes as they were. So
/// it can be corrected and imported itself. The file is made with its first row. Safe to add to from many tasks.
/// </summary>
internal sealed class ErrorRows : IDisposable
{
    private const int MaxTold = 100;

    private readonly Lock gate = new();
    private readonly SortedDictionary<long, MappedRow.Faulty> told = [];
    private readonly List<MappedRow.Faulty> unclosed = [];
    private readonly string path;
    private readonly ReportFile source;
    private FileStream? file;

    private ErrorRows(string path, ReportFile source) => (this.path, this.source) = (path, source);

    public int Count { get; private set; }

    /// <summary>Removes what an earlier import left there.</summary>
    /// <exception cref="ClientException">Something else is there.</exception>
    public static ErrorRows At(string path, ReportFile source)
    {
        var errors = new ErrorRows(path, source);
        if (File.Exists(path))
        {
            var begin = errors.Begin();
            using (var there = File.OpenRead(path))
            {
                var found = new byte[begin.Length];
                if (there.Length > 0 && (there.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < begin.Length || !found.AsSpan().SequenceEqual(begin)))
                    throw new ClientException($"{path} is there and no list of failed rows: name another with --errors");
            }

            File.Delete(path);
        }

        return errors;
    }

    public void Add(MappedRow.Faulty row)
    {
        lock (gate)
        {
            Count++;
            if (told.Count < MaxTold) told[row.Number] = row;
            // What follows a quote that is never closed would be part of it.
            if (row.Row.EndsFile) unclosed.Add(row);
            else Write(row);
        }
    }

    /// <summary>Says which rows failed: the first ones, and where the others are listed.</summary>
    public async Task TellAsync(TextWriter output)
    {
        if (Count == 0) return;
        foreach (var row in told.Values) await output.WriteLineAsync(row.ToString());
        await output.WriteLineAsync(Count > told.Count ? $"and {Count - told.Count} more; all are in {path}" : $"they are in {path}");
    }

    public void Dispose()
    {
        unclosed.ForEach(Write);
        file?.Dispose();
    }

    private byte[] Bytes(string text) => source.Dialect.Encoding.GetBytes(text);

    /// <summary>The first bytes of such a list.</summary>
    private byte[] Begin()
    {
        var dialect = source.Dialect;
        var hint = dialect.NamesSeparator ? $"sep={dialect.Separator}{dialect.LineBreak}" : "";
        return Bytes($"{(dialect.HasByteOrderMark ? "\uFEFF" : "")}{hint}row{dialect.Separator}error{dialect.Separator}");
    }

    private void Write(MappedRow.Faulty row)
    {
        if (file is null)
        {
            file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
            file.Write([.. Begin(), .. Cells(source.Header), .. Bytes(source.Dialect.LineBreak)]);
        }

        var number = row.Number.ToString(CultureInfo.InvariantCulture);
        var begin = $"{number}{source.Dialect.Separator}{source.Dialect.Quote(row.Issue.ToString().ReplaceLineEndings(" "))}{source.Dialect.Separator}";
        file.Write([.. Bytes(begin), .. row.Row.Raw ?? Cells(row.Row.Fields), .. Bytes(source.Dialect.LineBreak)]);
    }

    private byte[] Cells(IReadOnlyList<string> cells) => Bytes(string.Join(source.Dialect.Separator, cells.Select(source.Dialect.Quote)));
}
