using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>What a number in a cell stands for.</summary>
internal enum NumberKind
{
    Number,
    Date,
    Time,
    DateAndTime,
}

/// <summary>Which cell styles show a number as a date or time: in a sheet both are plain numbers.</summary>
internal sealed class CellFormats
{
    private const int MaxStyles = 100_000;

    private readonly Dictionary<int, NumberKind> custom = [];
    private readonly List<NumberKind> styles = [];

    public NumberKind this[int style] => style >= 0 && style < styles.Count ? styles[style] : NumberKind.Number;

    /// <param name="path">Null for a workbook that has none.</param>
    public static CellFormats Read(ZipArchive archive, string? path)
    {
        var formats = new CellFormats();
        if (path is null || archive.GetEntry(path) is null) return formats;
        using var xml = BoundedXml.Open(archive, path);
        var inCells = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element || formats.styles.Count >= MaxStyles) continue;
            if (xml.LocalName == "numFmt" && Number(xml, "numFmtId") is { } id && xml.GetAttribute("formatCode") is { Length: <= 255 } code)
                formats.custom.TryAdd(id, KindOf(code));
            else if (inCells && xml.LocalName == "xf")
                formats.styles.Add(formats.KindOf(Number(xml, "numFmtId") ?? 0));
        }

        return formats;
    }

    /// <summary>The built-in formats are the same in every workbook; those from 27 to 58 show dates in East Asian calendars.</summary>
    private NumberKind KindOf(int format) => custom.TryGetValue(format, out var kind) ? kind : format switch
    {
        14 or 15 or 16 or 17 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => NumberKind.Date,
        18 or 19 or 20 or 21 or (>= 32 and <= 35) or 45 or 46 or 47 or 55 or 56 => NumberKind.Time,
        22 => NumberKind.DateAndTime,
        _ => NumberKind.Number,
    };

    /// <summary>By the letters of a format code outside of quotes, escapes and brackets.</summary>
    internal static NumberKind KindOf(string code)
    {
        var (hasDay, hasClock) = (false, false);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (char.ToLowerInvariant(code[i]))
            {
                case '"': i = code.IndexOf('"', i + 1) is >= 0 and var end ? end : code.Length; break;
                case '\\' or '_' or '*': i++; break;
                case '[':
                    // [h] counts hours; others are colours, conditions and languages.
                    if (i + 1 < code.Length && char.ToLowerInvariant(code[i + 1]) is 'h' or 'm' or 's') hasClock = true;
                    i = code.IndexOf(']', i + 1) is >= 0 and var close ? close : code.Length;
                    break;
                case 'y' or 'd': hasDay = true; break;
                case 'h' or 's': hasClock = true; break;
            }
        }

        return (hasDay, hasClock) switch
        {
            (true, true) => NumberKind.DateAndTime,
            (true, false) => NumberKind.Date,
            (false, true) => NumberKind.Time,
            _ => NumberKind.Number,
        };
    }

    private static int? Number(XmlReader xml, string name) =>
        int.TryParse(xml.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
