using System.IO.Compression;
using System.Xml;

namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>Finds a workbook's parts: which sheet, its strings, its number formats, its calendar.</summary>
internal static class Workbook
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <exception cref="ImportException">There is no such sheet, or no workbook at all.</exception>
    public static XlsxSheet Open(ZipArchive archive, string? sheetName)
    {
        var root = Targets(archive, "_rels/.rels", "").FirstOrDefault(target => target.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Path ?? "xl/workbook.xml";
        if (archive.GetEntry(root) is null) throw new ImportException("this is a ZIP archive and no XLSX workbook");
        var folder = root[..(root.LastIndexOf('/') + 1)];
        var targets = Targets(archive, $"{folder}_rels/{root[folder.Length..]}.rels", folder);
        var (sheets, is1904) = Sheets(archive, root);
        var chosen = Choose(sheets, sheetName);
        var path = targets.FirstOrDefault(target => target.Id == chosen.Id).Path ?? throw new ImportException($"the sheet {chosen.Name} has no content");
        string? Part(string kind) => targets.FirstOrDefault(target => target.Type.EndsWith(kind, StringComparison.Ordinal)).Path;
        return new XlsxSheet(chosen.Name, archive, path, SharedStrings.Read(archive, Part("/sharedStrings")), CellFormats.Read(archive, Part("/styles")), is1904);
    }

    private static (string Name, string Id, bool IsVisible) Choose(List<(string Name, string Id, bool IsVisible)> sheets, string? name)
    {
        if (sheets.Count == 0) throw new ImportException("the workbook has no sheet");
        if (name is null) return sheets.Find(sheet => sheet.IsVisible) is { Name: not null } visible ? visible : sheets[0];
        return sheets.Find(sheet => sheet.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found
            ? found
            : throw new ImportException($"the workbook has no sheet '{name}': {string.Join(", ", sheets.Select(sheet => sheet.Name))}", ImportSettings.Sheet);
    }

    private static (List<(string Name, string Id, bool IsVisible)> Sheets, bool Is1904) Sheets(ZipArchive archive, string path)
    {
        var sheets = new List<(string, string, bool)>();
        var is1904 = false;
        using var xml = BoundedXml.Open(archive, path);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") is1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet") continue;
            var id = xml.GetAttribute("id", Relationships) ?? xml.GetAttribute("r:id") ?? xml.GetAttribute("id");
            if (xml.GetAttribute("name") is { } name && id is not null) sheets.Add((name, id, xml.GetAttribute("state") is null or "visible"));
        }

        return (sheets, is1904);
    }

    private static List<(string Id, string Type, string Path)> Targets(ZipArchive archive, string path, string folder)
    {
        var targets = new List<(string, string, string)>();
        if (archive.GetEntry(path) is null) return targets;
        using var xml = BoundedXml.Open(archive, path);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("TargetMode") == "External") continue;
            if (xml.GetAttribute("Target") is { } target)
                targets.Add((xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", target.StartsWith('/') ? target[1..] : folder + target));
        }

        return targets;
    }
}
