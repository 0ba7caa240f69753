using Amazon.Lambda.S3Events;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting;
using DomainFlow.Ingest.Photos;
using DomainFlow.Ingest.Photos.Renditions;

namespace DomainFlow.Ingest.UseCases;

/// <summary>
/// A photo was stored: tells by its first bytes what it is, reads its place and time, makes the rendition that is shown, and notes it
/// all in its report. What is not an image is deleted and shown rejected. The same event twice, or an older one late, changes nothing;
/// of two uploads the later one counts.
/// </summary>
public sealed class JudgePhoto(ReportBook reports, IObjectStore objects, TimeProvider clock)
{
    private const int Attempts = 20;

    public async Task HandleAsync(S3Event.S3EventNotificationRecord record, Invocation invocation)
    {
        var upload = PhotoUpload.Of(record);
        if (ReportImage.OwnerOf(upload.Key) is not { } owner)
        {
            FunctionLog.Warning("an object of another shape is left alone in bucket {0}", upload.Bucket);
            return;
        }

        Judgement? judgement = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var report = await reports.FindAsync(owner.Incident, owner.Tenant, invocation.Deadline);
            if (report is null || report.Status == ReportStatus.Deleted || report.Images.FirstOrDefault(i => i.S3Key == upload.Key) is not { } image)
            {
                await DiscardAsync(upload, owner.Incident, invocation.Deadline);
                return;
            }

            if (!upload.IsNewerThan(image.Sequencer))
            {
                await TidyAsync(upload, image, invocation.Deadline);
                return;
            }

            judgement ??= await JudgeAsync(upload, invocation.Deadline);
            if (judgement is Judgement.Gone)
            {
                return;
            }

            var noted = judgement.ApplyTo(image, upload.Sequencer, clock.GetUtcNow());
            var changed = report.Changed(clock.GetUtcNow()) with { Images = [.. report.Images.Select(i => i.S3Key == upload.Key ? noted : i)] };
            if (await reports.SaveAsync(changed, report.Version, invocation.Deadline))
            {
                await TidyAsync(upload, noted, invocation.Deadline);
                return;
            }
        }

        throw new InvalidOperationException($"report {owner.Incident} changed under each of {Attempts} attempts to note its photo");
    }

    /// <summary>Stores the rendition before anything tells of it.</summary>
    private async Task<Judgement> JudgeAsync(PhotoUpload upload, CancellationToken deadline)
    {
        if (await objects.ReadStartAsync(upload.Bucket, upload.Key, (int)ReportImage.MaxBytes + 1, deadline) is not { } content)
        {
            return new Judgement.Gone();
        }

        var judgement = Judgement.Of(content);
        if (judgement is Judgement.Good { Rendition: { } rendition } good)
        {
            await objects.PutAsync(upload.Bucket, upload.RenditionKey, good.ContentType, rendition, deadline);
        }

        return judgement;
    }

    /// <summary>Only once it is noted, and again when the event comes again: a crash in between leaves nothing behind.</summary>
    private async Task TidyAsync(PhotoUpload upload, ReportImage noted, CancellationToken deadline)
    {
        if (noted.Status == ReportImage.Rejected && upload.IsSameAs(noted.Sequencer))
        {
            // Of this upload alone: a better one may have come since.
            await objects.DeleteAsync(upload.Bucket, upload.Key, upload.Version, deadline);
        }

        await foreach (var rendition in objects.ListAsync(upload.Bucket, ReportImage.RenditionsOf(upload.Key), null, deadline))
        {
            var isLater = ReportImage.SequencerOf(rendition.Key) is { } made && PhotoUpload.Compare(made, noted.Sequencer) > 0;
            if (rendition.Key != noted.RenditionKey && !isLater)
            {
                await objects.DeleteAsync(upload.Bucket, rendition.Key, null, deadline);
            }
        }
    }

    private async Task DiscardAsync(PhotoUpload upload, Guid incident, CancellationToken deadline)
    {
        FunctionLog.Warning("a photo without its report {0} is deleted", incident);
        await objects.DeleteAsync(upload.Bucket, upload.Key, null, deadline);
        await objects.DeleteAllAsync(upload.Bucket, ReportImage.RenditionsOf(upload.Key), deadline);
    }
}
