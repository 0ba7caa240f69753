namespace DomainFlow.Imports.Rows;

/// <summary>Counts what became of a file's rows, by cause. Safe to add to from many tasks.</summary>
public sealed class ReadingSummary
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> warnings = new(StringComparer.Ordinal);

    public int Rows { get; private set; }

    public int Good { get; private set; }

    /// <summary>Good rows with a position.</summary>
    public int Placed { get; private set; }

    /// <summary>Good rows without a position and with an address.</summary>
    public int Addressed { get; private set; }

    public void Add(MappedRow row)
    {
        lock (gate)
        {
            Rows++;
            if (row is MappedRow.Faulty faulty)
            {
                Count(faults, faulty.Issue.Cause);
                return;
            }

            var good = (MappedRow.Good)row;
            Good++;
            if (good.Report.Position is not null) Placed++;
            else if (good.Report.Address.Length > 0) Addressed++;
            foreach (var warning in good.Warnings) Count(warnings, warning.Cause);
        }
    }

    /// <summary>A row that was refused, or is wrong, for a reason that the file alone does not show.</summary>
    public void Fail(string cause)
    {
        lock (gate) Count(faults, cause);
    }

    public void Warn(string cause)
    {
        lock (gate) Count(warnings, cause);
    }

    /// <summary>Causes with how many rows each, the most common first; empty where nothing is wrong.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (gate) return [.. Lines("failed", faults), .. Lines("warning", warnings)];
    }

    private static IEnumerable<string> Lines(string what, Dictionary<string, int> counts) =>
        counts.OrderByDescending(cause => cause.Value).ThenBy(cause => cause.Key, StringComparer.Ordinal).Select(cause => $"{what}: {cause.Key}: {cause.Value} {(cause.Value == 1 ? "row" : "rows")}");

    private static void Count(Dictionary<string, int> counts, string cause) => counts[cause] = counts.GetValueOrDefault(cause) + 1;
}
