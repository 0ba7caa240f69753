using System.Collections.Concurrent;
using System.Globalization;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Finds reports of an earlier import whose Idempotency-Keys may have expired: by their time, then by the label external_id. Reports of one
/// time are read once, however many rows ask for it.
/// </summary>
internal sealed class EarlierReports(ApiClient api, string domain)
{
    /// <summary>Rows near each other in a file tend to share their times, where those are dates.</summary>
    private const int MaxTimes = 256;

    private readonly ConcurrentDictionary<DateTimeOffset, Lazy<Task<IReadOnlyDictionary<string, ReportState>>>> found = [];

    /// <summary>Whether the domain has any report.</summary>
    /// <exception cref="ApiException">Refused.</exception>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        (await api.GetAsync<PageState<ReportLineState>>($"/reports?domain_id={Uri.EscapeDataString(domain)}&limit=1", cancellationToken)).Items.Count > 0;

    /// <summary>The report that was made of a row; null if there is none.</summary>
    /// <exception cref="ApiException">Refused.</exception>
    public async Task<ReportState?> FindAsync(string externalId, DateTimeOffset reportedAt, CancellationToken cancellationToken)
    {
        if (found.Count >= MaxTimes) found.Clear();
        // The database keeps microseconds: a range holds the time on either side of its rounding.
        var from = new DateTimeOffset(reportedAt.UtcTicks - (reportedAt.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        var reports = await found.GetOrAdd(from, time => new(() => AtAsync(time, cancellationToken))).Value;
        return reports.GetValueOrDefault(externalId);
    }

    private async Task<IReadOnlyDictionary<string, ReportState>> AtAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var filter = new Dictionary<string, string> { ["domain_id"] = domain, ["from"] = Text(from), ["to"] = Text(from.AddMilliseconds(2)) };
        var reports = new Dictionary<string, ReportState>(StringComparer.Ordinal);
        await foreach (var page in api.PagesAsync<ReportLineState>("/reports", filter, cancellationToken))
        {
            foreach (var line in page)
            {
                if (await StateAsync(line.IncidentId, cancellationToken) is { } report && ExternalId(report) is { } id) reports[id] = report;
            }
        }

        return reports;
    }

    /// <summary>Null where it was deleted since the list was read.</summary>
    private async Task<ReportState?> StateAsync(Guid incident, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync($"/reports/{incident}", cancellationToken);
        return answer.Status == System.Net.HttpStatusCode.NotFound ? null : answer.Read<ReportState>();
    }

    private static string? ExternalId(ReportState report) =>
        report.Labels?["external_id"] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<string>(out var id) ? id : null;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
