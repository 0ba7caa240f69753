using DomainFlow.Composition;
using DomainFlow.Domain.Search;
using DomainFlow.Hosting.Http;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Postgres;
using DomainFlow.Query.Answering;
using Microsoft.Extensions.AI;

namespace DomainFlow.Query.UseCases;

public sealed record SearchResults(IReadOnlyList<SearchResult> Items);

/// <param name="Score">0 to 1; fused from both rankings where both were asked for.</param>
/// <param name="TextScore">By words alone, where they matched.</param>
/// <param name="VectorScore">(1 + cosine) / 2.</param>
public sealed record SearchResult(Guid IncidentId, double Score, double? TextScore, double? VectorScore, string Text, DateTimeOffset ReportedAt);

/// <summary>GET /search: what retrieval alone finds, for people who debug answers.</summary>
public sealed class SearchReports(
    ISearchIndex search, IEmbeddingGenerator<string, Embedding<float>> embeddings, ConfigurationReader configurations, ReportFilters filters)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var query = request.Query;
        query.Allow("domain_id", "text", "from", "to", "mode", "limit");
        var text = query.Required("text", 1000);
        var mode = query.OneOf("mode", [Ranking.Hybrid, Ranking.Text, Ranking.Vector]) ?? Ranking.Default(embeddings);
        var (from, to) = await filters.PeriodAsync(request);
        var (tenant, domain) = (request.Caller.Tenant, query.Text("domain_id", 100));
        var language = domain is null ? null : (await configurations.FindAsync(tenant, domain, request.Deadline))?.Language;
        ReadOnlyMemory<float>? vector = mode == Ranking.Text
            ? default(ReadOnlyMemory<float>?)
            : await embeddings.GenerateVectorAsync(UntrustedText.Strip(text), cancellationToken: request.Deadline);
        var hits = await search.SearchAsync(
            new(
                SearchIndexes.Incidents,
                tenant,
                domain,
                mode == Ranking.Vector ? null : text,
                vector,
                query.Integer("limit", 20, 1, 100),
                from,
                to,
                Language: language ?? "en"),
            request.Deadline);
        var items = hits.Select(h => new SearchResult(h.Id, h.Score, h.TextScore, h.VectorScore, h.Text, h.CreatedAt));
        return ApiResult.Json(200, new SearchResults([.. items]), QueryJson.Default.SearchResults);
    }
}
