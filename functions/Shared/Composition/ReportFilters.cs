using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Postgres;

namespace DomainFlow.Composition;

/// <summary>The filters that every list, map, count and export of reports takes, read from a request.</summary>
public sealed class ReportFilters(ConfigurationReader configurations)
{
    public const string Box = "bbox";

    /// <summary>The query parameters.</summary>
    public static IReadOnlyList<string> Names { get; } = ["domain_id", "status", "work_status", "category", "from", "to", Box, "text", "updated_since"];

    // A deleted report is in no list.
    private static readonly string[] Statuses = [.. ReportStatus.All.Where(status => status != ReportStatus.Deleted)];

    /// <exception cref="ProblemException">400, naming the parameter that is wrong.</exception>
    public async Task<IncidentFilter> ReadAsync(ApiRequest request)
    {
        var query = request.Query;
        var (first, last, category, words) = (query.TimeOrDay("from"), query.TimeOrDay("to"), query.Text("category", 100), Words(query.Text("text", 500)));
        var asksDomains = category is not null || words is not null || first is { IsDay: true } || last is { IsDay: true };
        var domains = asksDomains ? await DomainsAsync(request) : [];
        var (from, to) = Period(first, last, Zone(domains));
        return new(
            request.Caller.Tenant,
            query.Text("domain_id", 100),
            query.OneOf("status", Statuses),
            query.OneOf("work_status", ReportStatus.Work),
            Category(category, domains),
            from,
            to,
            query.Box(Box) is [var west, var south, var east, var north] ? new(west, south, east, north) : null,
            words,
            query.Time("updated_since"),
            Languages: domains.ToDictionary(domain => domain.DomainId, domain => domain.Language));
    }

    /// <summary>The parameters from and to alone.</summary>
    /// <exception cref="ProblemException">400, naming the parameter that is wrong.</exception>
    public async Task<(DateTimeOffset? From, DateTimeOffset? To)> PeriodAsync(ApiRequest request)
    {
        var (from, to) = (request.Query.TimeOrDay("from"), request.Query.TimeOrDay("to"));
        var needsZone = from is { IsDay: true } || to is { IsDay: true };
        return Period(from, to, needsZone ? Zone(await DomainsAsync(request)) : TimeZoneInfo.Utc);
    }

    /// <summary>From which instant, and up to which one.</summary>
    /// <param name="zone">Where a date without a time is a whole day.</param>
    /// <exception cref="ProblemException">400, naming <c>to</c> below <paramref name="path"/>.</exception>
    public static (DateTimeOffset? From, DateTimeOffset? To) Period(TimeOrDay? from, TimeOrDay? to, TimeZoneInfo zone, string path = "")
    {
        var (begin, end) = (from?.AsBegin(zone), to?.AsEnd(zone));
        // The end of a day is the begin of the next: as the begin of the period it belongs to a day that lies before.
        return begin is null || end is null || begin < end || (begin == end && !to!.IsDay)
            ? (begin, end)
            : throw new ProblemException(Problem.Invalid($"{path}to", "to lies before from"));
    }

    /// <exception cref="ProblemException">400, naming the categories that there are.</exception>
    public static string? Category(string? asked, IReadOnlyCollection<string> known, string field = "category") =>
        asked is null || known.Count == 0 || known.Contains(asked)
            ? asked
            : throw new ProblemException(Problem.Invalid(field, $"category must be one of {string.Join(", ", known)}"));

    /// <summary>A zone of a domain's configuration; UTC where this machine does not know it.</summary>
    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The filters as they were asked for: a cursor is bound to them.</summary>
    public static IEnumerable<string?> Asked(ApiRequest request) => Names.Select(name => request.Query.Text(name, 500));

    private static TimeZoneInfo Zone(IEnumerable<DomainFacts> domains) => Zone(DomainFacts.ZoneOf(domains.Select(domain => domain.TimeZone)));

    /// <summary>A category of one of the domains; any where one of them names none.</summary>
    private static string? Category(string? asked, IReadOnlyList<DomainFacts> domains)
    {
        var names = domains.SelectMany(domain => domain.Categories).Distinct().Order(StringComparer.Ordinal);
        return Category(asked, domains.All(domain => domain.Categories.Count > 0) ? [.. names] : []);
    }

    private static string? Words(string? text) =>
        text is null || WordQuery.Of(text) is not null ? text : throw new ProblemException(Problem.Invalid("text", "text holds no word to look for"));

    /// <summary>The domain that is asked for, or all that the tenant has.</summary>
    private async Task<IReadOnlyList<DomainFacts>> DomainsAsync(ApiRequest request)
    {
        var asked = request.Query.Text("domain_id", 100);
        return [.. (await configurations.FactsAsync(request.Caller.Tenant, request.Deadline)).Where(domain => asked is null || domain.DomainId == asked)];
    }
}
