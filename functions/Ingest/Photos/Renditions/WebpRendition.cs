using System.Buffers.Binary;
using System.Text;

namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>A WebP of the chunks that make its picture, still or moving; its header says what is left. What follows the end goes.</summary>
internal static class WebpRendition
{
    private const int Header = 12;
    private const int FrameHeader = 16;
    private const byte HasExif = 0x08;
    private const byte HasXmp = 0x04;

    public static Rendition.Made Make(ReadOnlyMemory<byte> photo)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(photo.Span[4..]);
        var faults = new Faults();
        if (size != photo.Length - 8)
        {
            faults.Add(4, "its size is not that of the file");
        }

        var end = (int)Math.Min(8L + size, photo.Length);
        var (facts, parts, hasPicture, extended) = (PhotoFacts.None, new List<ReadOnlyMemory<byte>>(), false, -1);
        foreach (var (type, at, content) in Chunks(photo[..end], Header, faults))
        {
            switch (type)
            {
                case "VP8X":
                    if (content.Length < 10 || extended >= 0 || parts.Count > 0)
                    {
                        faults.Add(at, "a header stands in the wrong place");
                        break;
                    }

                    extended = parts.Count;
                    parts.Add(Chunk(type, content[..10].ToArray()));
                    break;
                case "VP8 " or "VP8L":
                    Require(content.Length > 0, at, "its picture is empty");
                    hasPicture = true;
                    parts.Add(Chunk(type, content));
                    break;
                case "ANMF":
                    hasPicture = true;
                    parts.Add(Chunk(type, Animated(photo, at + 8, content.Length, faults)));
                    break;
                case "ALPH" or "ANIM" or "ICCP":
                    parts.Add(Chunk(type, content));
                    break;
                case "EXIF" when facts == PhotoFacts.None:
                    facts = PhotoFacts.Read(content.Span);
                    break;
            }
        }

        Require(hasPicture, end, "it ends without a picture");

        // Without the extended header no reader looks for EXIF.
        var isTurned = extended == 0 && facts.Orientation != 1;
        if (extended == 0)
        {
            var header = parts[0].ToArray();
            header[8] = (byte)((header[8] & ~(HasExif | HasXmp)) | (isTurned ? HasExif : 0));
            parts[0] = header;
        }

        if (isTurned)
        {
            parts.Add(Chunk("EXIF", OrientationExif.Of(facts.Orientation)));
        }

        return new(Rendition.Join([Riff(parts.Sum(part => part.Length)), .. parts]), facts, faults.Warning);
    }

    /// <summary>A frame with the chunks of its picture alone.</summary>
    private static byte[] Animated(ReadOnlyMemory<byte> photo, int at, int length, Faults faults)
    {
        Require(length >= FrameHeader, at, "a frame is cut off");
        var picture = Chunks(photo[..(at + length)], at + FrameHeader, faults).Where(chunk => chunk.Type is "ALPH" or "VP8 " or "VP8L");
        return Rendition.Join([photo.Slice(at, FrameHeader), .. picture.Select(chunk => (ReadOnlyMemory<byte>)Chunk(chunk.Type, chunk.Content))]);
    }

    private static IEnumerable<(string Type, int At, ReadOnlyMemory<byte> Content)> Chunks(ReadOnlyMemory<byte> photo, int start, Faults faults)
    {
        var chunks = 0;
        for (var at = start; at < photo.Length;)
        {
            Require(++chunks <= Rendition.MaxParts, at, "it has too many chunks");
            if (photo.Length - at < 8)
            {
                faults.Add(at, "a chunk is cut off");
                yield break;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(photo.Span[(at + 4)..]);
            if (length > photo.Length - at - 8)
            {
                faults.Add(at, "a chunk is longer than the file");
                length = (uint)(photo.Length - at - 8);
            }

            yield return (Encoding.Latin1.GetString(photo.Span.Slice(at, 4)), at, photo.Slice(at + 8, (int)length));
            at += 8 + (int)length + (int)(length & 1);
        }
    }

    private static byte[] Chunk(string type, ReadOnlyMemory<byte> content)
    {
        var chunk = new byte[8 + content.Length + (content.Length & 1)];
        Encoding.Latin1.GetBytes(type, chunk);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), content.Length);
        content.CopyTo(chunk.AsMemory(8));
        return chunk;
    }

    private static byte[] Riff(int size)
    {
        byte[] header = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), size + 4);
        return header;
    }

    private static void Require(bool holds, long at, string what)
    {
        if (!holds)
        {
            throw new BrokenPhotoException(at, what);
        }
    }
}
