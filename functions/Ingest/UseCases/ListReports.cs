using System.Globalization;
using DomainFlow.Composition;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest.UseCases;

/// <param name="NextCursor">The next page; null at the end of a list. Of changes there is no end: the cursor waits for the next one.</param>
/// <param name="Total">How many match the filters, on every page; null unless it was asked for.</param>
public sealed record ReportList(IReadOnlyList<ReportLine> Items, string? NextCursor, long? Total = null);

/// <summary>A report as PostgreSQL shows it.</summary>
public sealed record ReportLine(
    Guid IncidentId,
    string DomainId,
    string Status,
    string WorkStatus,
    string? Category,
    string Text,
    GeoPoint? Location,
    DateTimeOffset ReportedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>
/// GET /reports: newest report first (or the oldest, by sort), by keyset on (reported_at, id), which no change of a report moves. With
/// include=total they are counted as well, at the cost of a count. With updated_since: the changes
/// in the order in which they were written, to be followed by their cursor without end.
/// </summary>
public sealed class ListReports(IncidentReader incidents, ReportFilters filters, CursorSecret secret)
{
    private const string OldestFirst = "reported_at";
    private const string LatestFirst = "-reported_at";

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var query = request.Query;
        query.Allow([.. ReportFilters.Names, "sort", "include", "limit", "cursor"]);
        var limit = query.Integer("limit", 20, 1, 100);
        var sort = query.OneOf("sort", [OldestFirst, LatestFirst]);
        var hasTotal = query.OneOf("include", ["total"]) is not null;
        string?[] list = ["GET /reports", request.Caller.Tenant.ToString(), sort == OldestFirst ? sort : null, .. ReportFilters.Asked(request)];
        var cursor = query.Text("cursor", 2048);
        var filter = await filters.ReadAsync(request);
        if (sort is not null && filter.UpdatedSince is not null)
        {
            throw new ProblemException(Problem.Invalid("sort", "sort does not go with updated_since: changes come in the order in which they were written"));
        }

        var page = filter.UpdatedSince is null
            ? await PageAsync(filter, ReadPosition(PageCursor.Read(cursor, list)), limit, list, sort == OldestFirst, request.Deadline)
            : await ChangesAsync(filter, limit, list, cursor, request.Deadline);
        if (hasTotal) page = page with { Total = await incidents.TotalAsync(filter, request.Deadline) };
        var answer = ApiResult.Json(200, page, IngestJson.Default.ReportList);
        return answer.Tagged(EntityTag.OfText(answer.Body!)).UnlessKnownTo(request);
    }

    private async Task<ReportList> PageAsync(
        IncidentFilter filter, IncidentPosition? after, int limit, string?[] list, bool oldestFirst, CancellationToken deadline)
    {
        var rows = await incidents.ListAsync(filter, after, limit + 1, deadline, oldestFirst);
        var page = rows.Take(limit).ToList();
        return new([.. page.Select(Line)], rows.Count > limit ? PageCursor.Write(WritePosition(page[^1]), list) : null);
    }

    private async Task<ReportList> ChangesAsync(
        IncidentFilter filter, int limit, string?[] list, string? cursor, CancellationToken deadline)
    {
        // A change's place is a number of the whole database: sealed, or its growth would tell a tenant what all others write.
        var key = await secret.GetAsync(filter.Tenant, deadline);
        var changes = await incidents.ChangesAsync(filter, ReadChange(SealedCursor.Read(cursor, key.Span, list)), limit, deadline);
        var next = changes.Count == 0 ? cursor : SealedCursor.Write(WriteChange(changes[^1].Position), key.Span, list);
        return new([.. changes.Select(change => Line(change.Row))], next);
    }

    internal static string WritePosition(IncidentRow row) => $"{row.ReportedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)},{row.Id}";

    private static string WriteChange(ChangePosition change) => $"{change.WrittenIn.ToString(CultureInfo.InvariantCulture)},{change.Id}";

    internal static IncidentPosition? ReadPosition(string? position) =>
        position is null ? null
        : position.Split(',') is [var ticks, var id]
            && long.TryParse(ticks, CultureInfo.InvariantCulture, out var t) && t >= 0 && t <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParse(id, out var guid)
            ? new(new(t, TimeSpan.Zero), guid)
            : throw NoPosition();

    private static ChangePosition? ReadChange(string? position) =>
        position is null ? null
        : position.Split(',') is [var transaction, var id]
            && ulong.TryParse(transaction, CultureInfo.InvariantCulture, out var written)
            && Guid.TryParse(id, out var guid)
            ? new(written, guid)
            : throw NoPosition();

    private static ProblemException NoPosition() => new(Problem.Invalid("cursor", "cursor is not one that this list gave"));

    private static ReportLine Line(IncidentRow row) =>
        new(
            row.Id,
            row.DomainId,
            row.Status,
            row.WorkStatus,
            row.Category,
            row.RawText,
            row is { Latitude: { } lat, Longitude: { } lon } ? new(lat, lon) : null,
            row.ReportedAt,
            row.CreatedAt,
            row.UpdatedAt);
}
