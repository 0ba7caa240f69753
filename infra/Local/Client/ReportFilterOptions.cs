using System.CommandLine;

namespace DomainFlow.Local.Client;

/// <summary>The list's filters as options; the server checks them.</summary>
internal static class ReportFilterOptions
{
    public static readonly Option<string?> UpdatedSince = new("--updated-since") { Description = "Changed at this time or later" };

    public static IReadOnlyList<Option<string?>> All { get; } =
    [
        new("--status") { Description = "received, completed, needs_clarification or failed" },
        new("--work-status") { Description = "pending, in_progress, resolved or closed" },
        new("--category") { Description = "A category of the domain" },
        new("--bbox") { Description = "west,south,east,north in degrees" },
        new("--text") { Description = "Words that the text holds" },
        new("--from") { Description = "Reported at this time or later" },
        new("--to") { Description = "Reported before this time" },
        UpdatedSince,
    ];

    /// <summary>As query parameters of the list.</summary>
    public static Dictionary<string, string> Read(ParseResult parsed, string domain)
    {
        var filter = new Dictionary<string, string> { ["domain_id"] = domain };
        foreach (var option in All)
        {
            if (parsed.GetValue(option) is { } value) filter[option.Name.TrimStart('-').Replace('-', '_')] = value;
        }

        return filter;
    }
}
