using System.Buffers.Binary;
using System.Text;

namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>A PNG of the chunks that make its picture, still or moving. Text, times and what follows the end go.</summary>
internal static class PngRendition
{
    private const int Signature = 8;
    private const int Frame = 12;

    private static readonly System.Buffers.SearchValues<byte> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly HashSet<string> Kept =
    [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
    ];

    /// <summary>
    /// A wrong checksum of what makes the picture is replaced, one of an extra costs the extra; a file that is cut off goes as far as it goes.
    /// </summary>
    public static Rendition.Made Make(ReadOnlyMemory<byte> photo)
    {
        var (facts, faults, parts) = (PhotoFacts.None, new Faults(), new List<ReadOnlyMemory<byte>> { photo[..Signature] });
        var (at, chunks, hasPicture, hasEnd) = (Signature, 0, false, false);
        while (!hasEnd && Chunk(photo, at, faults) is var (type, chunk, isWhole))
        {
            Require(++chunks <= Rendition.MaxParts, at, "it has too many chunks");
            Require(parts.Count > 1 || (type == "IHDR" && chunk.Length == Frame + 13), at, "the first chunk is no header");
            if (Kept.Contains(type))
            {
                Keep(type, chunk, isWhole, at, parts, faults);
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
            hasEnd = type == "IEND";
            at += chunk.Length;
        }

        Require(hasPicture, at, "it ends without a picture");
        if (hasEnd && at < photo.Length)
        {
            faults.Add(at, $"{photo.Length - at} bytes follow the end of the picture and are not shown");
        }
        else if (!hasEnd)
        {
            parts.Add(Written("IEND", []));
        }

        if (facts.Orientation != 1)
        {
            parts.Insert(2, Written("eXIf", OrientationExif.Of(facts.Orientation)));
        }

        return new(Rendition.Join(parts), facts, faults.Warning);
    }

    private static void Keep(string type, ReadOnlyMemory<byte> chunk, bool isWhole, int at, List<ReadOnlyMemory<byte>> parts, Faults faults)
    {
        if (type == "IEND")
        {
            // Its content means nothing to a decoder and could be anything.
            parts.Add(Written("IEND", []));
            return;
        }

        if (isWhole && BinaryPrimitives.ReadUInt32BigEndian(chunk.Span[^4..]) == Crc32.Of(chunk.Span[4..^4]))
        {
            parts.Add(chunk);
            return;
        }

        if (isWhole)
        {
            faults.Add(at, $"the checksum of its chunk {type} is wrong");
        }

        if (char.IsAsciiLetterUpper(type[0]))
        {
            parts.Add(Written(type, chunk.Span[8..^4]));
        }
    }

    /// <returns>The chunk: length, type, content, checksum; what is there of it at the end of the file. Null where there is none.</returns>
    private static (string Type, ReadOnlyMemory<byte> Chunk, bool IsWhole)? Chunk(ReadOnlyMemory<byte> photo, int at, Faults faults)
    {
        if (photo.Length - at < Frame)
        {
            faults.Add(at, "it ends before its last chunk");
            return null;
        }

        var type = photo.Span.Slice(at + 4, 4);
        if (type.ContainsAnyExcept(Letters))
        {
            faults.Add(at, "there is no chunk");
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(photo.Span[at..]);
        var isWhole = length <= photo.Length - at - Frame;
        if (!isWhole)
        {
            faults.Add(at, "it ends in the middle of a chunk");
        }

        return (Encoding.ASCII.GetString(type), isWhole ? photo.Slice(at, Frame + (int)length) : photo[at..], isWhole);
    }

    private static byte[] Written(string type, ReadOnlySpan<byte> content)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
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
