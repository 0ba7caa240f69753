using System.Text;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Import;

namespace DomainFlow.Client.Tests.Import;

public class CsvReportsTests
{
    private const string Header = "id,created_at_local,status,category,summary,description,address,lat,lng\n";

    [Fact]
    public void Every_row_of_the_import_sample_is_a_report()
    {
        var rows = Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "import-sample.csv")));
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.IsType<ImportRow.Report>(row));
        var first = (ImportRow.Report)rows[0];
        Assert.Equal((2L, "500107"), (first.Number, first.Id));
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
    [InlineData(",2026-09-01T07:12:00,Open,X,hole,,,,", "row 2: id: it is empty")]
    [InlineData("a b,2026-09-01T07:12:00,Open,X,hole,,,,", "row 2 (id a b): id: must be")]
    [InlineData("1,yesterday,Open,X,hole,,,,", "row 2 (id 1): created_at_local: 'yesterday'")]
    [InlineData("1,2026-09-01T07:12:00,Open,X, , ,,,", "row 2 (id 1): summary: summary and description are empty")]
    [InlineData("1,2026-09-01T07:12:00,Open,X,hole,,,43.66,", "row 2 (id 1): lng: it is empty, and lat is not")]
    [InlineData("1,2026-09-01T07:12:00,Open,X,hole,,,,-70.25", "row 2 (id 1): lat: it is empty, and lng is not")]
    [InlineData("1,2026-09-01T07:12:00,Open", "row 2 (id 1): it has 3 fields; the header has 9")]
    [InlineData("1,2026-09-01T07:12:00,Open,X,\"hole\" deep,,,,", "row 2 (id 1): text follows a closing quote")]
    public void A_faulty_row_is_named_and_the_next_one_is_read(string row, string told)
    {
        var rows = Read(Header + row + "\n2,2026-09-01T07:12:00,Open,X,hole,,,,\n");
        Assert.StartsWith(told, Assert.IsType<ImportRow.Faulty>(rows[0]).ToString());
        Assert.Equal("2", Report(rows[1]).Id);
    }

    [Fact]
    public void A_row_that_is_not_in_UTF_8_is_a_faulty_one()
    {
        byte[] csv = [.. Encoding.UTF8.GetBytes(Header + "1,2026-09-01T07:12:00,Open,X,caf"), 0xE9, .. ",,,,\n2,2026-09-01T07:12:00,Open,X,café,,,,\n"u8];
        var rows = Read(csv);
        Assert.Equal("row 2 (id 1): it is not in UTF-8", rows[0].ToString());
        Assert.Equal("café", Report(rows[1]).Body.Text);
    }

    [Fact]
    public void The_second_row_with_an_id_is_a_faulty_one()
    {
        var rows = Read(Header + "1,2026-09-01T07:12:00,Open,X,hole,,,,\n1,2026-09-01T07:12:00,Open,X,other,,,,\n");
        Assert.Equal("hole", Report(rows[0]).Body.Text);
        Assert.Equal("row 3 (id 1): id: an earlier row has the same", rows[1].ToString());
    }

    [Fact]
    public void A_quote_that_swallows_more_than_a_row_can_hold_ends_the_file()
    {
        var rows = Read(Header + "1,2026-09-01T07:12:00,Open,X,hole,,,,\n2,2026-09-01T07:12:00,Open,X,\"" + new string('x', 3_000_000));
        Assert.Equal("1", Report(rows[0]).Id);
        Assert.StartsWith("row 3: it cannot be read, nor what follows it", Assert.IsType<ImportRow.Faulty>(rows[1]).ToString());
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public void An_exported_file_can_be_imported()
    {
        var report = Report(Read("id,reported_at,category,text\nx,2026-09-01T07:12:00Z,pothole,'=1+1 is no formula\n").Single());
        Assert.Equal(("=1+1 is no formula", new DateTimeOffset(2026, 9, 1, 7, 12, 0, TimeSpan.Zero)), (report.Body.Text, report.Body.ReportedAt));
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

    [Theory]
    [InlineData("", "the CSV file is empty")]
    [InlineData("id,summary,description\n1,a,b\n", "lacks the column created_at_local (or reported_at)")]
    [InlineData("created_at_local,summary\n", "lacks the column id, description")]
    [InlineData("id,reported_at\n", "lacks the column summary and description (or text)")]
    [InlineData("id,ID,reported_at,text\n", "has the column id twice")]
    public void What_is_wrong_with_the_header_is_named(string csv, string told) =>
        Assert.Contains(told, Assert.Throws<ClientException>(() => Read(csv)).Message);

    private static List<ImportRow> Read(string csv) => Read(Encoding.UTF8.GetBytes(csv));

    private static List<ImportRow> Read(byte[] csv)
    {
        using var content = new MemoryStream(csv);
        using var reports = CsvReports.Open(content, "civic-complaints", LocalTimes.In("America/New_York"));
        return [.. reports.Rows()];
    }

    private static ImportRow.Report Report(ImportRow row) => Assert.IsType<ImportRow.Report>(row);
}
