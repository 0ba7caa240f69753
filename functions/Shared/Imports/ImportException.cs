namespace DomainFlow.Imports;

/// <summary>A file cannot be imported as it is; the message is one line for the person who chose the file.</summary>
/// <param name="setting">The setting that would help, such as <c>date_format</c>; null where none does.</param>
public sealed class ImportException(string message, string? setting = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ImportSettings"/>; null where no setting helps.</summary>
    public string? Setting { get; } = setting;
}

/// <summary>Names of the settings that an <see cref="ImportException"/> may point to.</summary>
public static class ImportSettings
{
    public const string Map = "map";
    public const string DateFormat = "date_format";
    public const string TimeZone = "time_zone";
    public const string Separator = "separator";
    public const string Encoding = "encoding";
    public const string Status = "status";
    public const string Sheet = "sheet";
}
