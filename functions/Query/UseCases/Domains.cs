using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /domains, by domain_id, and GET /domains/{domain_id}: what a client must know to send and to show reports.</summary>
public sealed class Domains(ConfigurationReader configurations)
{
    public sealed record DomainList(IReadOnlyList<DomainSummary> Items, string? NextCursor);

    /// <param name="StatusTransitions">What a work status may become; empty: anything.</param>
    public sealed record DomainView(
        string DomainId,
        string Name,
        string Description,
        string TimeZone,
        string Language,
        bool SelfReporting,
        IReadOnlyList<CategoryView> Categories,
        IReadOnlyList<string> WorkStatuses,
        IReadOnlyDictionary<string, IReadOnlyList<string>> StatusTransitions);

    public sealed record CategoryView(string Id, string Name, string DefaultUrgency);

    public async Task<ApiResult> ListAsync(ApiRequest request)
    {
        var query = request.Query;
        query.Allow("limit", "cursor");
        var tenant = request.Caller.Tenant;
        var limit = query.Integer("limit", 20, 1, 100);
        string?[] list = ["GET /domains", tenant.ToString()];
        var after = PageCursor.Read(query.Text("cursor", 2048), list);
        var found = await configurations.SummariesAsync(tenant, after, limit + 1, request.Deadline);
        var next = found.Count > limit ? PageCursor.Write(found[limit - 1].DomainId, list) : null;
        return Tagged(ApiResult.Json(200, new DomainList([.. found.Take(limit)], next), QueryJson.Default.DomainList), request);
    }

    public async Task<ApiResult> GetAsync(ApiRequest request)
    {
        request.Query.Allow();
        var id = request.PathText("domain_id");
        var domain = id.Length is > 0 and <= 100 && !id.Contains('\0', StringComparison.Ordinal)
            ? await configurations.FindAsync(request.Caller.Tenant, id, request.Deadline)
            : null;
        return domain is null
            ? throw new ProblemException(Problem.NotFound("There is no domain with this id", "domain_id"))
            : Tagged(ApiResult.Json(200, View(domain), QueryJson.Default.DomainView), request);
    }

    private static ApiResult Tagged(ApiResult answer, ApiRequest request) => answer.Tagged(EntityTag.OfText(answer.Body!)).UnlessKnownTo(request);

    private static DomainView View(DomainConfiguration domain) => new(
        domain.DomainId,
        domain.Name,
        domain.Description,
        domain.TimeZone,
        domain.Language,
        domain.SelfReporting,
        [.. domain.Categories.Select(category => new CategoryView(category.Id, category.Name, category.DefaultUrgency))],
        ReportStatus.Work,
        domain.StatusTransitions);
}
