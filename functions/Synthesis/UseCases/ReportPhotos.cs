using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Reports;

namespace DomainFlow.Synthesis.UseCases;

/// <summary>What a report has in the object store.</summary>
public sealed class ReportPhotos(IObjectStore objects, string bucket)
{
    /// <summary>Takes every version of its originals and renditions away. An upload that comes later is deleted when it is judged.</summary>
    public async Task RemoveAsync(Report report, CancellationToken deadline)
    {
        foreach (var folder in ReportImage.FoldersOf(report.TenantId, report.DomainId, report.IncidentId))
        {
            await objects.DeleteAllAsync(bucket, folder, deadline);
        }
    }
}
