using System.Text;
using DomainFlow.Client.Tests.Api;
using DomainFlow.Imports.Rows;
using DomainFlow.Imports.Tables;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Import;
using DomainFlow.Stores.Tests.Search;

namespace DomainFlow.Client.Tests.Import;

public sealed class ReportImportTests : IDisposable
{
    private static readonly DateTimeOffset Reported = new(2026, 9, 1, 7, 12, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("domainflow-");
    private readonly TestClock clock = new();

    private string JournalPath => Path.Combine(folder.FullName, "imports", "j.jsonl");

    private string ErrorsPath => Path.Combine(folder.FullName, "errors.csv");

    [Fact]
    public async Task A_second_import_sends_nothing()
    {
        await using var api = await FakeApi.StartAsync();
        Assert.Equal((40, 0, 0), await ImportAsync(api, Rows(40)));
        var sent = api.Requests;
        Assert.Equal((0, 40, 0), await ImportAsync(api, Rows(40)));
        Assert.Equal((40, sent), (api.Stored.Count, api.Requests));
    }

    [Fact]
    public async Task With_its_journal_lost_an_import_adds_nothing_while_keys_hold()
    {
        await using var api = await FakeApi.StartAsync();
        await ImportAsync(api, Rows(40));
        File.Delete(JournalPath);
        Assert.Equal((0, 40, 0), await ImportAsync(api, Rows(40)));
        Assert.Equal(40, api.Stored.Count);
    }

    [Fact]
    public async Task With_its_journal_lost_and_keys_expired_an_import_finds_what_is_there()
    {
        await using var api = await FakeApi.StartAsync();
        await ImportAsync(api, Rows(40));
        File.Delete(JournalPath);
        ExpireKeys(api);
        Assert.Equal((0, 40, 0), await ImportAsync(api, Rows(40), asksFirst: true));
        Assert.Equal(40, api.Stored.Count);
    }

    [Fact]
    public async Task A_row_that_may_have_been_sent_a_day_ago_is_looked_up_and_not_sent()
    {
        await using var api = await FakeApi.StartAsync();
        // Stored, and the process ends before the journal knows.
        await ImportAsync(api, Rows(10));
        var journal = await File.ReadAllLinesAsync(JournalPath);
        await File.WriteAllLinesAsync(JournalPath, journal.Where(l => !l.StartsWith("{\"row\":5,", StringComparison.Ordinal)));
        ExpireKeys(api);
        clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal((5, 10, 0), await ImportAsync(api, Rows(15)));
        Assert.Equal(15, api.Stored.Count);
    }

    [Fact]
    public async Task A_row_that_says_something_else_than_its_report_of_old_is_a_failed_one()
    {
        await using var api = await FakeApi.StartAsync();
        await ImportAsync(api, Rows(3));
        File.Delete(JournalPath);
        ExpireKeys(api);
        var rows = Rows(3);
        rows[1] = rows[1] with { Report = rows[1].Report with { Text = "changed" } };
        Assert.Equal((0, 2, 1), await ImportAsync(api, rows, asksFirst: true));
        Assert.Equal(3, api.Stored.Count);
    }

    [Fact]
    public async Task Faults_on_the_way_lose_and_double_nothing()
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = n => (n % 7) switch { 0 => new Fault.Status(429, "0"), 2 => new Fault.CutAfter(), 4 => new Fault.CutBefore(), _ => null };
        var (added, repeated, failed) = await ImportAsync(api, Rows(60));
        Assert.Equal((60, 0), (added + repeated, failed));
        Assert.Equal(60, api.Stored.Count);
    }

    [Fact]
    public async Task Rows_that_a_limit_refuses_are_sent_when_they_may_be_and_none_is_lost()
    {
        await using var api = await FakeApi.StartAsync();
        // Its waits are over at once, and as long as they were meant to be.
        var waiting = new InstantClock();
        var (gate, window, count, refused) = (new Lock(), waiting.GetUtcNow(), 0, 0);
        Fault Refuse()
        {
            refused++;
            return new Fault.Status(429, "1");
        }

        api.Faults = _ =>
        {
            lock (gate)
            {
                if (waiting.GetUtcNow() - window >= TimeSpan.FromSeconds(1)) (window, count) = (waiting.GetUtcNow(), 0);
                return ++count <= 10 ? null : Refuse();
            }
        };
        using var http = new HttpClient();
        var patient = new RetryPolicy(waiting) { Patience = TimeSpan.FromMinutes(5) };
        Assert.Equal((35, 0, 0), await ImportAsync(new ApiClient(http, api.Url, () => "token", patient, TimeProvider.System), Rows(35)));
        Assert.Equal(35, api.Stored.Count);
        // Three windows had to pass; whoever is refused waits once, and nobody asks again before the time that was named.
        Assert.True(refused >= 3, $"{refused} refused");
        Assert.Equal(refused, waiting.Waits.Count);
        Assert.All(waiting.Waits, wait => Assert.True(wait >= TimeSpan.FromSeconds(1), $"{wait}"));
    }

    [Fact]
    public async Task An_import_that_is_stopped_goes_on_with_the_rows_that_are_left()
    {
        await using var api = await FakeApi.StartAsync();
        using var stop = new CancellationTokenSource();
        var done = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportAsync(api, Rows(200), done: () =>
        {
            if (Interlocked.Increment(ref done) == 70) stop.Cancel();
        }, cancellationToken: stop.Token));
        Assert.InRange(api.Stored.Count, 60, 190);
        var (added, repeated, _) = await ImportAsync(api, Rows(200));
        Assert.Equal((200, 200), (api.Stored.Count, added + repeated));
        Assert.InRange(repeated, 60, 190);
    }

    [Fact]
    public async Task No_more_are_sent_at_once_than_allowed()
    {
        await using var api = await FakeApi.StartAsync();
        await ImportAsync(api, Rows(50), parallel: 3);
        Assert.InRange(api.MostAtOnce, 1, 3);
    }

    [Fact]
    public async Task Rows_that_fail_are_listed_and_the_others_are_sent()
    {
        await using var api = await FakeApi.StartAsync();
        api.StatusOf = body => body.Contains("\"text 5\"", StringComparison.Ordinal) ? 400 : body.Contains("\"text 6\"", StringComparison.Ordinal) ? 422 : 202;
        Assert.Equal((7, 0, 3), await ImportAsync(api, [new MappedRow.Faulty(Row(2, "", "x"), "", new RowIssue("no id", "id", "it is empty")), .. Rows(9)], parallel: 1));
        Assert.Equal(
            [
                "row,error,id,reported_at,text",
                "2,id: it is empty,,,x",
                "8,text: refused,5,,text 5",
                "9,\"id: a row with it was imported before and said something else: correct that report, or give this row an id of its own\",6,,text 6",
            ],
            await File.ReadAllLinesAsync(ErrorsPath));
        Assert.Equal((2, 7, 0), await AgainAsync(api));
        Assert.False(File.Exists(ErrorsPath));
    }

    [Fact]
    public async Task A_row_that_an_export_made_of_a_report_of_this_tenant_changes_nothing()
    {
        await using var api = await FakeApi.StartAsync();
        await ImportAsync(api, Rows(3));
        File.Delete(JournalPath);
        var there = api.Stored.Values.First();
        var text = (string)System.Text.Json.Nodes.JsonNode.Parse(there.Body)!["text"]!;
        var before = api.Stored.Count;
        Assert.Equal((0, 1, 0), await ImportAsync(api, [Good(2, $"{there.Incident}", text, Reported)]));
        File.Delete(JournalPath);
        Assert.Equal((0, 0, 1), await ImportAsync(api, [Good(2, $"{there.Incident}", "other words", Reported)]));
        Assert.Equal((1, 0, 0), await ImportAsync(api, [Good(3, $"{Guid.NewGuid()}", "of another system", Reported)]));
        Assert.Equal(before + 1, api.Stored.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_import_that_cannot_go_on_stops_and_names_the_row(int status)
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = _ => new Fault.Status(status);
        var e = await Assert.ThrowsAsync<ClientException>(() => ImportAsync(api, Rows(500), parallel: 1));
        Assert.Contains("row 3", e.Message);
        Assert.InRange(api.Requests, 1, 2);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Without what failed for good, once the server takes the rest.</summary>
    private Task<(int New, int Repeated, int Failed)> AgainAsync(FakeApi api)
    {
        api.StatusOf = _ => 202;
        return ImportAsync(api, Rows(9));
    }

    /// <summary>The reports stay; the keys that they were made under are forgotten.</summary>
    private static void ExpireKeys(FakeApi api)
    {
        foreach (var (key, made) in api.Stored.ToList())
        {
            api.Stored.Remove(key);
            api.Stored["expired-" + key] = made;
        }
    }

    private Task<(int New, int Repeated, int Failed)> ImportAsync(
        FakeApi api, IEnumerable<MappedRow> rows, int parallel = 4, bool asksFirst = false, Action? done = null, CancellationToken cancellationToken = default) =>
        ImportAsync(api.Client(attempts: 2 + (api.Faults(2) is Fault.Status ? 0 : 6)), rows, parallel, asksFirst, done, cancellationToken);

    private async Task<(int New, int Repeated, int Failed)> ImportAsync(
        ApiClient api, IEnumerable<MappedRow> rows, int parallel = 4, bool asksFirst = false, Action? done = null, CancellationToken cancellationToken = default)
    {
        using var journal = ImportJournal.Open(JournalPath, restart: false, clock);
        if (journal.Head is null) journal.Begin(new ImportHead("00", "f.csv", Guid.Empty, "d", "UTC", asksFirst));
        using var content = new MemoryStream("id,reported_at,text\n"u8.ToArray());
        var file = ReportFile.Open(content, ReportFileOptions.In("UTC"), cancellationToken);
        using var errors = ErrorRows.At(ErrorsPath, file);
        var summary = new ReadingSummary();
        var import = new ReportImport(api, "d", parallel, journal, errors, summary, new RowWarnings(summary));
        await import.SendAsync(rows, done ?? (() => { }), cancellationToken);
        return (import.New, import.Repeated, errors.Count);
    }

    private static List<MappedRow.Good> Rows(int count) => [.. Enumerable.Range(0, count).Select(i => Good(i + 3, $"{i}", $"text {i}", Reported.AddMinutes(i / 2)))];

    private static MappedRow.Good Good(long number, string id, string text, DateTimeOffset at) =>
        new(Row(number, id, text), id, new RowReport(at, text, "", text, null, "", null, "", ""), []);

    private static TableRow Row(long number, string id, string text) => new(number, [id, "", text], Encoding.UTF8.GetBytes($"{id},,{text}"));
}
