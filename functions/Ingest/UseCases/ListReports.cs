using System.Globalization;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest.UseCases;

public sealed record ReportList(IReadOnlyList<ReportLine> Items, string? NextCursor);

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

/// <summary>GET /reports: newest report first, by keyset on (reported_at, id).</summary>
public sealed class ListReports(IncidentReader incidents)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var query = request.Query;
        query.Allow("domain_id", "status", "work_status", "category", "from", "to", "limit", "cursor");
        var tenant = request.Caller.Tenant;
        var limit = query.Integer("limit", 20, 1, 100);
        var (from, to) = query.Period();
        var filter = new IncidentFilter(
            tenant,
            DomainId: query.Text("domain_id", 100),
            Status: query.OneOf("status", ReportStatus.All),
            WorkStatus: query.OneOf("work_status", ReportStatus.Work),
            Category: query.Text("category", 100),
            From: from,
            To: to);
        string?[] list = ["GET /reports", tenant.ToString(), filter.DomainId, filter.Status, filter.WorkStatus, filter.Category,
            query.Text("from"), query.Text("to")];
        var after = ReadPosition(PageCursor.Read(query.Text("cursor", 2048), list));

        var rows = await incidents.ListAsync(filter, after, limit + 1, request.Deadline);
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit ? PageCursor.Write(WritePosition(page[^1]), list) : null;
        return ApiResult.Json(200, new ReportList([.. page.Select(Line)], next), IngestJson.Default.ReportList);
    }

    private static string WritePosition(IncidentRow row) => $"{row.ReportedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)},{row.Id}";

    private static IncidentPosition? ReadPosition(string? position) =>
        position is null ? null
        : position.Split(',') is [var ticks, var id]
            && long.TryParse(ticks, CultureInfo.InvariantCulture, out var t) && t >= 0 && t <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParse(id, out var guid)
            ? new(new(t, TimeSpan.Zero), guid)
            : throw new ProblemException(Problem.Invalid("cursor", "cursor is not one that this list gave"));

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
