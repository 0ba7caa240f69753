namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>
/// A photo as it is shown: the same picture, bit for bit, in the same format, and of its metadata only which way up it is. What is not
/// known to be needed for the picture is left out.
/// </summary>
public abstract record Rendition
{
    /// <summary>Parts (segments, chunks, boxes) that a file may have; cameras write some dozens.</summary>
    internal const int MaxParts = 100_000;

    private Rendition()
    {
    }

    /// <param name="Content">The file to show.</param>
    /// <param name="Facts">What the metadata said that is not in it.</param>
    /// <param name="Warning">What is wrong with the photo; null where nothing is.</param>
    public sealed record Made(byte[] Content, PhotoFacts Facts, string? Warning = null) : Rendition;

    /// <summary>A photo of which no copy can be made that surely holds no metadata.</summary>
    public sealed record Withheld(string Reason) : Rendition;

    /// <summary>Not even its dimensions can be read.</summary>
    public sealed record Broken(string Reason) : Rendition;

    /// <param name="contentType">As <see cref="PhotoFormat"/> found it.</param>
    /// <exception cref="ArgumentException">The type is none of the four.</exception>
    public static Rendition Of(string contentType, byte[] photo)
    {
        var (name, make) = contentType switch
        {
            "image/jpeg" => ("JPEG", (Func<ReadOnlyMemory<byte>, Made>)JpegRendition.Make),
            "image/png" => ("PNG", PngRendition.Make),
            "image/webp" => ("WebP", WebpRendition.Make),
            "image/heic" => ("HEIC", HeicRendition.Make),
            _ => throw new ArgumentException($"'{contentType}' is none of the types that are shown.", nameof(contentType)),
        };
        if (PhotoSize.Of(contentType, photo) is null)
        {
            return new Broken($"its {name} structure is broken: the width and height cannot be read");
        }

        try
        {
            return make(photo);
        }
        catch (BrokenPhotoException broken)
        {
            return new Withheld($"its {name} structure is broken at byte {broken.At}: {broken.Message}");
        }
    }

    /// <summary>The parts one after the other.</summary>
    internal static byte[] Join(IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        var all = parts.ToList();
        var joined = new byte[all.Sum(part => (long)part.Length)];
        var at = 0;
        foreach (var part in all)
        {
            part.CopyTo(joined.AsMemory(at));
            at += part.Length;
        }

        return joined;
    }
}
