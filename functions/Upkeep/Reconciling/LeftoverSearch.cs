using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using DomainFlow.Postgres;

namespace DomainFlow.Upkeep.Reconciling;

/// <summary>Finds what a store holds though no report says so. The item is read after it: a report is stored before anything shows it.</summary>
public sealed class LeftoverSearch(
    ReportBook reports, IncidentInventory incidents, ISearchIndex search, IObjectStore objects, string bucket)
{
    /// <summary>Rows in the order of their ids.</summary>
    /// <returns>Where the next page starts; null at the end.</returns>
    public async Task<(IReadOnlyList<Difference> Differences, int Looked, string? Next)> RowsAsync(
        Guid tenant, string? after, int limit, CancellationToken deadline)
    {
        var rows = await incidents.PageAsync(tenant, Read(after), limit, deadline);
        var found = new List<Difference>();
        foreach (var row in rows)
        {
            if (await reports.FindAsync(row.Id, tenant, deadline) is null)
            {
                found.Add(new(DifferenceKind.ExtraRow, row.Id.ToString(), "there is no such report", row.Version));
            }
        }

        return (found, rows.Count, rows.Count == limit ? rows[^1].Id.ToString() : null);
    }

    public async Task<(IReadOnlyList<Difference> Differences, int Looked, string? Next)> DocumentsAsync(
        Guid tenant, string? after, int limit, CancellationToken deadline)
    {
        var documents = await search.ListAsync(SearchIndexes.Incidents, tenant, Read(after), limit, deadline);
        var found = new List<Difference>();
        foreach (var document in documents)
        {
            if (await reports.FindAsync(document.Id, tenant, deadline) is null)
            {
                found.Add(new(DifferenceKind.ExtraDocument, document.Id.ToString(), "there is no such report", document.Version));
            }
        }

        return (found, documents.Count, documents.Count == limit ? documents[^1].Id.ToString() : null);
    }

    /// <summary>Objects below the tenant, originals and then renditions, in the order of their keys.</summary>
    /// <param name="settledBefore">What was stored later may still be on its way into its report.</param>
    public async Task<(IReadOnlyList<Difference> Differences, int Looked, string? Next)> ObjectsAsync(
        Guid tenant, string prefix, string? after, int limit, DateTimeOffset settledBefore, CancellationToken deadline)
    {
        var found = new List<Difference>();
        Report? report = null;
        var looked = 0;
        await foreach (var stored in objects.ListAsync(bucket, prefix, after, deadline))
        {
            if (looked == limit)
            {
                return (found, looked, after);
            }

            (looked, after) = (looked + 1, stored.Key);
            if (stored.StoredAt > settledBefore)
            {
                continue;
            }

            var original = stored.Key.StartsWith("renditions/", StringComparison.Ordinal) ? stored.Key["renditions/".Length..] : stored.Key;
            var incident = original.Split('/') is [_, _, var part, ..] && Guid.TryParse(part, out var id) ? id : Guid.Empty;
            report = report?.IncidentId == incident ? report : await reports.FindAsync(incident, tenant, deadline);
            if (Judge(report, stored) is null)
            {
                continue;
            }

            // Listed one by one: the report may have moved on since it was read.
            report = await reports.FindAsync(incident, tenant, deadline);
            if (Judge(report, stored) is { } difference)
            {
                found.Add(difference);
            }
        }

        return (found, looked, null);
    }

    private static Difference? Judge(Report? report, StoredObject stored)
    {
        Difference Of(string kind, string what) => new(kind, stored.Key, what, ObjectVersion: stored.Version);
        if (report is null || report.Status == ReportStatus.Deleted)
        {
            return Of(DifferenceKind.ExtraObject, report is null ? "there is no such report" : "the report is deleted");
        }

        if (report.Images.FirstOrDefault(i => i.S3Key == stored.Key) is { } image)
        {
            return Unjudged(image, stored) is { } why ? Of(DifferenceKind.UnjudgedObject, why) : null;
        }

        return report.Images.Any(i => i.RenditionKey == stored.Key) ? null : Of(DifferenceKind.ExtraObject, "its report does not know it");
    }

    private static string? Unjudged(ReportImage image, StoredObject stored) => image.Status switch
    {
        ReportImage.Announced => "it was uploaded and never judged",
        ReportImage.Rejected => "its photo is rejected and the object is there",
        _ when stored.StoredAt > image.UploadedAt => "it was uploaded again and not judged since",
        _ when stored.Size != image.FileSizeBytes => $"it has {stored.Size} bytes, {image.FileSizeBytes} were judged",
        _ => null,
    };

    private static Guid? Read(string? after) => after is null ? null : Guid.Parse(after);
}
