using DomainFlow.Domain.Reports;
using DomainFlow.Ingest.Photos.Renditions;

namespace DomainFlow.Ingest.Photos;

/// <summary>What an uploaded file turned out to be.</summary>
public abstract record Judgement
{
    private Judgement()
    {
    }

    /// <summary>It is not there any more: there is nothing to judge.</summary>
    public sealed record Gone : Judgement;

    /// <param name="Size">Bytes.</param>
    public sealed record Bad(long Size, string Reason) : Judgement;

    /// <param name="Size">Bytes, as uploaded.</param>
    public sealed record Good(long Size, byte[] Rendition, PhotoFacts Facts) : Judgement;

    /// <param name="content">The file, or more of it than is taken.</param>
    /// <param name="announced">Content type.</param>
    public static Judgement Of(byte[] content, string announced)
    {
        if (content.Length > ReportImage.MaxBytes)
        {
            return new Bad(content.Length, $"it has more than {ReportImage.MaxBytes} bytes, the most that is taken");
        }

        var format = PhotoFormat.Of(content);
        if (format != announced)
        {
            var found = format is null ? "no image that is taken here (JPEG, PNG, WebP, HEIC)" : format;
            return new Bad(content.Length, $"it was announced as {announced}; by its first bytes it is {found}");
        }

        return Rendition.Of(format, content) switch
        {
            Rendition.Made made => new Good(content.Length, made.Content, made.Facts),
            Rendition.Broken broken => new Bad(content.Length, broken.Reason),
            var other => throw new InvalidOperationException($"{other} is no outcome"),
        };
    }

    /// <summary>The image with what was found. Nothing is found of what is gone.</summary>
    public ReportImage ApplyTo(ReportImage image, string sequencer, DateTimeOffset now)
    {
        var seen = image with { Sequencer = sequencer, UploadedAt = now, Reason = null, ExifLocation = null, TakenAt = null, RenditionKey = null };
        return this switch
        {
            Bad bad => seen with { Status = ReportImage.Rejected, FileSizeBytes = bad.Size, Reason = bad.Reason },
            Good good => seen with
            {
                Status = ReportImage.Stored,
                FileSizeBytes = good.Size,
                ExifLocation = good.Facts.Location,
                TakenAt = good.Facts.TakenAt,
                RenditionKey = ReportImage.RenditionOf(image.S3Key, sequencer),
            },
            _ => image,
        };
    }
}
