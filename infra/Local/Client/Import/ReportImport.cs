using System.Collections.Concurrent;
using System.Net;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <param name="Incidents">Of the accepted reports, each once.</param>
/// <param name="Failures">By row.</param>
internal sealed record ImportResult(int New, int Repeated, IReadOnlyList<Guid> Incidents, IReadOnlyList<ImportRow.Faulty> Failures)
{
    public int Sent => New + Repeated;
}

/// <summary>Sends rows, a few at once, each under a key made of its id: a second import adds nothing.</summary>
internal sealed class ReportImport(ApiClient api, string domain, int parallel)
{
    private readonly ConcurrentDictionary<Guid, long> incidents = new();
    private readonly ConcurrentBag<ImportRow.Faulty> failures = [];
    private int added;
    private int repeated;

    /// <param name="done">Called after each row.</param>
    /// <exception cref="ClientException">The system cannot be reached, or refuses the tenant: no later row would fare better.</exception>
    public async Task<ImportResult> SendAsync(IEnumerable<ImportRow> rows, Action done, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(rows, options, async (row, token) =>
        {
            await SendAsync(row, token);
            done();
        });
        return new ImportResult(added, repeated, [.. incidents.OrderBy(i => i.Value).Select(i => i.Key)], [.. failures.OrderBy(f => f.Number)]);
    }

    private async Task SendAsync(ImportRow row, CancellationToken cancellationToken)
    {
        if (row is not ImportRow.Report report)
        {
            failures.Add((ImportRow.Faulty)row);
            return;
        }

        try
        {
            var accepted = await api.SendReportAsync(report.Body, $"import-{domain}-{report.ExternalId}", cancellationToken);
            incidents.TryAdd(accepted.IncidentId, report.Number);
            if (accepted.IsRepeat) Interlocked.Increment(ref repeated);
            else Interlocked.Increment(ref added);
        }
        catch (ApiException e) when (IsOfThisRow(e.Status))
        {
            failures.Add(new ImportRow.Faulty(report.Number, e.Message));
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or TimeoutException)
        {
            throw new ClientException($"row {report.Number} could not be sent, and later ones would not fare better: {e.Message}. Run it again to go on: nothing is sent twice", e);
        }
    }

    private static bool IsOfThisRow(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.RequestEntityTooLarge
            or HttpStatusCode.UnprocessableEntity or HttpStatusCode.InternalServerError;
}
