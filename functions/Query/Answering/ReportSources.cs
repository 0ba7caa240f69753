using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using DomainFlow.Playbooks.Questions;
using DomainFlow.Postgres;
using Microsoft.Extensions.AI;

namespace DomainFlow.Query.Answering;

/// <summary>What query tools read from: search and PostgreSQL, bound to one tenant and one domain before any model is asked.</summary>
public sealed class ReportSources(IncidentReader incidents, ISearchIndex search, IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    /// <summary>Beyond so many matches a filter no longer narrows a search by ids.</summary>
    private const int MaxFiltered = 20_000;

    /// <param name="limits">The request's own filters; its box holds for everything looked up.</param>
    public QuerySources For(DomainConfiguration domain, Guid tenant, QueryFilters? limits)
    {
        var bound = new IncidentFilter(
            tenant,
            domain.DomainId,
            Status: ReportStatus.Completed,
            Bounds: limits?.Bbox is [var west, var south, var east, var north] ? new(west, south, east, north) : null,
            Languages: new Dictionary<string, string> { [domain.DomainId] = domain.Language });
        return new(
            (text, filter, limit, token) => SearchAsync(Narrow(bound, filter), domain.Language, text, limit, token),
            (filter, oldest, limit, token) => ListAsync(Narrow(bound, filter), oldest, limit, token),
            (filter, groupBy, token) => CountAsync(Narrow(bound, filter), groupBy, domain.TimeZone, token),
            (id, token) => GetAsync(bound, id, token));
    }

    private static IncidentFilter Narrow(IncidentFilter bound, ReportFilter filter) => bound with
    {
        Categories = filter.Categories,
        NotCategories = filter.NotCategories,
        AddressPatterns = filter.Streets is { } streets ? [.. streets.Select(StreetAddress.Pattern)] : null,
        HasPhotos = filter.HasPhotos,
        WorkStatuses = filter.WorkStatuses,
        From = filter.From,
        To = filter.To,
        Urgency = filter.Urgency,
        Text = filter.Text,
        PlaceText = filter.PlaceText,
        Near = filter.Near is { } near ? new(near.Longitude, near.Latitude, near.RadiusMetres) : null,
    };

    private async Task<IReadOnlyList<FoundReport>> SearchAsync(IncidentFilter filter, string language, string text, int limit, CancellationToken token)
    {
        var ids = NeedsIds(filter) ? await incidents.IdsAsync(filter, MaxFiltered, token) : null;
        if (ids is { Count: 0 })
        {
            return [];
        }

        ReadOnlyMemory<float>? vector = Ranking.Default(embeddings) == Ranking.Text
            ? default(ReadOnlyMemory<float>?)
            : await embeddings.GenerateVectorAsync(text, cancellationToken: token);
        var request = new SearchRequest(
            SearchIndexes.Incidents, filter.Tenant, filter.DomainId, text, vector, Math.Clamp(limit, 1, 100), filter.From, filter.To, ids, language);
        var hits = await search.SearchAsync(request, token);
        var rows = (await incidents.ByIdsAsync(filter.Tenant, [.. hits.Select(h => h.Id)], token)).ToDictionary(r => r.Id);
        return [.. hits.Where(h => rows.ContainsKey(h.Id)).Select(h => Found(rows[h.Id], h.Score))];
    }

    private static bool NeedsIds(IncidentFilter filter) =>
        (filter.Urgency ?? filter.Text ?? filter.PlaceText) is not null
        || (filter.Categories ?? filter.NotCategories ?? filter.WorkStatuses ?? filter.AddressPatterns) is not null
        || filter.HasPhotos is not null
        || filter.Near is not null
        || filter.Bounds is not null;

    private async Task<IReadOnlyList<FoundReport>> ListAsync(IncidentFilter filter, bool oldest, int limit, CancellationToken token)
    {
        var most = Math.Clamp(limit, 1, 100);
        var rows = oldest ? await incidents.OldestAsync(filter, most, token) : await incidents.ListAsync(filter, null, most, token);
        return [.. rows.Select(row => Found(row, 1))];
    }

    private async Task<ReportCount> CountAsync(IncidentFilter filter, string? groupBy, string timeZone, CancellationToken token)
    {
        IReadOnlyList<IReadOnlyList<string>> paths = groupBy switch
        {
            "category" => [["entity", "category"]],
            "place" => [["geo", "address"]],
            "status" => [["work_status"]],
            "urgency" => [["temporal", "urgency"]],
            _ => [],
        };
        var counts = await incidents.CountAsync(filter, paths, groupBy == "day" ? CountInterval.Day : null, timeZone, 1000, token);
        // What has no such value counts in the total and is no group.
        var groups = counts
            .Select(c => KeyValuePair.Create(c.Keys.FirstOrDefault() ?? c.Period?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), c.Count))
            .Where(g => groupBy is not null && g.Key is not null)
            .Select(g => KeyValuePair.Create(g.Key!, g.Value));
        return new(counts.Sum(c => c.Count), [.. groups.OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal)]);
    }

    private async Task<FoundReport?> GetAsync(IncidentFilter bound, string id, CancellationToken token)
    {
        if (!Guid.TryParse(id, out var guid))
        {
            return null;
        }

        var rows = await incidents.ByIdsAsync(bound.Tenant, [guid], token);
        return rows is [var row] && row.DomainId == bound.DomainId ? Found(row, 1) : null;
    }

    private static FoundReport Found(IncidentRow row, double score)
    {
        var data = JsonNode.Parse(row.StructuredData);
        return new(
            row.Id.ToString(),
            score,
            row.RawText,
            row.ReportedAt,
            row.Category,
            Text(data?["geo"]?["address"]) ?? Text(data?["geo"]?["location_text"]),
            row is { Longitude: { } lon, Latitude: { } lat } ? (lon, lat) : null,
            row.WorkStatus,
            Text(data?["temporal"]?["urgency"]));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
