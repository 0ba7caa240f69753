using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Composition;

/// <summary>The filters that every list, map and count of reports takes, read from a request.</summary>
public sealed class ReportFilters(ConfigurationReader configurations)
{
    /// <summary>The query parameters, but for the box, which each route names its own way.</summary>
    public static IReadOnlyList<string> Names { get; } = ["domain_id", "status", "work_status", "category", "from", "to", "text", "updated_since"];

    // A deleted report is in no list.
    private static readonly string[] Statuses = [.. ReportStatus.All.Where(status => status != ReportStatus.Deleted)];

    /// <param name="box">The parameter that holds the box.</param>
    /// <exception cref="ProblemException">400, naming the parameter that is wrong.</exception>
    public async Task<IncidentFilter> ReadAsync(ApiRequest request, string box)
    {
        var query = request.Query;
        var tenant = request.Caller.Tenant;
        var (from, to) = query.Period();
        var filter = new IncidentFilter(
            tenant,
            query.Text("domain_id", 100),
            query.OneOf("status", Statuses),
            query.OneOf("work_status", ReportStatus.Work),
            query.Text("category", 100),
            from,
            to,
            query.Box(box) is [var west, var south, var east, var north] ? new(west, south, east, north) : null,
            query.Text("text", 500),
            query.Time("updated_since"));
        return filter.Text is null ? filter : filter with { Languages = await configurations.LanguagesAsync(tenant, request.Deadline) };
    }

    /// <summary>The filters as they were asked for: a cursor is bound to them.</summary>
    public static IEnumerable<string?> Asked(ApiRequest request, string box) => Names.Append(box).Select(name => request.Query.Text(name, 500));
}
