using System.CommandLine;
using DomainFlow.Quality.Data;

namespace DomainFlow.Quality.Commands;

/// <summary>What both commands take.</summary>
internal static class CommonOptions
{
    public static Argument<FileInfo> Csv() => new("file")
    {
        Description = "CSV with the columns id, created_at_local, summary, description, category, address, lat, lng",
    };

    public static Option<RowHalf> Rows(RowHalf usual) => new("--rows")
    {
        Description = "Which rows, by their ids: even, odd or all",
        DefaultValueFactory = _ => usual,
    };

    public static Option<string> TimeZone() => new("--time-zone")
    {
        Description = "IANA name of the zone that created_at_local is in",
        DefaultValueFactory = _ => "America/New_York",
    };
}
