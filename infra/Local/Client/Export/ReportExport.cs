using System.Net;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Export;

internal sealed record ExportCounts(int Written, int WithoutPlace);

/// <summary>Reads the list page by page and writes what it holds; never more than one page is in memory (of a list of changes, its ids too).</summary>
/// <param name="full">Each report as GET /reports/{id} shows it, laid over its line in the list.</param>
internal sealed class ReportExport(ApiClient api, bool full)
{
    private const int AtOnce = 4;

    /// <param name="written">Called after each report.</param>
    /// <exception cref="ApiException">A filter was refused.</exception>
    public async Task<ExportCounts> WriteAsync(
        IReadOnlyDictionary<string, string> filter, ReportWriter writer, Action written, CancellationToken cancellationToken)
    {
        var (count, withoutPlace) = (0, 0);
        // A list of changes shows again what changes while it is read: the first showing is kept.
        var shown = filter.ContainsKey("updated_since") ? new HashSet<string>(StringComparer.Ordinal) : null;
        await foreach (var page in api.PagesAsync<JsonObject>("/reports", filter, cancellationToken))
        {
            foreach (var some in page.Where(line => shown?.Add((string)line["incident_id"]!) != false).Chunk(AtOnce))
            {
                foreach (var report in full ? await Task.WhenAll(some.Select(line => WholeAsync(line, cancellationToken))) : some)
                {
                    // Deleted since the list was read.
                    if (report is null) continue;
                    await writer.WriteAsync(report, cancellationToken);
                    count++;
                    if (report["location"] is null) withoutPlace++;
                    written();
                }
            }
        }

        return new ExportCounts(count, withoutPlace);
    }

    private async Task<JsonObject?> WholeAsync(JsonObject line, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync($"/reports/{(string)line["incident_id"]!}", cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound) return null;
        foreach (var (name, value) in answer.Read<JsonObject>()) line[name] = value?.DeepClone();
        return line;
    }
}
