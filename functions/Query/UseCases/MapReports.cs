using System.Text.Json.Nodes;
using DomainFlow.Composition;
using DomainFlow.Domain.Json;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /data/geo: the located reports within a box, as a GeoJSON FeatureCollection; past a limit, clusters that count them all.</summary>
public sealed class MapReports(IncidentReader incidents, IncidentClusters clusters, ReportFilters filters)
{
    /// <summary>Past this many points the answer is clusters, of which there are no more either.</summary>
    public const int MaxFeatures = 1000;

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow([.. ReportFilters.Names, "zoom"]);
        var zoom = request.Query.Integer("zoom", MapGrid.MaxZoom, 0, MapGrid.MaxZoom);
        var filter = await filters.ReadAsync(request);
        var bounds = filter.Bounds ?? throw new ProblemException(Problem.Invalid(ReportFilters.Box, "bbox is required: west,south,east,north in degrees"));
        var rows = await incidents.WithinAsync(filter, MaxFeatures + 1, request.Deadline);
        var features = rows.Count <= MaxFeatures
            ? rows.Select(Point)
            : (await clusters.ReadAsync(filter, MapGrid.For(bounds, zoom, MaxFeatures), request.Deadline)).Select(Cluster);
        var collection = new JsonObject { ["type"] = "FeatureCollection", ["features"] = new JsonArray([.. features]) };
        var answer = ApiResult.Json(200, collection) with { ContentType = "application/geo+json" };
        return answer.Tagged(EntityTag.OfText(answer.Body!)).UnlessKnownTo(request);
    }

    private static JsonNode Point(IncidentPoint row) => Feature(row.Longitude, row.Latitude, new JsonObject
    {
        ["incident_id"] = row.Id.ToString(),
        ["domain_id"] = row.DomainId,
        ["category"] = row.Category,
        ["status"] = row.Status,
        ["work_status"] = row.WorkStatus,
        ["text"] = row.Text,
        ["reported_at"] = UtcJsonConverter.Write(row.ReportedAt),
    }, row.Id);

    private static JsonNode Cluster(IncidentCluster cluster)
    {
        var (west, south, east, north) = cluster.Bounds;
        var properties = new JsonObject
        {
            ["cluster"] = true,
            ["count"] = cluster.Count,
            ["bbox"] = new JsonArray(west, south, east, north),
            ["categories"] = new JsonObject(cluster.Categories.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
        };
        if (cluster.Single is { } id)
        {
            properties["incident_id"] = id.ToString();
        }

        return Feature(cluster.Longitude, cluster.Latitude, properties);
    }

    private static JsonObject Feature(double longitude, double latitude, JsonObject properties, Guid? id = null)
    {
        var feature = new JsonObject { ["type"] = "Feature" };
        if (id is not null)
        {
            feature["id"] = id.ToString();
        }

        feature["geometry"] = new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(longitude, latitude) };
        feature["properties"] = properties;
        return feature;
    }
}
