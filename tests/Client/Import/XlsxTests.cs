using System.Globalization;
using System.IO.Compression;
using System.Text;
using DomainFlow.Imports;
using DomainFlow.Imports.Rows;
using DomainFlow.Imports.Tables.Xlsx;

namespace DomainFlow.Client.Tests.Import;

public class XlsxTests
{
    private const string Sheets = """
        <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
          <workbookPr DATE/><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="rId2"/><sheet name="Reports" sheetId="2" r:id="rId1"/></sheets></workbook>
        """;

    private const string Relationships = """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
          <Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
          <Relationship Id="rId2" Type="http://x/worksheet" Target="/xl/worksheets/sheet2.xml"/>
          <Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
          <Relationship Id="rId4" Type="http://x/styles" Target="styles.xml"/>
        </Relationships>
        """;

    private const string Styles = """
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
          <numFmts><numFmt numFmtId="164" formatCode="[$-407]dd\.mm\.yyyy\ hh:mm"/><numFmt numFmtId="165" formatCode="0.0 &quot;days&quot;"/></numFmts>
          <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
          <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
        </styleSheet>
        """;

    private const string Strings = """
        <sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>id</t></si><si><t>reported_at</t></si><si><t>text</t></si><si><t>lat</t></si><si><t>lon</t></si>
          <si><r><t xml:space="preserve">Deep </t></r><r><t>pothole</t></r><rPh><t>READING</t></rPh></si></sst>
        """;

    private const string Head = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>""";

    [Fact]
    public void I03_a_workbook_is_read_as_a_CSV_file_is()
    {
        var rows = Reading.Rows(Workbook(Head + """
            <row r="2"><c r="A2"><v>101</v></c><c r="B2" s="2"><v>46266.3</v></c><c r="C2" t="s"><v>5</v></c><c r="D2"><v>43.6599</v></c><c r="E2"><v>-70.2598</v></c></row>
            <row r="3"/>
            <row r="5"><c r="A5" t="inlineStr"><is><t>SR-2</t></is></c><c r="B5" s="1"><v>46266</v></c><c r="C5" t="str"><f>A1&amp;"x"</f><v>from a formula</v></c></row>
            <row r="6"><c r="A6"><v>3</v></c><c r="B6" t="d"><v>2026-09-01T07:12:00</v></c><c r="C6" t="b"><v>1</v></c></row>
            <row r="7"><c r="A7"><v>4</v></c><c r="B7" t="e"><v>#N/A</v></c><c r="C7" t="inlineStr"><is><t>x</t></is></c></row>
            """));
        var first = Reading.Good(rows[0]);
        Assert.Equal((2L, "101", "Deep pothole", "2026-09-01T11:12:00Z"), (first.Number, first.Id, first.Report.Text, Reading.Utc(first)));
        Assert.Equal((43.6599, -70.2598), first.Report.Position);
        Assert.Equal((5L, "SR-2", "from a formula", "2026-09-01T04:00:00Z"), (rows[1].Number, rows[1].Id, Reading.Good(rows[1]).Report.Text, Reading.Utc(rows[1])));
        Assert.Equal(("2026-09-01T11:12:00Z", "TRUE"), (Reading.Utc(rows[2]), Reading.Good(rows[2]).Report.Text));
        Assert.Equal("row 7 (id 4): reported_at: it is empty", Reading.Faulty(rows[3]).ToString());
        Assert.Equal(4, rows.Count);
    }

    [Fact]
    public void Days_may_count_from_1904() =>
        Assert.Equal("2026-09-01T04:00:00Z", Reading.Utc(Reading.Rows(Workbook(Head + Row(2, "1", 46266 - 1462, 1), is1904: true)).Single()));

    [Theory]
    [InlineData("dd/mm/yyyy", NumberKind.Date)]
    [InlineData("yyyy\\-mm\\-dd\\ hh:mm:ss", NumberKind.DateAndTime)]
    [InlineData("[h]:mm", NumberKind.Time)]
    [InlineData("mm:ss", NumberKind.Time)]
    [InlineData("[Red]0.00;[Blue]\"days\"", NumberKind.Number)]
    [InlineData("#,##0.00 \"yd\"", NumberKind.Number)]
    [InlineData("0.00E+00", NumberKind.Number)]
    [InlineData("General", NumberKind.Number)]
    [InlineData("\"unclosed", NumberKind.Number)]
    public void A_number_format_tells_dates(string code, object kind) => Assert.Equal(kind, CellFormats.KindOf(code));

    [Fact]
    public void A_sheet_may_be_named()
    {
        var workbook = Workbook(Head, other: """<row r="1"><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>reported_at</t></is></c><c t="inlineStr"><is><t>text</t></is></c></row><row r="2"><c><v>9</v></c><c s="1"><v>46266</v></c><c t="inlineStr"><is><t>hidden</t></is></c></row>""");
        Assert.Equal("hidden", Reading.Good(Reading.Rows(workbook, Reading.Options with { Table = new(Sheet: "notes") }).Single()).Report.Text);
        var e = Assert.Throws<ImportException>(() => Reading.Rows(workbook, Reading.Options with { Table = new(Sheet: "Other") }));
        Assert.Equal(("the workbook has no sheet 'Other': Notes, Reports", ImportSettings.Sheet), (e.Message, e.Setting));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e \"boom\">]><worksheet>&e;</worksheet>", "cannot be read")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c", "cannot be read")]
    [InlineData("<worksheet><sheetData/></worksheet>", "the sheet Reports is empty")]
    public void A_broken_sheet_is_named(string sheet, string told) =>
        Assert.Contains(told, Assert.Throws<ImportException>(() => Reading.Rows(Archive(sheet))).Message);

    [Fact]
    public void Rows_that_are_out_of_order_or_beyond_the_last_end_the_reading()
    {
        Assert.Contains("not in order", Assert.Throws<ImportException>(() => Reading.Rows(Workbook(Head + Row(3, "1", 46266, 1) + Row(2, "2", 46266, 1)))).Message);
        Assert.Contains("not in order", Assert.Throws<ImportException>(() => Reading.Rows(Workbook(Head + Row(2_000_000, "1", 46266, 1)))).Message);
    }

    [Fact]
    public void What_is_no_workbook_is_said()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("readme.txt");
        Assert.Contains("no XLSX workbook", Assert.Throws<ImportException>(() => Reading.Rows(stream.ToArray())).Message);
        Assert.Contains("cannot be read", Assert.Throws<ImportException>(() => Reading.Rows("PK\u0003\u0004 and nothing more"u8.ToArray())).Message);
        Assert.Contains(".xls", Assert.Throws<ImportException>(() => Reading.Rows([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1])).Message);
    }

    [Fact]
    public void A_small_archive_that_unfolds_to_a_huge_text_costs_little()
    {
        // 60 million letters in less than a megabyte: in the shared strings, and in one cell.
        var bomb = Archive(Sheet(Head), strings: writer => Fill(writer, "<sst><si><t>", "</t></si></sst>"));
        Costs.Little(() => Assert.Contains("are larger than", Assert.Throws<ImportException>(() => Reading.Rows(bomb)).Message), megabytes: 96);
        var cell = Archive(null, sheetWriter: writer => Fill(writer, $"<worksheet><sheetData>{Head}<row r=\"2\"><c t=\"inlineStr\"><is><t>", "</t></is></c></row></sheetData></worksheet>"));
        Costs.Little(() => Assert.Contains("larger than", Reading.Faulty(Reading.Rows(cell).Single()).Issue.Detail), megabytes: 96);
    }

    private static string Row(long number, string id, double day, int style) => FormattableString.Invariant(
        $"<row r=\"{number}\"><c r=\"A{number}\"><v>{id}</v></c><c r=\"B{number}\" s=\"{style}\"><v>{day}</v></c><c r=\"C{number}\" t=\"inlineStr\"><is><t>hole</t></is></c></row>");

    private static void Fill(StreamWriter writer, string before, string after)
    {
        var letters = new string('x', 1_000_000);
        writer.Write(before);
        for (var i = 0; i < 60; i++) writer.Write(letters);
        writer.Write(after);
    }

    private static string Sheet(string rows) => $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\n  <sheetData>\n{rows}\n  </sheetData>\n</worksheet>";

    private static byte[] Workbook(string rows, bool is1904 = false, string other = "") => Archive(Sheet(rows), is1904, other);

    private static byte[] Archive(
        string? sheet, bool is1904 = false, string other = "", Action<StreamWriter>? strings = null, Action<StreamWriter>? sheetWriter = null)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, Action<StreamWriter> write)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
                write(writer);
            }

            Add("xl/workbook.xml", writer => writer.Write(Sheets.Replace("DATE", is1904 ? "date1904=\"1\"" : "", StringComparison.Ordinal)));
            Add("xl/_rels/workbook.xml.rels", writer => writer.Write(Relationships));
            Add("xl/styles.xml", writer => writer.Write(Styles));
            Add("xl/sharedStrings.xml", strings ?? (writer => writer.Write(Strings)));
            Add("xl/worksheets/sheet1.xml", sheetWriter ?? (writer => writer.Write(sheet)));
            Add("xl/worksheets/sheet2.xml", writer => writer.Write(Sheet(other)));
        }

        return stream.ToArray();
    }
}
