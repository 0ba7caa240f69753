using DomainFlow.Composition;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Query.UseCases;

/// <param name="TimeZone">IANA name of the zone in which intervals begin.</param>
/// <param name="Truncated">There are more groups than were asked for.</param>
public sealed record ReportCounts(IReadOnlyList<string> GroupBy, string? Interval, string TimeZone, IReadOnlyList<ReportGroup> Groups, bool Truncated);

/// <param name="Keys">A value for each path of group_by, null where a report has none.</param>
/// <param name="Period">When the interval begins.</param>
public sealed record ReportGroup(IReadOnlyDictionary<string, string?> Keys, DateTimeOffset? Period, long Count);

/// <summary>GET /data/aggregated: counts by values of the reports and by intervals of reported_at.</summary>
public sealed class AggregateReports(IncidentReader incidents, ConfigurationReader configurations, ReportFilters filters)
{
    private const int MaxPaths = 3;

    private static readonly Dictionary<string, CountInterval> Intervals = new()
    {
        ["hour"] = CountInterval.Hour,
        ["day"] = CountInterval.Day,
        ["week"] = CountInterval.Week,
        ["month"] = CountInterval.Month,
        ["year"] = CountInterval.Year,
    };

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var query = request.Query;
        query.Allow([.. ReportFilters.Names, "group_by", "interval", "limit"]);
        var limit = query.Integer("limit", 100, 1, 1000);
        var interval = query.OneOf("interval", [.. Intervals.Keys]);
        var filter = await filters.ReadAsync(request);
        var setups = await SetupsAsync(filter, request.Deadline);
        var (names, paths) = Groups(query.Text("group_by", 500), setups);
        var zone = DomainFacts.ZoneOf(setups.Select(setup => setup.Configuration.TimeZone));
        var counts = await incidents.CountAsync(
            filter, paths, interval is null ? null : Intervals[interval], zone, limit + 1, request.Deadline);
        var groups = counts.Take(limit).Select(c => new ReportGroup(names.Zip(c.Keys).ToDictionary(p => p.First, p => p.Second), c.Period, c.Count));
        var answer = ApiResult.Json(
            200, new ReportCounts(names, interval, zone, [.. groups], counts.Count > limit), QueryJson.Default.ReportCounts);
        return answer.Tagged(EntityTag.OfText(answer.Body!)).UnlessKnownTo(request);
    }

    /// <summary>The domain that is asked for, or all that the tenant has.</summary>
    private async Task<IReadOnlyList<DomainSetup>> SetupsAsync(IncidentFilter filter, CancellationToken deadline)
    {
        var setups = new List<DomainSetup>();
        foreach (var domain in filter.DomainId is { } one ? [one] : await configurations.DomainsAsync(filter.Tenant, deadline))
        {
            if (await configurations.FindSetupAsync(filter.Tenant, domain, deadline) is { } setup)
            {
                setups.Add(setup);
            }
        }

        return setups.Count > 0 || filter.DomainId is null
            ? setups
            : throw new ProblemException(Problem.NotFound($"There is no domain '{filter.DomainId}'", "domain_id"));
    }

    private static (IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<string>> Paths) Groups(string? asked, IReadOnlyList<DomainSetup> setups)
    {
        string[] names = asked?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (names.Length > MaxPaths || names.Distinct().Count() != names.Length)
        {
            throw new ProblemException(Problem.Invalid("group_by", $"group_by takes 1 to {MaxPaths} different paths, separated by commas"));
        }

        var allowed = GroupPaths.Of(setups);
        return names.FirstOrDefault(name => !allowed.ContainsKey(name)) is { } unknown
            ? throw new ProblemException(Problem.Invalid(
                "group_by", $"group_by '{unknown}' is no path here; there are {string.Join(", ", allowed.Keys.Order(StringComparer.Ordinal))}"))
            : (names, [.. names.Select(name => allowed[name])]);
    }
}
