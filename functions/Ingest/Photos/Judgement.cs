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
    /// <param name="ContentType">By its first bytes, whatever was announced.</param>
    /// <param name="Rendition">What is shown; null where no copy can be made that surely holds no metadata.</param>
    /// <param name="Warning">What is wrong with it; null where nothing is.</param>
    public sealed record Good(long Size, string ContentType, byte[]? Rendition, PhotoFacts Facts, string? Warning) : Judgement;

    /// <param name="content">The file, or more of it than is taken.</param>
    public static Judgement Of(byte[] content)
    {
        if (content.Length > ReportImage.MaxBytes)
        {
            return new Bad(content.Length, $"it has more than {ReportImage.MaxBytes} bytes, the most that is taken");
        }

        if (PhotoFormat.Of(content) is not { } format)
        {
            return new Bad(content.Length, "by its first bytes it is no image that is taken here (JPEG, PNG, WebP, HEIC)");
        }

        return Rendition.Of(format, content) switch
        {
            Rendition.Made made => new Good(content.Length, format, made.Content, made.Facts, made.Warning),
            Rendition.Withheld withheld => new Good(
                content.Length, format, null, PhotoFacts.None, $"it is not shown, because no copy without metadata can be made: {withheld.Reason}"),
            Rendition.Broken broken => new Bad(content.Length, broken.Reason),
            var other => throw new InvalidOperationException($"{other} is no outcome"),
        };
    }

    /// <summary>The image with what was found. Nothing is found of what is gone.</summary>
    public ReportImage ApplyTo(ReportImage image, string sequencer, DateTimeOffset now)
    {
        var seen = image with { Sequencer = sequencer, UploadedAt = now, Reason = null, Warning = null, ExifLocation = null, TakenAt = null, TakenLocal = null, RenditionKey = null };
        return this switch
        {
            Bad bad => seen with { Status = ReportImage.Rejected, FileSizeBytes = bad.Size, Reason = bad.Reason },
            Good good => seen with
            {
                Status = ReportImage.Stored,
                ContentType = good.ContentType,
                Warning = good.Warning,
                FileSizeBytes = good.Size,
                ExifLocation = good.Facts.Location,
                TakenAt = good.Facts.TakenAt,
                TakenLocal = good.Facts.TakenLocal,
                RenditionKey = good.Rendition is null ? null : ReportImage.RenditionOf(image.S3Key, sequencer),
            },
            _ => image,
        };
    }
}
