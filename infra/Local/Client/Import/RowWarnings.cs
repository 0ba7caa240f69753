using DomainFlow.Imports.Rows;

namespace DomainFlow.Local.Client.Import;

/// <summary>What rows that went in have to be warned about: counted by cause, and the first ones told one by one. Safe to add to from many tasks.</summary>
internal sealed class RowWarnings(ReadingSummary summary)
{
    private const int MaxTold = 50;

    private readonly Lock gate = new();
    private readonly SortedDictionary<long, List<string>> told = [];
    private int more;

    /// <summary>A warning of the file's own reading: the summary has counted it.</summary>
    public void Add(MappedRow.Good row, RowIssue issue)
    {
        if (issue.IsCountedOnly) return;
        lock (gate)
        {
            if (told.Count >= MaxTold && !told.ContainsKey(row.Number))
            {
                more++;
                return;
            }

            var line = $"row {row.Number} (id {row.Id}): warning: {issue}";
            if (told.TryGetValue(row.Number, out var lines)) lines.Add(line);
            else told[row.Number] = [line];
        }
    }

    /// <summary>A warning of the server's.</summary>
    public void AddServers(MappedRow.Good row, string field, string detail)
    {
        summary.Warn($"{field} (checked by the domain)");
        Add(row, new RowIssue(field, field, detail));
    }

    public async Task TellAsync(TextWriter output)
    {
        foreach (var line in told.Values.SelectMany(lines => lines)) await output.WriteLineAsync(line);
        if (more > 0) await output.WriteLineAsync($"and {more} more warnings");
    }
}
