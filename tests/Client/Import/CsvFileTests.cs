using System.Text;
using DomainFlow.Imports;
using DomainFlow.Imports.Rows;
using DomainFlow.Imports.Tables;

namespace DomainFlow.Client.Tests.Import;

public class CsvFileTests
{
    private const string Header = "id,created_at_local,status,category,summary,description,address,lat,lng\n";

    [Fact]
    public void Every_row_of_the_import_sample_is_a_report()
    {
        var rows = Reading.Rows(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "import-sample.csv")));
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Reading.Good(row));
        Assert.Equal((2L, "500107", "2026-09-01T11:12:00Z"), (rows[0].Number, rows[0].Id, Reading.Utc(rows[0])));
    }

    [Fact]
    public void I01_position_address_status_and_category_of_a_row_are_read()
    {
        var report = Reading.Good(Reading.Rows(Header + "7,2026-09-01T07:12:00,Archived,Potholes,Pothole,It is deep.,\"12 Signal Street, Port Merrow\",43.66,-70.25\n").Single()).Report;
        Assert.Equal(
            ("Pothole\nIt is deep.", (43.66, -70.25), "12 Signal Street, Port Merrow", "closed", "Archived", "Potholes"),
            (report.Text, report.Position!.Value, report.Address, report.WorkStatus, report.Status, report.Category));
    }

    [Fact]
    public void Quotes_commas_and_line_breaks_may_stand_in_a_field()
    {
        var rows = Reading.Rows(Header + "1,2026-09-01T07:12:00,Open,X,\"A \"\"big\"\" hole, here\",\"first line\nsecond line\",,,\r\n2,2026-09-01T07:13:00,Open,X,5\" pipe,,,,\n");
        Assert.Equal("A \"big\" hole, here\nfirst line\nsecond line", Reading.Good(rows[0]).Report.Text);
        Assert.Equal((3L, "5\" pipe"), (rows[1].Number, Reading.Good(rows[1]).Report.Text));
    }

    [Theory]
    [InlineData(",2026-09-01T07:12:00,Open,X,hole,,,,", "row 2: id: it is empty")]
    [InlineData("a b,2026-09-01T07:12:00,Open,X,hole,,,,", "row 2 (id a b): id: must be")]
    [InlineData("1,yesterday,Open,X,hole,,,,", "row 2 (id 1): created_at_local: 'yesterday'")]
    [InlineData("1,2026-09-01T07:12:00,Open,X, , ,,,", "row 2 (id 1): summary: summary and description are empty")]
    [InlineData("1,2026-09-01T07:12:00,Open", "row 2 (id 1): it has 3 fields; the header has 9")]
    [InlineData("1,2026-09-01T07:12:00,Open,X,hole,,,,,more", "row 2 (id 1): it has 10 fields; the header has 9")]
    [InlineData("1,2026-09-01T07:12:00,Open,X,\"hole\" deep,,,,", "row 2 (id 1): text follows a closing quote")]
    public void A_faulty_row_is_named_and_the_next_one_is_read(string row, string told)
    {
        var rows = Reading.Rows(Header + row + "\n2,2026-09-01T07:12:00,Open,X,hole,,,,\n");
        Assert.StartsWith(told, Reading.Faulty(rows[0]).ToString());
        Assert.Equal("2", Reading.Good(rows[1]).Id);
    }

    [Fact]
    public void A_row_that_is_not_in_UTF_8_in_a_file_that_is_is_a_faulty_one()
    {
        byte[] csv = [.. Encoding.UTF8.GetBytes(Header + "1,2026-09-01T07:12:00,Open,X,caf"), 0xE9, .. ",,,,\n2,2026-09-01T07:12:00,Open,X,café crème,,,,\n"u8];
        var rows = Reading.Rows(csv);
        Assert.Equal("row 2 (id 1): it is not in UTF-8", Reading.Faulty(rows[0]).ToString());
        Assert.Equal("café crème", Reading.Good(rows[1]).Report.Text);
    }

    [Theory]
    [InlineData("windows-1252", false)]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void I06_the_encoding_is_found_out(string name, bool marked)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] csv = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes("id;reported_at;text\n1;2026-09-01;Straßenschäden – 5 € am Münsterplatz\n")];
        Assert.Equal("Straßenschäden – 5 € am Münsterplatz", Reading.Good(Reading.Rows(csv).Single()).Report.Text);
        Assert.Equal("Straßenschäden – 5 € am Münsterplatz", Reading.Good(Reading.Rows(csv, Reading.Options with { Table = new(Encoding: name) }).Single()).Report.Text);
    }

    [Theory]
    [InlineData("id;reported_at;text;lat;lon\n1;2026-09-01;a, b, c;50,7374;7,0982\n")]
    [InlineData("id\treported_at\ttext\tlat\tlon\r\n1\t2026-09-01\ta, b, c\t50.7374\t7.0982\r\n")]
    [InlineData("id|reported_at|text|lat|lon\r1|2026-09-01|a, b, c|50.7374|7.0982\r")]
    [InlineData("sep=;\nid;reported_at;text;lat;lon\n1;2026-09-01;a, b, c;50,7374;7,0982\n")]
    [InlineData("\uFEFF\"id\",\"reported_at\",\"text\",\"lat\",\"lon\"\r\n1,2026-09-01,\"a, b, c\",50.7374,7.0982,,\r\n")]
    public void I03_the_separator_is_found_out(string csv)
    {
        var report = Reading.Good(Reading.Rows(csv).Single()).Report;
        Assert.Equal(("a, b, c", (50.7374, 7.0982)), (report.Text, report.Position!.Value));
    }

    [Fact]
    public void A_separator_may_be_named_and_a_wrong_one_is_said()
    {
        Assert.Equal("x", Reading.Good(Reading.Rows("id:reported_at:text\n1:2026-09-01:x\n", Reading.Options with { Table = new(":") }).Single()).Report.Text);
        Assert.Equal(ImportSettings.Separator, Assert.Throws<ImportException>(() => Reading.Rows("id\n", Reading.Options with { Table = new("both") })).Setting);
        Assert.Equal(ImportSettings.Encoding, Assert.Throws<ImportException>(() => Reading.Rows("id\n", Reading.Options with { Table = new(Encoding: "klingon") })).Setting);
    }

    [Fact]
    public void The_second_row_with_an_id_is_a_faulty_one()
    {
        var rows = Reading.Rows(Header + "1,2026-09-01T07:12:00,Open,X,hole,,,,\n1,2026-09-01T07:12:00,Open,X,other,,,,\n");
        Assert.Equal("hole", Reading.Good(rows[0]).Report.Text);
        Assert.Equal("row 3 (id 1): id: an earlier row has the same", rows[1].ToString());
    }

    [Fact]
    public void A_quote_that_swallows_more_than_a_row_can_hold_ends_the_file()
    {
        var rows = Reading.Rows(Header + "1,2026-09-01T07:12:00,Open,X,hole,,,,\n2,2026-09-01T07:12:00,Open,X,\"" + new string('x', 3_000_000));
        Assert.Equal("1", Reading.Good(rows[0]).Id);
        Assert.StartsWith("row 3: it cannot be read, nor what follows it", Reading.Faulty(rows[1]).ToString());
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_a_faulty_row()
    {
        var rows = Reading.Rows(Header + "1,2026-09-01T07:12:00,Open,X,hole,,,,\n2,2026-09-01T07:12:00,Open,X,\"hole,,,,\n");
        Reading.Good(rows[0]);
        Assert.Contains("never closed", Reading.Faulty(rows[1]).Issue.Detail);
    }

    [Fact]
    public void An_exported_file_is_read_and_the_state_of_its_extraction_is_no_status()
    {
        var report = Reading.Good(Reading.Rows("id,reported_at,category,status,work_status,text\nx,2026-09-01T07:12:00Z,pothole,completed,in_progress,'=1+1 is no formula\n").Single()).Report;
        Assert.Equal(("=1+1 is no formula", "in_progress", new DateTimeOffset(2026, 9, 1, 7, 12, 0, TimeSpan.Zero)), (report.Text, report.WorkStatus, report.ReportedAt));
    }

    [Fact]
    public void Optional_columns_may_be_absent_and_names_may_differ_in_case() =>
        Assert.Equal(("1", "hole", ""), Reading.Good(Reading.Rows("\uFEFFID, Created_At_Local ,Summary,Description,extra\n1,2026-09-01 07:12,hole,,x\n").Single()) is var good
            ? (good.Id, good.Report.Text, good.Report.Address) : default);

    [Fact]
    public void Columns_may_be_mapped()
    {
        var options = Reading.Options with
        {
            Map = new Dictionary<string, string>
            {
                ["id"] = "case_enquiry_id",
                ["reported_at"] = "open_dt",
                ["summary"] = "case_title",
                ["description"] = "type",
                ["status"] = "case_status",
                ["address"] = "location",
            },
        };
        const string Csv = "case_enquiry_id,open_dt,case_status,case_title,type,location,latitude,longitude\n101,2026-01-05 09:12:00,Closed,Pothole Repair,Potholes,12 Mill St,42.35,-71.06\n";
        var good = Reading.Good(Reading.Rows(Csv, options).Single());
        Assert.Equal(("101", "2026-01-05T14:12:00Z", "closed", "12 Mill St"), (good.Id, Reading.Utc(good), good.Report.WorkStatus, good.Report.Address));
        Assert.Equal((42.35, -71.06), good.Report.Position);
        var unknown = Assert.Throws<ImportException>(() => Reading.Rows(Csv, options with { Map = new Dictionary<string, string> { ["id"] = "nope" } }));
        Assert.Equal(ImportSettings.Map, unknown.Setting);
        Assert.Contains("'case_enquiry_id'", unknown.Message);
        Assert.Contains("'when' is no part", Assert.Throws<ImportException>(() => Reading.Rows(Csv, options with { Map = new Dictionary<string, string> { ["when"] = "open_dt" } })).Message);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("id,summary,description\n1,a,b\n", "lacks the column reported_at (or created_at_local)")]
    [InlineData("created_at_local,summary\n", "lacks the column id")]
    [InlineData("id,reported_at\n", "lacks the column text (or summary and description)")]
    [InlineData("id,ID,reported_at,text\n", "the columns id and ID both hold id")]
    [InlineData("id,lng,longitude,reported_at,text\n", "the columns lng and longitude both hold lon")]
    [InlineData("%PDF-1.7", "this is a PDF")]
    public void What_is_wrong_with_the_header_is_named(string csv, string told) =>
        Assert.Contains(told, Assert.Throws<ImportException>(() => Reading.Rows(csv)).Message);

    [Fact]
    public void The_original_bytes_of_a_row_are_kept()
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        foreach (var one in new[] { encoding, Encoding.Unicode, Encoding.UTF8 })
        {
            const string Line = "7; yesterday ;\"Schlagloch; tief\"\"\";  ";
            byte[] csv = [.. one.GetPreamble(), .. one.GetBytes("id;reported_at;text;größe\r\n" + Line + "\r\n")];
            var row = Reading.Faulty(Reading.Rows(csv).Single());
            Assert.Equal(one.GetBytes(Line), row.Row.Raw);
        }
    }
}
