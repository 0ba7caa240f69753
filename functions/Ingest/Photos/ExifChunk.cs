using System.Buffers.Binary;

namespace DomainFlow.Ingest.Photos;

/// <summary>
/// The EXIF chunk of a PNG or a WebP. Nothing else of the file is looked at: the other chunks of metadata are compressed, and a few
/// megabytes of them can unfold to gigabytes.
/// </summary>
internal static class ExifChunk
{
    private const int PngHeader = 8;
    private const int WebPHeader = 12;

    /// <summary>The TIFF structure of the chunk eXIf; null where there is none.</summary>
    public static byte[]? OfPng(ReadOnlySpan<byte> file)
    {
        for (var rest = Skip(file, PngHeader); rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (rest[4..8].SequenceEqual("eXIf"u8))
            {
                return Content(rest[8..], length);
            }

            rest = Skip(rest, 12L + length);
        }

        return null;
    }

    /// <summary>The TIFF structure of the chunk EXIF; null where there is none.</summary>
    public static byte[]? OfWebP(ReadOnlySpan<byte> file)
    {
        for (var rest = Skip(file, WebPHeader); rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (rest.StartsWith("EXIF"u8))
            {
                return Content(rest[8..], length);
            }

            rest = Skip(rest, 8L + length + (length & 1));
        }

        return null;
    }

    private static byte[]? Content(ReadOnlySpan<byte> rest, uint length)
    {
        if (length > rest.Length)
        {
            return null;
        }

        var content = rest[..(int)length];
        return (content.StartsWith("Exif\0\0"u8) ? content[6..] : content).ToArray();
    }

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes, long count) => count >= bytes.Length ? [] : bytes[(int)count..];
}
