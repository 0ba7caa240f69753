using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>One sheet of a workbook.</summary>
/// <param name="is1904">Days are counted from 1904, as old Macs did.</param>
internal sealed class XlsxSheet(string name, ZipArchive archive, string path, SharedStrings strings, CellFormats formats, bool is1904)
{
    public string Name => name;

    public IEnumerable<SheetRow> Rows()
    {
        using var xml = BoundedXml.Open(archive, path);
        SheetRow? row = null;
        long last = 0;
        var column = 0;
        var value = new StringBuilder();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
            {
                last = Number(xml.GetAttribute("r")) ?? last + 1;
                (row, column) = (new SheetRow(last), 0);
                if (!xml.IsEmptyElement) continue;
                row = null;
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row" && row is not null)
            {
                yield return row;
                row = null;
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c" && row is not null)
            {
                column = Column(xml.GetAttribute("r")) ?? column;
                row.Set(column, Cell(xml, row, value));
                column++;
            }
        }
    }

    /// <summary>Zero for A; null where the reference is none.</summary>
    internal static int? Column(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + (letter - 'A' + 1);
            if (column > 16_384) return TableFile.MaxColumns;
        }

        return column == 0 ? null : column - 1;
    }

    private string Cell(XmlReader xml, SheetRow row, StringBuilder value)
    {
        var (type, style) = (xml.GetAttribute("t") ?? "n", (int?)Number(xml.GetAttribute("s")) ?? 0);
        value.Clear();
        // The value (v) or the text (is); a formula's own words are not shown.
        if (!BoundedXml.AppendText(xml, value, row.Room, skip: "f")) row.Refuse();
        var text = value.ToString();
        return type switch
        {
            "s" => Shared(text, row),
            "b" => text == "1" ? "TRUE" : "FALSE",
            "n" => Numeric(text, formats[style]),
            "e" => "",
            _ => text,
        };
    }

    private string Shared(string number, SheetRow row)
    {
        var text = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? strings[index] : "";
        if (text.Length <= row.Room) return text;
        row.Refuse();
        return "";
    }

    private string Numeric(string text, NumberKind kind)
    {
        if (text.Length is 0 or > 40 || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return text;
        return kind == NumberKind.Number || !SerialDate.IsIn(number, is1904)
            ? number.ToString(Math.Abs(number) < 1e15 && number == Math.Truncate(number) ? "0" : "R", CultureInfo.InvariantCulture)
            : SerialDate.Text(number, kind, is1904);
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number : null;
}
