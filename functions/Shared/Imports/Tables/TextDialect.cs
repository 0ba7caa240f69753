using System.Buffers;
using System.Text;

namespace DomainFlow.Imports.Tables;

/// <summary>How a CSV file is written.</summary>
/// <param name="Separator">An ASCII character.</param>
/// <param name="LineBreak">As after the header: LF, CRLF or CR.</param>
/// <param name="NamesSeparator">The first line is <c>sep=;</c>.</param>
public sealed record TextDialect(Encoding Encoding, bool HasByteOrderMark, char Separator, string LineBreak, bool NamesSeparator = false)
{
    private const int HeadBytes = 128 * 1024;

    /// <summary>In the order in which they win where two would split the header alike.</summary>
    private const string Separators = ",;\t|";

    /// <summary>UTF-8 with a byte order mark and commas: opens in every spreadsheet.</summary>
    internal static TextDialect Common { get; } = new(new UTF8Encoding(false), true, ',', "\r\n");

    /// <summary>For people: <c>semicolon, windows-1252</c>.</summary>
    public override string ToString() => $"{NameOf(Separator)}, {Encoding.WebName}";

    /// <summary>A cell as it is written between separators.</summary>
    public string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(SearchValues.Create([Separator, '"', '\r', '\n'])) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <exception cref="ImportException">A setting is not known, or the file contradicts it.</exception>
    internal static TextDialect Detect(Stream content, TableOptions options)
    {
        var (encoding, mark) = TextEncoding.Detect(content, options.Encoding);
        content.Position = 0;
        var bytes = new byte[HeadBytes];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var head = encoding.GetString(bytes, mark, Math.Max(0, length - mark));
        var asked = options.Separator is { } text ? Parse(text) : (char?)null;
        if (Hint(head) is { } hint)
        {
            if (asked is { } other && other != hint)
                throw new ImportException($"the file's first line names the separator '{hint}', and '{options.Separator}' was asked for", ImportSettings.Separator);
            return new TextDialect(encoding, mark > 0, hint, LineBreakOf(head), NamesSeparator: true);
        }

        return new TextDialect(encoding, mark > 0, asked ?? Best(FirstRecord(head)), LineBreakOf(head));
    }

    /// <summary>A header splits into the most columns at its own separator. Rows would mislead: a decimal comma is in each of them.</summary>
    private static char Best(string header) => Separators.MaxBy(separator => Count(header, separator));

    private static int Count(string header, char separator)
    {
        var (count, quoted) = (0, false);
        foreach (var letter in header)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == separator && !quoted) count++;
        }

        return count;
    }

    private static string FirstRecord(string head)
    {
        var quoted = false;
        var start = head.Length - head.TrimStart('\r', '\n').Length;
        for (var i = start; i < head.Length; i++)
        {
            if (head[i] == '"') quoted = !quoted;
            else if (head[i] is '\r' or '\n' && !quoted) return head[start..i];
        }

        return head[start..];
    }

    private static char? Hint(string head) =>
        head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head.Length > 4 && char.IsAscii(head[4]) && (head.Length == 5 || head[5] is '\r' or '\n') ? head[4] : null;

    private static string LineBreakOf(string head)
    {
        var at = head.AsSpan().IndexOfAny('\r', '\n');
        return at < 0 || head[at] == '\n' ? "\n" : at + 1 < head.Length && head[at + 1] == '\n' ? "\r\n" : "\r";
    }

    private static char Parse(string text) => text.ToLowerInvariant() switch
    {
        "comma" => ',',
        "semicolon" => ';',
        "tab" or "\\t" => '\t',
        "pipe" => '|',
        [var one] when char.IsAscii(one) && one is not ('"' or '\r' or '\n') && !char.IsAsciiLetterOrDigit(one) => one,
        _ => throw new ImportException($"the separator '{text}' must be comma, semicolon, tab, pipe or one ASCII character", ImportSettings.Separator),
    };

    private static string NameOf(char separator) => separator switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "pipe",
        _ => $"separator {separator}",
    };
}
