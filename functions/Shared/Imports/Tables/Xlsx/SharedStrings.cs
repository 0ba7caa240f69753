using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>The strings that cells refer to by number.</summary>
internal sealed class SharedStrings
{
    /// <summary>Characters of all strings together: they are held in memory, whatever the archive unfolds to.</summary>
    private const int MaxCharacters = 16 * 1024 * 1024;
    private const int MaxCount = 2_000_000;

    private readonly List<string> strings = [];

    public string this[int number] => number >= 0 && number < strings.Count ? strings[number] : "";

    /// <param name="path">Null for a workbook that has none.</param>
    /// <exception cref="ImportException">They are larger than they may be.</exception>
    public static SharedStrings Read(ZipArchive archive, string? path)
    {
        var shared = new SharedStrings();
        if (path is null || archive.GetEntry(path) is null) return shared;
        var room = MaxCharacters;
        var text = new StringBuilder();
        using var xml = BoundedXml.Open(archive, path);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si") continue;
            text.Clear();
            if (!BoundedXml.AppendText(xml, text, room, skip: "rPh") || shared.strings.Count == MaxCount)
                throw new ImportException($"the workbook's texts are larger than {MaxCharacters / (1024 * 1024)} million characters: save the sheet as CSV");
            room -= text.Length;
            shared.strings.Add(text.ToString());
        }

        return shared;
    }
}
