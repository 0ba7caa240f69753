using DomainFlow.Client.Tests.Api;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Import;

namespace DomainFlow.Client.Tests.Import;

public class ReportImportTests
{
    [Fact]
    public async Task A_second_import_adds_nothing()
    {
        await using var api = await FakeApi.StartAsync();
        var first = await ImportAsync(api, Rows(40));
        var second = await ImportAsync(api, Rows(40));
        Assert.Equal((40, 0, 0), (first.New, first.Repeated, first.Failures.Count));
        Assert.Equal((0, 40, 0), (second.New, second.Repeated, second.Failures.Count));
        Assert.Equal(40, api.Stored.Count);
        Assert.Equal(first.Incidents, second.Incidents);
    }

    [Fact]
    public async Task Faults_on_the_way_lose_and_double_nothing()
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = n => (n % 7) switch { 0 => new Fault.Status(429, "0"), 2 => new Fault.CutAfter(), 4 => new Fault.CutBefore(), _ => null };
        var result = await ImportAsync(api, Rows(60));
        Assert.Empty(result.Failures);
        Assert.Equal(60, api.Stored.Count);
        Assert.Equal(api.Stored.Values.Select(s => s.Incident).Order(), result.Incidents.Order());
    }

    [Fact]
    public async Task No_more_are_sent_at_once_than_allowed()
    {
        await using var api = await FakeApi.StartAsync();
        await ImportAsync(api, Rows(50), parallel: 3);
        Assert.InRange(api.MostAtOnce, 1, 3);
    }

    [Fact]
    public async Task Rows_that_fail_are_told_by_number_and_the_others_are_sent()
    {
        await using var api = await FakeApi.StartAsync();
        api.StatusOf = body => body.Contains("\"text 5\"", StringComparison.Ordinal) ? 400 : 202;
        var done = 0;
        var result = await new ReportImport(api.Client(), "d", 4).SendAsync([new ImportRow.Faulty(2, "id is empty"), .. Rows(9)], () => Interlocked.Increment(ref done), default);
        Assert.Equal([(2L, "id is empty"), (8L, "400 refused [text]")], result.Failures.Select(f => (f.Number, f.Reason)));
        Assert.Equal((8, 10), (result.Sent, done));
    }

    [Fact]
    public async Task The_same_id_with_another_text_is_a_failed_row()
    {
        await using var api = await FakeApi.StartAsync();
        var rows = Rows(2);
        var result = await ImportAsync(api, [rows[0], rows[1] with { ExternalId = rows[0].ExternalId }], parallel: 1);
        Assert.Equal((1, 4L), (result.New, Assert.Single(result.Failures).Number));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task An_import_that_cannot_go_on_stops_and_names_the_row(int status)
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = _ => new Fault.Status(status);
        var e = await Assert.ThrowsAsync<ClientException>(() => new ReportImport(api.Client(attempts: 2), "d", 1).SendAsync(Rows(500), () => { }, default));
        Assert.Contains("row 3", e.Message);
        Assert.InRange(api.Requests, 1, 2);
    }

    private static Task<ImportResult> ImportAsync(FakeApi api, IEnumerable<ImportRow> rows, int parallel = 4) =>
        new ReportImport(api.Client(), "d", parallel).SendAsync(rows, () => { }, default);

    private static List<ImportRow.Report> Rows(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ImportRow.Report(i + 3, $"{i}", new ReportToSend("d", $"text {i}", Source: "import")))];
}
