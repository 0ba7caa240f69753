using System.CommandLine;
using DomainFlow.Imports;
using DomainFlow.Imports.Rows;
using DomainFlow.Imports.Tables;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>How the file is to be read, as options.</summary>
internal static class ImportOptions
{
    private static readonly Option<string?> TimeZone = new("--time-zone")
    {
        Description = "IANA name of the zone that times without an offset are in; the domain's unless given. An hour shown twice means the first, a skipped one is counted on",
    };

    private static readonly Option<string[]> Map = new("--map")
    {
        Description = $"PART=COLUMN, such as reported_at=\"Opened Date\"; once for each of {string.Join(", ", ReportColumns.Parts)}",
    };

    private static readonly Option<string[]> DateFormat = new("--date-format")
    {
        Description = "How times are written, such as \"MM/dd/yyyy hh:mm:ss tt\"; may be given more than once. Unless given, the known forms; day and month by what the file shows",
    };

    private static readonly Option<string[]> Status = new("--status") { Description = $"WORD=STATUS: what a word of the status column means: {string.Join(", ", StatusWords.All)}" };
    private static readonly Option<string?> Separator = new("--separator") { Description = "comma, semicolon, tab, pipe or a character; found out unless given" };
    private static readonly Option<string?> Encoding = new("--encoding") { Description = "Such as utf-8, utf-16 or windows-1252; found out unless given" };
    private static readonly Option<string?> Sheet = new("--sheet") { Description = "Name of a workbook's sheet; the first one unless given" };

    public static IReadOnlyList<Option> All { get; } = [TimeZone, Map, DateFormat, Status, Separator, Encoding, Sheet];

    /// <summary>The zone that was asked for; null for the domain's.</summary>
    public static string? Zone(ParseResult parsed) => parsed.GetValue(TimeZone);

    /// <exception cref="ClientException">A value is not NAME=VALUE.</exception>
    public static ReportFileOptions Read(ParseResult parsed, string timeZone) => new(
        timeZone,
        new TableOptions(parsed.GetValue(Separator), parsed.GetValue(Encoding), parsed.GetValue(Sheet)),
        Pairs("--map", parsed.GetValue(Map)),
        parsed.GetValue(DateFormat) ?? [],
        Pairs("--status", parsed.GetValue(Status)));

    /// <summary>What changes how rows are read, as one line: an import that goes on must read them alike.</summary>
    public static string Text(ReportFileOptions options) => string.Join(
        ' ',
        new[] { ("separator", options.Table.Separator), ("encoding", options.Table.Encoding), ("sheet", options.Table.Sheet) }.Where(one => one.Item2 is not null).Select(one => $"--{one.Item1} {one.Item2}")
            .Concat(options.Map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"--map {pair.Key}={pair.Value}"))
            .Concat(options.DateFormats.Select(format => $"--date-format {format}"))
            .Concat(options.Statuses.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"--status {pair.Key}={pair.Value}")));

    /// <summary>As the client says it: with the option that would help.</summary>
    public static ClientException Explained(ImportException e, string file) =>
        new($"{file}: {e.Message}{(e.Setting is { } setting ? $" (--{setting.Replace('_', '-')})" : "")}", e);

    private static Dictionary<string, string> Pairs(string option, string[]? values)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values ?? [])
        {
            var at = value.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == value.Length - 1) throw new ClientException($"{option} {value} must be NAME=VALUE");
            if (!pairs.TryAdd(value[..at].Trim(), value[(at + 1)..].Trim())) throw new ClientException($"{option} names {value[..at]} twice");
        }

        return pairs;
    }
}
