using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Import;

namespace DomainFlow.Client.Tests.Import;

public class CsvReportsTests
{
    private const string Header = "id,created_at_local,status,category,summary,description,address,lat,lng\n";

    [Fact]
    public void Every_row_of_the_import_sample_is_a_report()
    {
        using var text = new StreamReader(Path.Combine(AppContext.BaseDirectory, "import-sample.csv"));
        var rows = CsvReports.Read(text, "civic-complaints", LocalTimes.In("America/New_York")).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.IsType<ImportRow.Report>(row));
        var first = (ImportRow.Report)rows[0];
        Assert.Equal((2L, "500107"), (first.Number, first.ExternalId));
        Assert.Equal(new DateTimeOffset(2026, 9, 1, 11, 12, 0, TimeSpan.Zero), first.Body.ReportedAt);
    }

    [Fact]
    public void What_the_source_knew_becomes_labels_and_stays_out_of_text_and_location()
    {
        var report = Report(Read(Header + "7,2026-09-01T07:12:00,Open,Potholes,Pothole,It is deep.,\"12 Signal Street, Port Merrow\",43.66,-70.25\n").Single());
        Assert.Equal("Pothole\nIt is deep.", report.Body.Text);
        Assert.Null(report.Body.Location);
        Assert.Equal("import", report.Body.Source);
        Assert.Equal(
            """{"external_id":"7","category":"Potholes","status":"Open","address":"12 Signal Street, Port Merrow","lat":43.66,"lon":-70.25}""",
            report.Body.Labels!.ToJsonString());
    }

    [Fact]
    public void Quotes_commas_and_line_breaks_may_stand_in_a_field()
    {
        var rows = Read(Header + "1,2026-09-01T07:12:00,Open,X,\"A \"\"big\"\" hole, here\",\"first line\nsecond line\",,,\r\n2,2026-09-01T07:13:00,Open,X,5\" pipe,,,,\n");
        Assert.Equal("A \"big\" hole, here\nfirst line\nsecond line", Report(rows[0]).Body.Text);
        Assert.Equal((3L, "5\" pipe"), (rows[1].Number, Report(rows[1]).Body.Text));
    }

    [Theory]
    [InlineData(",2026-09-01T07:12:00,Open,X,hole,,,,", "id is empty")]
    [InlineData("a b,2026-09-01T07:12:00,Open,X,hole,,,,", "id must be")]
    [InlineData("1,yesterday,Open,X,hole,,,,", "created_at_local 'yesterday'")]
    [InlineData("1,2026-09-01T07:12:00,Open,X, , ,,,", "summary and description are empty")]
    [InlineData("1,2026-09-01T07:12:00,Open", "it has 3 fields; the header has 9")]
    [InlineData("1,2026-09-01T07:12:00,Open,X,\"hole\" deep,,,,", "text follows a closing quote")]
    public void A_faulty_row_is_named_and_the_next_one_is_read(string row, string reason)
    {
        var rows = Read(Header + row + "\n2,2026-09-01T07:12:00,Open,X,hole,,,,\n");
        var faulty = Assert.IsType<ImportRow.Faulty>(rows[0]);
        Assert.Equal(2, faulty.Number);
        Assert.StartsWith(reason, faulty.Reason);
        Assert.Equal("2", Report(rows[1]).ExternalId);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_a_faulty_row()
    {
        var rows = Read(Header + "1,2026-09-01T07:12:00,Open,X,hole,,,,\n2,2026-09-01T07:12:00,Open,X,\"hole,,,,\n");
        Assert.IsType<ImportRow.Report>(rows[0]);
        Assert.Contains("never closed", Assert.IsType<ImportRow.Faulty>(rows[1]).Reason);
    }

    [Fact]
    public void Optional_columns_may_be_absent_and_names_may_differ_in_case()
    {
        var report = Report(Read("\uFEFFID, Created_At_Local ,Summary,Description,extra\n1,2026-09-01 07:12,hole,,x\n").Single());
        Assert.Equal("""{"external_id":"1"}""", report.Body.Labels!.ToJsonString());
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var e = Assert.Throws<ClientException>(() => Read("id,summary,description\n1,a,b\n"));
        Assert.Contains("created_at_local", e.Message);
    }

    private static List<ImportRow> Read(string csv) => [.. CsvReports.Read(new StringReader(csv), "civic-complaints", LocalTimes.In("America/New_York"))];

    private static ImportRow.Report Report(ImportRow row) => Assert.IsType<ImportRow.Report>(row);
}
