using System.Text.RegularExpressions;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Questions;

namespace DomainFlow.Playbooks.Tests.Samples;

/// <summary>The sample reports, read by the playbook and kept in memory behind the ports of a query.</summary>
internal sealed class SampleSources
{
    private readonly List<(FoundReport Report, float[] Vector)> reports;

    private SampleSources(List<(FoundReport, float[])> reports) => this.reports = reports;

    /// <summary>Reports as they were read already.</summary>
    public static SampleSources Of(IEnumerable<FoundReport> reports) =>
        new([.. reports.Select(report => (report, OfflineEmbeddingGenerator.Embed(report.Text)))]);

    public QuerySources Sources => new(
        (text, filter, limit, _) => Task.FromResult(Search(text, filter, limit)),
        (filter, oldest, limit, _) => Task.FromResult<IReadOnlyList<FoundReport>>(
            [.. reports.Select(item => item.Report).Where(report => Passes(report, filter))
                .OrderBy(report => oldest ? report.ReportedAt.Ticks : -report.ReportedAt.Ticks).Take(limit)]),
        (filter, groupBy, _) => Task.FromResult(Count(filter, groupBy)),
        (id, _) => Task.FromResult(reports.Select(item => item.Report).FirstOrDefault(report => report.Id == id)));

    public static async Task<SampleSources> CreateAsync()
    {
        var playbook = new IngestionPlaybook(new OfflineChatClient(), TimeProvider.System);
        var reports = new List<(FoundReport, float[])>();
        foreach (var sample in SampleCity.Reports)
        {
            var text = SampleCity.Text(sample);
            var run = await playbook.RunAsync(SampleCity.Domain, BuiltInAgents.All, text, CancellationToken.None);
            var (geo, entity) = (run.Outputs["geo"], run.Outputs["entity"]);
            var at = geo["geo_location"]?["coordinates"];
            reports.Add((
                new FoundReport(
                    (string)sample["id"]!, 0, text.Text, text.ReportedAt, (string?)entity["category"], (string?)geo["address"],
                    at is null ? null : ((double)at[0]!, (double)at[1]!), "pending", (string?)run.Outputs["temporal"]["urgency"]),
                OfflineEmbeddingGenerator.Embed(text.Text)));
        }

        return new SampleSources(reports);
    }

    private IReadOnlyList<FoundReport> Search(string text, ReportFilter filter, int limit)
    {
        var asked = OfflineEmbeddingGenerator.Embed(text);
        return
        [
            .. reports.Where(item => Passes(item.Report, filter))
                .Select(item => item.Report with { Score = (1 + asked.Zip(item.Vector, (a, b) => a * b).Sum()) / 2 })
                .OrderByDescending(report => report.Score).Take(limit),
        ];
    }

    private ReportCount Count(ReportFilter filter, string? groupBy)
    {
        var matching = reports.Select(item => item.Report).Where(report => Passes(report, filter)).ToList();
        var groups = groupBy is null
            ? []
            : matching.Select(report => groupBy == "category" ? report.Category : report.LocationText).OfType<string>().CountBy(key => key)
                .OrderByDescending(group => group.Value).Select(group => KeyValuePair.Create(group.Key, (long)group.Value)).ToList();
        return new ReportCount(matching.Count, groups);
    }

    private static bool Passes(FoundReport report, ReportFilter filter) =>
        (filter.Categories is null || filter.Categories.Contains(report.Category))
        && (filter.NotCategories is null || !filter.NotCategories.Contains(report.Category))
        && (filter.Streets is null || (report.LocationText is { } address
            && filter.Streets.Any(street => Regex.IsMatch(address, StreetAddress.Pattern(street), RegexOptions.IgnoreCase))))
        && (filter.From is null || report.ReportedAt >= filter.From)
        && (filter.To is null || report.ReportedAt < filter.To)
        && (filter.Urgency is null || report.Urgency == filter.Urgency)
        && (filter.WorkStatuses is null || filter.WorkStatuses.Contains(report.WorkStatus))
        && (filter.PlaceText is null || report.Text.Contains(filter.PlaceText, StringComparison.OrdinalIgnoreCase))
        && (filter.Near is null || (report.Location is { } at
            && Support.Distance.Metres(at.Longitude, at.Latitude, filter.Near.Latitude, filter.Near.Longitude) <= filter.Near.RadiusMetres))
        && (filter.Text is null || filter.Text.Split(' ').All(word => report.Text.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
