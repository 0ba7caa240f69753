using System.Net;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Sends rows, a few at once, each exactly once: what the journal knows is not sent; what may have been sent lately goes under the same
/// Idempotency-Key, made of its id; what may have been sent before keys expire is looked up first.
/// </summary>
internal sealed class ReportImport(ApiClient api, string domain, int parallel, ImportJournal journal, ErrorRows errors)
{
    private readonly EarlierReports earlier = new(api, domain);
    private int added;
    private int repeated;

    public int New => added;

    /// <summary>Known by the journal or by the server.</summary>
    public int Repeated => repeated;

    /// <param name="done">Called after each row.</param>
    /// <exception cref="ClientException">The system cannot be reached, or refuses the tenant: no later row would fare better.</exception>
    public async Task SendAsync(IEnumerable<ImportRow> rows, Action done, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(rows, options, async (row, token) =>
        {
            if (row is ImportRow.Faulty faulty) errors.Add(faulty);
            else if (journal.HasDone(row.Number)) Interlocked.Increment(ref repeated);
            else await SendAsync((ImportRow.Report)row, token);
            done();
        });
    }

    private async Task SendAsync(ImportRow.Report row, CancellationToken cancellationToken)
    {
        try
        {
            if (journal.MustBeLookedUp(row.Number) && await earlier.FindAsync(row.Id, row.Body.ReportedAt!.Value, cancellationToken) is { } before)
            {
                if (IsSame(before.Text, row.Body.Text)) Accept(row, before.IncidentId, isRepeat: true);
                else errors.Add(row.Failed("id", $"report {before.IncidentId} was imported with it and says something else"));
                return;
            }

            journal.Announce(row.Number);
            var accepted = await api.SendReportAsync(row.Body, $"import-{domain}-{row.Id}", cancellationToken);
            Accept(row, accepted.IncidentId, accepted.IsRepeat);
        }
        catch (ApiException e) when (IsOfThisRow(e))
        {
            errors.Add(Failed(row, e));
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or TimeoutException)
        {
            throw new ClientException($"row {row.Number} could not be sent, and later ones would not fare better: {e.Message}", e);
        }
    }

    private void Accept(ImportRow.Report row, Guid incident, bool isRepeat)
    {
        journal.Accept(row.Number, row.Id, incident);
        Interlocked.Increment(ref isRepeat ? ref repeated : ref added);
    }

    private static ImportRow.Faulty Failed(ImportRow.Report row, ApiException e) => e.Status switch
    {
        HttpStatusCode.UnprocessableEntity => row.Failed("id", "a row with it was imported before and said something else: correct that report, or give this row an id of its own"),
        HttpStatusCode.NotFound => row.Failed("id", "the report that was imported with it has been deleted since"),
        _ => row.Failed(e.Field, e.Field is null ? e.Message : e.Detail),
    };

    /// <summary>The server strips what cannot be seen.</summary>
    private static bool IsSame(string one, string other) => one.Where(char.IsLetterOrDigit).SequenceEqual(other.Where(char.IsLetterOrDigit));

    private static bool IsOfThisRow(ApiException e) => e.Status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.RequestEntityTooLarge => true,
        HttpStatusCode.UnprocessableEntity => true,
        // Tried many times over: the others may still pass.
        HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => true,
        // Else it is the domain that is not there.
        HttpStatusCode.NotFound => e.Field == "Idempotency-Key",
        _ => false,
    };
}
