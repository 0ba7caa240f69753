using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /data/geo: the reports within bounds, as a GeoJSON FeatureCollection.</summary>
public sealed class MapReports(IncidentReader incidents)
{
    /// <summary>Past this many points the answer says that it was cut.</summary>
    public const int MaxPoints = 1000;

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var query = request.Query;
        query.Allow("domain_id", "bounds", "status", "work_status", "category", "from", "to");
        var bounds = query.Box("bounds") ?? throw new ProblemException(Problem.Invalid("bounds", "bounds is required: west,south,east,north in degrees"));
        var (from, to) = query.Period();
        var filter = new IncidentFilter(
            request.Caller.Tenant,
            query.Text("domain_id", 100),
            query.OneOf("status", ReportStatus.All),
            query.OneOf("work_status", ReportStatus.Work),
            query.Text("category", 100),
            from,
            to,
            new Bounds(bounds[0], bounds[1], bounds[2], bounds[3]));
        var rows = await incidents.WithinAsync(filter, MaxPoints + 1, request.Deadline);
        var collection = new JsonObject
        {
            ["type"] = "FeatureCollection",
            ["features"] = new JsonArray([.. rows.Take(MaxPoints).Select(Feature)]),
            ["truncated"] = rows.Count > MaxPoints,
        };
        return ApiResult.Json(200, collection) with { ContentType = "application/geo+json" };
    }

    private static JsonNode Feature(IncidentRow row) => new JsonObject
    {
        ["type"] = "Feature",
        ["id"] = row.Id.ToString(),
        ["geometry"] = new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(row.Longitude!.Value, row.Latitude!.Value) },
        ["properties"] = new JsonObject
        {
            ["incident_id"] = row.Id.ToString(),
            ["domain_id"] = row.DomainId,
            ["category"] = row.Category,
            ["status"] = row.Status,
            ["work_status"] = row.WorkStatus,
            ["text"] = row.RawText.Length > 200 ? row.RawText[..200] : row.RawText,
            ["reported_at"] = UtcJsonConverter.Write(row.ReportedAt),
        },
    };
}
