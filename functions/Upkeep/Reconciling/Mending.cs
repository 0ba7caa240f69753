using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using DomainFlow.Postgres;

namespace DomainFlow.Upkeep.Reconciling;

/// <summary>
/// Mends differences: an item is written once more, above every version seen, so that the ordinary way projects it; what no report
/// claims is taken out; an object that was never judged is told again.
/// </summary>
public sealed class Mending(
    ReportBook reports, IncidentProjection incidents, ISearchIndex search, IObjectStore objects, string bucket, TimeProvider clock)
{
    /// <summary>Mends what can be mended of one page.</summary>
    /// <returns>How many differences were mended, or are on their way to be.</returns>
    public async Task<int> MendAsync(Guid tenant, IReadOnlyList<Difference> differences, CancellationToken deadline)
    {
        var mended = 0;
        foreach (var ofReport in differences.Where(d => Guid.TryParse(d.Id, out _)).GroupBy(d => Guid.Parse(d.Id)))
        {
            mended += await MendReportAsync(tenant, ofReport.Key, [.. ofReport], deadline) ? ofReport.Count() : 0;
        }

        foreach (var ofObject in differences.Where(d => d.Kind is DifferenceKind.ExtraObject or DifferenceKind.UnjudgedObject))
        {
            await (ofObject.Kind == DifferenceKind.ExtraObject
                ? objects.DeleteAsync(bucket, ofObject.Id, ofObject.ObjectVersion, deadline)
                : objects.TellAgainAsync(bucket, ofObject.Id, deadline));
            mended++;
        }

        return mended;
    }

    private async Task<bool> MendReportAsync(Guid tenant, Guid id, IReadOnlyList<Difference> differences, CancellationToken deadline)
    {
        var seen = differences.Max(d => d.SeenVersion);
        var report = await reports.FindAsync(id, tenant, deadline);
        if (report is null)
        {
            return await RemoveAsync(tenant, id, differences, seen, deadline);
        }

        var now = clock.GetUtcNow();
        var images = report.Images;
        foreach (var image in images.Where(i => i.Status == ReportImage.Stored).ToList())
        {
            images = [.. images.Where(i => i.Id != image.Id), await SettleAsync(image, deadline)];
        }

        var written = report.Changed(now) with { Version = Math.Max(report.Version, seen) + 1, Images = [.. images.OrderBy(i => i.Number)] };
        return await reports.SaveAsync(written, report.Version, deadline);
    }

    /// <summary>A photo whose original is gone cannot come back; of one whose rendition is gone another is made.</summary>
    private async Task<ReportImage> SettleAsync(ReportImage image, CancellationToken deadline)
    {
        if (await objects.SizeAsync(bucket, image.S3Key, deadline) is null)
        {
            return image with { Status = ReportImage.Rejected, Reason = "its object is gone", RenditionKey = null };
        }

        if (image.RenditionKey is { } rendition && await objects.SizeAsync(bucket, rendition, deadline) is null)
        {
            await objects.TellAgainAsync(bucket, image.S3Key, deadline);
        }

        return image;
    }

    private async Task<bool> RemoveAsync(Guid tenant, Guid id, IReadOnlyList<Difference> differences, long seen, CancellationToken deadline)
    {
        if (differences.Any(d => d.Kind == DifferenceKind.ExtraDocument))
        {
            await search.DeleteAsync(SearchIndexes.Incidents, tenant, id, seen, deadline);
        }

        return !differences.Any(d => d.Kind == DifferenceKind.ExtraRow)
            || await incidents.RemoveAsync(tenant, id, seen, deadline) is ProjectionResult.Written or ProjectionResult.AlreadyThere;
    }
}
