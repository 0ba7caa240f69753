namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>
/// A photo as it is shown: the same picture, bit for bit, in the same format, and of its metadata only which way up it is. What is not
/// known to be needed for the picture is left out.
/// </summary>
public abstract record Rendition
{
    private Rendition()
    {
    }

    /// <param name="Content">The file to show.</param>
    /// <param name="Facts">What the metadata said that is not in it.</param>
    public sealed record Made(byte[] Content, PhotoFacts Facts) : Rendition;

    /// <summary>The file cannot be read to its end, so nobody can say what is in it.</summary>
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
        try
        {
            return make(photo);
        }
        catch (BrokenPhotoException broken)
        {
            return new Broken($"its {name} structure is broken at byte {broken.At}: {broken.Message}");
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
