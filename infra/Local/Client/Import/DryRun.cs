using DomainFlow.Imports.Rows;

namespace DomainFlow.Local.Client.Import;

/// <summary>Reads a file as an import would, sends nothing, and says what would become of its rows.</summary>
internal static class DryRun
{
    private const int MaxTold = 20;

    /// <returns>Whether each row could be sent.</returns>
    public static async Task<bool> RunAsync(TextWriter output, ReportFile file, int limit, CancellationToken cancellationToken)
    {
        var (summary, told) = (new ReadingSummary(), 0);
        foreach (var row in file.Rows().Take(limit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            summary.Add(row);
            foreach (var line in Lines(row))
            {
                if (++told <= MaxTold) await output.WriteLineAsync(line);
            }
        }

        if (told > MaxTold) await output.WriteLineAsync($"and {told - MaxTold} more");
        foreach (var line in summary.Lines()) await output.WriteLineAsync(line);
        await output.WriteLineAsync(
            $"{summary.Rows} rows: {summary.Good} would be sent ({summary.Placed} with a position, {summary.Addressed} with an address alone), {summary.Rows - summary.Good} would fail; nothing was sent");
        return summary.Good == summary.Rows;
    }

    private static IEnumerable<string> Lines(MappedRow row) => row is MappedRow.Good good
        ? good.Warnings.Where(warning => !warning.IsCountedOnly).Select(warning => $"row {row.Number} (id {row.Id}): warning: {warning}")
        : [row.ToString()!];
}
