using System.Net;
using DomainFlow.Imports.Rows;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <summary>
/// Sends rows, a few at once, each exactly once: what the journal knows is not sent; what may have been sent lately goes under the same
/// Idempotency-Key, made of its id; what may have been sent before keys expire is looked up first. A row whose id is that of a report of
/// this tenant, as an export writes it, is that report and changes nothing.
/// </summary>
internal sealed class ReportImport(
    ApiClient api, string domain, int parallel, ImportJournal journal, ErrorRows errors, ReadingSummary summary, RowWarnings warnings)
{
    private readonly EarlierReports earlier = new(api, domain);
    private int added;
    private int repeated;

    public int New => added;

    /// <summary>Known by the journal or by the server.</summary>
    public int Repeated => repeated;

    /// <param name="done">Called after each row.</param>
    /// <exception cref="ClientException">The system cannot be reached, or refuses the tenant: no later row would fare better.</exception>
    public async Task SendAsync(IEnumerable<MappedRow> rows, Action done, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(rows, options, async (row, token) =>
        {
            summary.Add(row);
            if (row is MappedRow.Faulty faulty) errors.Add(faulty);
            else if (journal.HasDone(row.Number)) Interlocked.Increment(ref repeated);
            else await SendAsync((MappedRow.Good)row, token);
            done();
        });
    }

    private async Task SendAsync(MappedRow.Good row, CancellationToken cancellationToken)
    {
        try
        {
            if (await BeforeAsync(row, cancellationToken) is { } before)
            {
                if (IsSame(before.Text, row.Report.Text)) Accept(row, before.IncidentId, isRepeat: true);
                else Fail(row, "changed since", new RowIssue("changed since", "id", $"report {before.IncidentId} was imported with it and says something else"));
                return;
            }

            journal.Announce(row.Number);
            var accepted = await api.SendReportAsync(RowBody.Of(row, domain), $"import-{domain}-{row.Id}", cancellationToken);
            foreach (var warning in row.Warnings) warnings.Add(row, warning);
            foreach (var warning in accepted.Warnings ?? []) warnings.AddServers(row, warning.Field ?? "report", warning.Detail ?? "");
            Accept(row, accepted.IncidentId, accepted.IsRepeat);
        }
        catch (ApiException e) when (IsOfThisRow(e))
        {
            Fail(row, e.Field is { } field ? $"refused: {field}" : "refused", IssueOf(e));
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or TimeoutException)
        {
            throw new ClientException($"row {row.Number} could not be sent, and later ones would not fare better: {e.Message}", e);
        }
    }

    /// <summary>The report that the row is already; null where none is known.</summary>
    private async Task<ReportState?> BeforeAsync(MappedRow.Good row, CancellationToken cancellationToken)
    {
        if (Guid.TryParseExact(row.Id, "D", out var incident)
            && await api.GetAsync($"/reports/{incident}", cancellationToken) is { Status: HttpStatusCode.OK } there)
        {
            return there.Read<ReportState>();
        }

        return journal.MustBeLookedUp(row.Number) ? await earlier.FindAsync(row.Id, row.Report.ReportedAt, cancellationToken) : null;
    }

    private void Accept(MappedRow.Good row, Guid incident, bool isRepeat)
    {
        journal.Accept(row.Number, row.Id, incident);
        Interlocked.Increment(ref isRepeat ? ref repeated : ref added);
    }

    private void Fail(MappedRow.Good row, string cause, RowIssue issue)
    {
        summary.Fail(cause);
        errors.Add(new MappedRow.Faulty(row.Row, row.Id, issue));
    }

    private static RowIssue IssueOf(ApiException e) => e.Status switch
    {
        HttpStatusCode.UnprocessableEntity => new RowIssue(
            "changed since", "id", "a row with it was imported before and said something else: correct that report, or give this row an id of its own"),
        HttpStatusCode.NotFound => new RowIssue("deleted since", "id", "the report that was imported with it has been deleted since"),
        _ => new RowIssue("refused", e.Field, e.Field is null ? e.Message : e.Detail),
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
