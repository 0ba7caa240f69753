using System.Collections;
using System.Text;
using System.Text.Json;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>What an import is of: another file, tenant, user, domain or time zone is another import.</summary>
/// <param name="Sha256">Of the file's content.</param>
/// <param name="Reading">The options by which rows are read; null in journals of before there were any.</param>
/// <param name="AsksFirst">Rows may have been imported before the journal knew: each is looked up before it is sent.</param>
internal sealed record ImportHead(string Sha256, string File, Guid Tenant, string Domain, string TimeZone, bool AsksFirst, string? Reading = null);

/// <summary>
/// Which rows of a file became which reports: JSON Lines in the state folder, only ever appended to. Before rows are sent they are
/// announced by blocks, on disk, with the time. So a row is known to be imported, known never to have been sent, or in doubt; a row in doubt
/// is sent again under its Idempotency-Key, or looked up first once that key may have expired. Safe to use from many tasks.
/// </summary>
internal sealed class ImportJournal : IDisposable
{
    private const int Block = 64;

    /// <summary>An Idempotency-Key is kept for 24 hours; an hour is left for clocks that differ and requests that wait.</summary>
    private static readonly TimeSpan KeyHolds = TimeSpan.FromHours(23);

    private static readonly Comparer<Announced> ByUntil = Comparer<Announced>.Create((a, b) => a.Until.CompareTo(b.Until));

    private readonly Lock gate = new();
    private readonly BitArray done = new(4096);
    private readonly List<Announced> announced = [];
    private readonly FileStream file;
    private readonly TimeProvider clock;

    private ImportJournal(FileStream file, TimeProvider clock)
    {
        this.file = file;
        this.clock = clock;
    }

    /// <summary>Null until <see cref="Begin"/> for a journal that is new.</summary>
    public ImportHead? Head { get; private set; }

    public int Done { get; private set; }

    /// <param name="restart">Forget what it holds.</param>
    /// <exception cref="ClientException">The same import is running, or the journal cannot be read.</exception>
    public static ImportJournal Open(string path, bool restart, TimeProvider clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var journal = new ImportJournal(Lock(path), clock);
        try
        {
            if (restart) journal.file.SetLength(0);
            journal.Load(path);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    public void Begin(ImportHead head)
    {
        Head = head;
        Append(head, durable: true);
    }

    public bool HasDone(long row)
    {
        lock (gate) return row < done.Length && done[(int)row];
    }

    /// <summary>The row may be at the server, and its Idempotency-Key gone.</summary>
    public bool MustBeLookedUp(long row)
    {
        lock (gate)
        {
            if (Head!.AsksFirst) return true;
            // The first block that reaches the row is the one that announced it.
            var place = announced.BinarySearch(new Announced(row, default), ByUntil);
            if (place < 0) place = ~place;
            return place < announced.Count && clock.GetUtcNow() - announced[place].At > KeyHolds;
        }
    }

    /// <summary>Puts on disk that a row may be sent from now on.</summary>
    public void Announce(long row)
    {
        lock (gate)
        {
            if (announced.Count > 0 && announced[^1].Until >= row) return;
            var block = new Announced(row + Block - 1, clock.GetUtcNow());
            Append(block, durable: true);
            announced.Add(block);
        }
    }

    public void Accept(long row, string id, Guid incident)
    {
        lock (gate)
        {
            if (Mark(row)) Append(new Accepted(row, id, incident), durable: false);
        }
    }

    /// <summary>Reports of the rows up to this one. Not while rows are sent.</summary>
    public IEnumerable<Guid> Incidents(long lastRow)
    {
        foreach (var line in Lines())
        {
            if (Parse(line) is Accepted accepted && accepted.Row <= lastRow) yield return accepted.Incident;
        }
    }

    public void Dispose()
    {
        if (file.CanWrite) file.Flush(flushToDisk: true);
        file.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            // Alone with it, until this process ends in whatever way. No buffer: a written line outlives the process.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new ClientException($"the same import is running already: {path} is in use", e);
        }
    }

    private void Load(string path)
    {
        DropTornLine();
        var number = 0;
        foreach (var line in Lines())
        {
            number++;
            switch (Parse(line))
            {
                case ImportHead head: Head = head; break;
                case Announced block: announced.Add(block); break;
                case Accepted accepted: Mark(accepted.Row); break;
                default: throw new ClientException($"line {number} of {path} cannot be read; --restart forgets the journal");
            }
        }
    }

    /// <summary>A last line that was not written to its end says nothing.</summary>
    private void DropTornLine()
    {
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') break;
        }

        file.SetLength(end);
    }

    private IEnumerable<string> Lines()
    {
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private bool Mark(long row)
    {
        if (row >= done.Length) done.Length = checked((int)Math.Max(row + 1, done.Length * 2L));
        if (done[(int)row]) return false;
        done[(int)row] = true;
        Done++;
        return true;
    }

    private static object? Parse(string line)
    {
        try
        {
            return line.StartsWith("{\"row\"", StringComparison.Ordinal) ? JsonSerializer.Deserialize<Accepted>(line, Wire.Options)
                : line.StartsWith("{\"until\"", StringComparison.Ordinal) ? JsonSerializer.Deserialize<Announced>(line, Wire.Options)
                : JsonSerializer.Deserialize<ImportHead>(line, Wire.Options) is { Sha256: not null } head ? head : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Append<T>(T line, bool durable)
    {
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Wire.Options), (byte)'\n']);
        if (durable) file.Flush(flushToDisk: true);
    }

    private sealed record Announced(long Until, DateTimeOffset At);

    private sealed record Accepted(long Row, string Id, Guid Incident);
}
