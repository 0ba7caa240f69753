using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using DomainFlow.Postgres;

namespace DomainFlow.Upkeep.Reconciling;

/// <summary>Compares reports, as their items stand, with what the other stores show of them.</summary>
public sealed class ReportComparison(
    ReportBook reports,
    IncidentReader incidents,
    ISearchIndex search,
    IObjectStore objects,
    ConfigurationReader configurations,
    string bucket)
{
    private static readonly ProjectedUser AnyUser = new(Guid.Empty, null, null);

    /// <summary>A page of the tenant's reports by its index.</summary>
    public Task<(IReadOnlyList<Report> Items, string? Next)> PageAsync(Guid tenant, string? position, int limit, CancellationToken deadline) =>
        reports.QueryAsync(new(Topology.Tables.TenantDomainIndex, tenant.ToString(), Limit: limit, Position: position), tenant, deadline);

    /// <summary>
    /// Differences of these reports. What differs is looked at a second time, item first: a report that changes meanwhile is no difference.
    /// </summary>
    /// <param name="settledBefore">A report that changed later is on its way.</param>
    public async Task<(IReadOnlyList<Difference> Differences, int Pending)> CompareAsync(
        Guid tenant, IReadOnlyList<Report> page, DateTimeOffset settledBefore, CancellationToken deadline)
    {
        var suspects = (await LookAsync(tenant, page, deadline)).Select(d => Guid.Parse(d.Id)).ToHashSet();
        if (suspects.Count == 0)
        {
            return ([], 0);
        }

        var again = new List<Report>();
        foreach (var id in suspects)
        {
            if (await reports.FindAsync(id, tenant, deadline) is { } report)
            {
                again.Add(report);
            }
        }

        var settled = again.Where(r => r.UpdatedAt <= settledBefore).ToDictionary(r => r.IncidentId);
        var differences = new List<Difference>();
        foreach (var ofReport in (await LookAsync(tenant, [.. settled.Values], deadline)).GroupBy(d => Guid.Parse(d.Id)))
        {
            // Still the item that the stores were compared with: what they show is not of another version on its way.
            var (before, now) = (settled[ofReport.Key], await reports.FindAsync(ofReport.Key, tenant, deadline));
            if (now?.Version == before.Version && now.Projected == before.Projected)
            {
                differences.AddRange(ofReport);
            }
        }

        return (differences, again.Count - settled.Count);
    }

    private async Task<IReadOnlyList<Difference>> LookAsync(Guid tenant, IReadOnlyList<Report> page, CancellationToken deadline)
    {
        var ids = page.Select(r => r.IncidentId).ToList();
        var rows = (await incidents.ByIdsAsync(tenant, ids, deadline)).ToDictionary(row => row.Id);
        var documents = (await search.ReadAsync(SearchIndexes.Incidents, tenant, ids, deadline)).ToDictionary(document => document.Id);
        var categories = new Dictionary<string, IReadOnlyList<Category>>();
        foreach (var domain in page.Select(r => r.DomainId).Distinct())
        {
            categories[domain] = (await configurations.FindAsync(tenant, domain, deadline))?.Categories ?? [];
        }

        var differences = new List<Difference>();
        foreach (var report in page)
        {
            var (row, document) = (rows.GetValueOrDefault(report.IncidentId), documents.GetValueOrDefault(report.IncidentId));
            differences.AddRange(await OfReportAsync(report, row, document, categories[report.DomainId], deadline));
        }

        return differences;
    }

    private async Task<IReadOnlyList<Difference>> OfReportAsync(
        Report report, IncidentRow? row, StoredDocument? document, IReadOnlyList<Category> categories, CancellationToken deadline)
    {
        var seen = Math.Max(row?.Version ?? 0, document?.Version ?? 0);
        var found = new List<Difference>();
        void Add(string kind, string? what)
        {
            if (what is not null)
            {
                found.Add(new(kind, report.IncidentId.ToString(), what, seen));
            }
        }

        Add(DifferenceKind.Unfinished, report.Projected == report.Version ? null
            : $"version {report.Version} is stored, {report.Projected?.ToString(CultureInfo.InvariantCulture) ?? "none"} is projected");
        if (report.Status == ReportStatus.Deleted)
        {
            Add(DifferenceKind.ExtraRow, row is null ? null : "the report is deleted");
            Add(DifferenceKind.ExtraDocument, document is null or { IsDeleted: true } ? null : "the report is deleted");
            return found;
        }

        Add(DifferenceKind.MissingRow, row is null ? "PostgreSQL has no incident of it" : null);
        Add(DifferenceKind.WrongRow, row is null ? null : WrongIn(report, row));
        Add(DifferenceKind.MissingDocument, document is null or { IsDeleted: true } ? "search does not hold it" : null);
        Add(DifferenceKind.WrongDocument, document is null or { IsDeleted: true } ? null : WrongIn(report, document, categories));
        foreach (var key in report.Images.Where(i => i.Status == ReportImage.Stored).SelectMany(i => new[] { i.S3Key, i.RenditionKey }).OfType<string>())
        {
            Add(DifferenceKind.MissingObject, await objects.SizeAsync(bucket, key, deadline) is null ? $"{key} is gone" : null);
        }

        return found;
    }

    private static string? WrongIn(Report report, StoredDocument document, IReadOnlyList<Category> categories) =>
        document.Version != report.Version ? $"search shows version {document.Version} of {report.Version}"
            : document.DomainId != report.DomainId ? $"domain_id is {document.DomainId}"
            : document.Text != ReportSearchText.Of(report, categories) ? "the text differs"
            : document.WordsRelease != SearchWords.Release ? "its words were made by another release"
            : null;

    /// <summary>The first column in which the row is not what the item says.</summary>
    private static string? WrongIn(Report report, IncidentRow row)
    {
        var told = ProjectedIncident.Of(report, AnyUser);
        return row.Version != told.Version ? $"the row shows version {row.Version} of {told.Version}"
            : row.Status != told.Status ? $"status is {row.Status}"
            : row.WorkStatus != told.WorkStatus ? $"work_status is {row.WorkStatus}"
            : row.DomainId != told.DomainId ? $"domain_id is {row.DomainId}"
            : row.ReportedAt != told.ReportedAt ? "reported_at differs"
            : row.RawText != told.RawText ? "raw_text differs"
            : row.WordsRelease != SearchWords.Release ? "its words were made by another release"
            : !Near(row.Longitude, told.Longitude) || !Near(row.Latitude, told.Latitude) ? "location differs"
            : !JsonNode.DeepEquals(JsonNode.Parse(row.StructuredData), JsonNode.Parse(told.StructuredData)) ? "structured_data differs"
            : !row.Images.Select(Shown).Order().SequenceEqual(told.Images.Select(Shown).Order()) ? "image_evidence differs"
            : null;
    }

    private static string Shown(ProjectedImage image) => $"{image.Id} {image.S3Bucket} {image.S3Key} {image.FileSizeBytes}";

    private static bool Near(double? one, double? other) => one is null == other is null && (one is null || Math.Abs(one.Value - other!.Value) < 1e-9);
}
