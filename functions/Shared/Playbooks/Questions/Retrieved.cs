using System.Collections.Concurrent;

namespace DomainFlow.Playbooks.Questions;

/// <summary>What the tools of one query run really returned: the only things that an answer may refer to.</summary>
public sealed class Retrieved
{
    private readonly ConcurrentDictionary<string, FoundReport> found = new();
    private readonly ConcurrentDictionary<string, ReportCount> counts = new();

    /// <summary>Best first, then by id.</summary>
    public IReadOnlyList<FoundReport> All => [.. found.Values.OrderByDescending(report => report.Score).ThenBy(report => report.Id, StringComparer.Ordinal)];

    public FoundReport? Find(string id) => found.GetValueOrDefault(id);

    /// <summary>Counts that were made, by what was counted.</summary>
    public IReadOnlyDictionary<string, ReportCount> Counts => counts;

    internal void Add(IEnumerable<FoundReport> reports)
    {
        foreach (var report in reports)
            found.AddOrUpdate(report.Id, report, (_, earlier) => earlier.Score >= report.Score ? earlier : report);
    }

    internal void Add(string what, ReportCount count) => counts[what] = count;
}
