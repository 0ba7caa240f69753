using System.IO.Compression;
using System.Xml;

namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>A part of a workbook as XML: no document types, nothing outside of it, and an end to what a small archive may unfold to.</summary>
internal static class BoundedXml
{
    /// <summary>Characters of one part. A sheet is read as a stream: this bounds time, not memory.</summary>
    private const long MaxCharacters = 1024L * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    /// <exception cref="ImportException">The part is not there.</exception>
    public static XmlReader Open(ZipArchive archive, string path) =>
        archive.GetEntry(path) is { } entry ? XmlReader.Create(entry.Open(), Settings) : throw new ImportException($"the workbook lacks its part {path}");

    /// <summary>
    /// Appends the text within the current element to its end, as far as there is room. Text is read by pieces: a value of a gigabyte is
    /// never one string.
    /// </summary>
    /// <param name="skip">Name of elements whose text does not belong, such as readings of Japanese characters.</param>
    /// <returns>False where there was more than fits.</returns>
    public static bool AppendText(XmlReader xml, System.Text.StringBuilder text, int room, string skip)
    {
        if (xml.IsEmptyElement) return true;
        var depth = xml.Depth;
        var fits = true;
        var piece = new char[4096];
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == skip)
            {
                SkipElement(xml);
                continue;
            }

            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)) continue;
            for (int read; (read = xml.ReadValueChunk(piece, 0, piece.Length)) > 0;)
            {
                var taken = Math.Min(read, Math.Max(0, room));
                text.Append(piece, 0, taken);
                room -= taken;
                fits &= taken == read;
            }
        }

        return fits;
    }

    /// <summary>Leaves the reader at the element's end, without reading past it.</summary>
    private static void SkipElement(XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
        }
    }
}
