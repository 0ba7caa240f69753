using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Reports;
using DomainFlow.Ingest.UseCases;

namespace DomainFlow.Ingest;

/// <summary>Grants to upload the photos that a report announces.</summary>
public sealed class UploadGrants(IObjectStore objects, string bucket, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public string Bucket => bucket;

    public DateTimeOffset Expiry() => clock.GetUtcNow() + Lifetime;

    /// <summary>
    /// Fresh grants for the photos that have not come yet, each for at most the announced size: what was announced is what may come.
    /// Fewer bytes are taken, since a client may compress between the announcement and the upload.
    /// </summary>
    public IReadOnlyList<Upload> For(Report report)
    {
        var expiry = Expiry();
        return
        [
            .. report.Images.Where(i => i.Status == ReportImage.Announced).Select(image =>
            {
                var grant = objects.GrantUpload(image.S3Bucket, image.S3Key, image.ContentType, Math.Min(image.AnnouncedSize, ReportImage.MaxBytes), expiry);
                return new Upload(image.S3Key, grant.Url, grant.Fields, grant.ExpiresAt);
            }),
        ];
    }
}
