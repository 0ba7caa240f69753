using System.CommandLine;
using DomainFlow.Imports.Rows;
using DomainFlow.Imports.Tables;
using DomainFlow.Quality.Data;

namespace DomainFlow.Quality.Commands;

/// <summary>What both commands take.</summary>
internal static class CommonOptions
{
    private static readonly Option<string[]> Map = new("--map") { Description = $"PART=COLUMN; once for each of {string.Join(", ", ReportColumns.Parts)}" };
    private static readonly Option<string[]> DateFormat = new("--date-format") { Description = "How times are written, such as \"MM/dd/yyyy hh:mm:ss tt\"; may be given more than once" };
    private static readonly Option<string?> Separator = new("--separator") { Description = "comma, semicolon, tab, pipe or a character; found out unless given" };
    private static readonly Option<string?> Encoding = new("--encoding") { Description = "Such as utf-8 or windows-1252; found out unless given" };
    private static readonly Option<string?> Sheet = new("--sheet") { Description = "Name of a workbook's sheet; the first one unless given" };

    /// <summary>How the file is to be read, as the import takes it.</summary>
    public static IReadOnlyList<Option> Reading { get; } = [Map, DateFormat, Separator, Encoding, Sheet];

    public static Argument<FileInfo> Csv() => new("file")
    {
        Description = "CSV or XLSX with the columns id, reported_at (or created_at_local), text (or summary, description), category, address, lat, lon; other names by --map",
    };

    public static Option<RowHalf> Rows(RowHalf usual) => new("--rows")
    {
        Description = "Which rows, by their ids: even, odd or all",
        DefaultValueFactory = _ => usual,
    };

    public static Option<string?> TimeZone(string usual) => new("--time-zone") { Description = $"IANA name of the zone that times without an offset are in; {usual} unless given" };

    /// <exception cref="Fault">A mapping is not PART=COLUMN.</exception>
    public static ReportFileOptions Options(ParseResult parsed, string timeZone)
    {
        var map = new Dictionary<string, string>();
        foreach (var pair in parsed.GetValue(Map) ?? [])
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at) || !map.TryAdd(pair[..at].Trim(), pair[(at + 1)..].Trim()))
                throw new Fault($"--map {pair} must be PART=COLUMN, once for each part");
        }

        return ReportFileOptions.In(timeZone) with
        {
            Table = new TableOptions(parsed.GetValue(Separator), parsed.GetValue(Encoding), parsed.GetValue(Sheet)),
            Map = map,
            DateFormats = parsed.GetValue(DateFormat) ?? [],
        };
    }
}
