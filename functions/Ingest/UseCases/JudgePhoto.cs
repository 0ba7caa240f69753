using Amazon.Lambda.S3Events;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting;
using DomainFlow.Ingest.Photos;

namespace DomainFlow.Ingest.UseCases;

/// <summary>
/// A photo was stored: checks that it is what was announced, reads its place and time, and notes both in its report. What is not an
/// image is deleted and shown rejected. The same event twice, or an older one late, changes nothing.
/// </summary>
public sealed class JudgePhoto(ReportBook reports, IObjectStore objects, TimeProvider clock)
{
    private const int Attempts = 20;

    public async Task HandleAsync(S3Event.S3EventNotificationRecord record, Invocation invocation)
    {
        var (bucket, key, sequencer) = (record.S3.Bucket.Name, record.S3.Object.KeyDecoded, record.S3.Object.Sequencer ?? "");
        if (ReportImage.OwnerOf(key) is not { } owner)
        {
            FunctionLog.Warning("an object of another shape is left alone in bucket {0}", bucket);
            return;
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var report = await reports.FindAsync(owner.Incident, owner.Tenant, invocation.Deadline);
            var image = report?.Images.FirstOrDefault(i => i.S3Key == key);
            if (report is null || image is null || report.Status == ReportStatus.Deleted)
            {
                FunctionLog.Warning("a photo without its report {0} is deleted", owner.Incident);
                await objects.DeleteAsync(bucket, key, null, invocation.Deadline);
                return;
            }

            if (await NoteAsync(report, image, sequencer, invocation.Deadline))
            {
                return;
            }
        }

        throw new InvalidOperationException($"report {owner.Incident} changed under each of {Attempts} attempts to note its photo");
    }

    /// <returns>False where the report changed meanwhile.</returns>
    private async Task<bool> NoteAsync(Report report, ReportImage image, string sequencer, CancellationToken deadline)
    {
        var order = Compare(sequencer, image.Sequencer);
        var judged = order > 0 ? await JudgeAsync(image, image.S3Bucket, sequencer, deadline) : order == 0 ? image : null;
        if (judged is null)
        {
            return true;
        }

        var changed = report.Changed(clock.GetUtcNow()) with { Images = [.. report.Images.Select(i => i.S3Key == image.S3Key ? judged : i)] };
        if (order > 0 && !await reports.SaveAsync(changed, report.Version, deadline))
        {
            return false;
        }

        // Only once it is noted, and again when the event comes again: a crash in between leaves nothing behind.
        if (judged.Status == ReportImage.Rejected)
        {
            await objects.DeleteAsync(image.S3Bucket, image.S3Key, null, deadline);
        }

        return true;
    }

    /// <summary>Sequencers of one key compare as hexadecimal numbers of the longer one's length.</summary>
    private static int Compare(string sequencer, string? known)
    {
        var width = Math.Max(known?.Length ?? 0, sequencer.Length);
        return known is null ? 1 : Math.Sign(string.CompareOrdinal(sequencer.PadLeft(width, '0'), known.PadLeft(width, '0')));
    }

    /// <returns>The image as judged; null where the object is gone, so that there is nothing to judge.</returns>
    private async Task<ReportImage?> JudgeAsync(ReportImage image, string bucket, string sequencer, CancellationToken deadline)
    {
        if (await objects.SizeAsync(bucket, image.S3Key, deadline) is not { } size)
        {
            return null;
        }

        var seen = image with { Sequencer = sequencer, FileSizeBytes = size, UploadedAt = clock.GetUtcNow() };
        if (size > ReportImage.MaxBytes)
        {
            return Rejected(seen, $"it has {size} bytes; at most {ReportImage.MaxBytes} are taken");
        }

        var content = await objects.ReadStartAsync(bucket, image.S3Key, (int)ReportImage.MaxBytes, deadline);
        if (content is null)
        {
            return null;
        }

        var format = PhotoFormat.Of(content);
        if (format != image.ContentType)
        {
            var found = format is null ? "no image that is taken here (JPEG, PNG, WebP, HEIC)" : format;
            return Rejected(seen, $"it was announced as {image.ContentType}; by its first bytes it is {found}");
        }

        var facts = PhotoFacts.Read(content);
        return seen with { Status = ReportImage.Stored, Reason = null, ExifLocation = facts.Location, TakenAt = facts.TakenAt };
    }

    private static ReportImage Rejected(ReportImage image, string reason) =>
        image with { Status = ReportImage.Rejected, Reason = reason, ExifLocation = null, TakenAt = null };
}
