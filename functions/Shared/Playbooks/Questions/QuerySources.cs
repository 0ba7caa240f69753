namespace DomainFlow.Playbooks.Questions;

/// <summary>What a query's tools read from. The tenant and the domain are bound in these functions; no model can choose them.</summary>
/// <param name="Search">Best reports for a text by words and meaning: text, filter, limit.</param>
/// <param name="List">Latest reports, or the oldest: filter, whether the oldest, limit.</param>
/// <param name="Count">How many: filter, and the key to group by (<c>category</c>, <c>place</c>, <c>status</c>, <c>urgency</c>, <c>day</c>) or null.</param>
/// <param name="Get">One report or document chunk by id; null where there is none.</param>
public sealed record QuerySources(
    Func<string, ReportFilter, int, CancellationToken, Task<IReadOnlyList<FoundReport>>> Search,
    Func<ReportFilter, bool, int, CancellationToken, Task<IReadOnlyList<FoundReport>>> List,
    Func<ReportFilter, string?, CancellationToken, Task<ReportCount>> Count,
    Func<string, CancellationToken, Task<FoundReport?>> Get);

/// <summary>A report or a document's chunk that a tool found.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Kind">report or document.</param>
/// <param name="Location">Longitude and latitude; null where not known.</param>
public sealed record FoundReport(
    string Id,
    double Score,
    string Text,
    DateTimeOffset ReportedAt,
    string? Category = null,
    string? LocationText = null,
    (double Longitude, double Latitude)? Location = null,
    string? WorkStatus = null,
    string? Urgency = null,
    string Kind = "report");

/// <param name="Groups">Counts by key, largest first; empty where nothing was grouped.</param>
public sealed record ReportCount(long Total, IReadOnlyList<KeyValuePair<string, long>> Groups);
