using System.Buffers.Binary;
using System.Text;

namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>A PNG of the chunks that make its picture, still or moving. Text, times and what follows the end go.</summary>
internal static class PngRendition
{
    private const int Signature = 8;
    private const int Frame = 12;

    private static readonly HashSet<string> Kept =
    [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
    ];

    public static Rendition.Made Make(ReadOnlyMemory<byte> photo)
    {
        var (facts, parts, hasPicture) = (PhotoFacts.None, new List<ReadOnlyMemory<byte>> { photo[..Signature] }, false);
        for (var at = Signature; ;)
        {
            var (type, chunk) = Chunk(photo, at);
            Require(parts.Count > 1 || (type == "IHDR" && chunk.Length == Frame + 13), at, "the first chunk is no header");
            if (Kept.Contains(type))
            {
                Require(BinaryPrimitives.ReadUInt32BigEndian(chunk.Span[^4..]) == Crc32.Of(chunk.Span[4..^4]), at, $"the checksum of its chunk {type} is wrong");
                parts.Add(chunk);
            }
            else if (type == "eXIf" && facts == PhotoFacts.None)
            {
                facts = PhotoFacts.Read(chunk.Span[8..^4]);
            }
            else
            {
                Require(char.IsAsciiLetterLower(type[0]), at, $"the chunk {type} is unknown and needed");
            }

            hasPicture |= type == "IDAT";
            at += chunk.Length;
            if (type == "IEND")
            {
                Require(hasPicture && chunk.Length == Frame, at, "it ends without a picture");
                break;
            }
        }

        if (facts.Orientation != 1)
        {
            parts.Insert(2, ExifChunk(facts.Orientation));
        }

        return new(Rendition.Join(parts), facts);
    }

    /// <returns>The chunk whole: length, type, content, checksum.</returns>
    private static (string Type, ReadOnlyMemory<byte> Chunk) Chunk(ReadOnlyMemory<byte> photo, int at)
    {
        Require(photo.Length - at >= Frame, at, "it ends before its last chunk");
        var length = BinaryPrimitives.ReadUInt32BigEndian(photo.Span[at..]);
        Require(length <= photo.Length - at - Frame, at, "a chunk is longer than the file");
        var type = photo.Span.Slice(at + 4, 4);
        Require(Ascii.IsValid(type) && type.ToArray().All(c => char.IsAsciiLetter((char)c)), at, "there is no chunk");
        return (Encoding.ASCII.GetString(type), photo.Slice(at, Frame + (int)length));
    }

    private static byte[] ExifChunk(int orientation)
    {
        var exif = OrientationExif.Of(orientation);
        byte[] chunk = [0, 0, 0, (byte)exif.Length, .. "eXIf"u8, .. exif, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, exif.Length + 4)));
        return chunk;
    }

    private static void Require(bool holds, int at, string what)
    {
        if (!holds)
        {
            throw new BrokenPhotoException(at, what);
        }
    }
}
