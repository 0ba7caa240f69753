using System.Buffers.Binary;

namespace DomainFlow.Ingest.Photos;

/// <summary>
/// Width and height of a photo, as its headers give them. Reads on over faults as decoders do; the work is bounded by the file's size
/// and <see cref="MaxBoxes"/>.
/// </summary>
public static class PhotoSize
{
    private const int MaxBoxes = 20_000;
    private const int FullBoxHeader = 4;

    /// <param name="format">As <see cref="PhotoFormat"/> found it.</param>
    /// <returns>In pixels; null where it cannot be read or one of them is 0.</returns>
    public static (long Width, long Height)? Of(string format, ReadOnlySpan<byte> photo)
    {
        var size = format switch
        {
            "image/jpeg" => Jpeg(photo),
            "image/png" => Png(photo),
            "image/webp" => Webp(photo),
            "image/heic" => Heic(photo),
            _ => null,
        };
        return size is (> 0, > 0) ? size : null;
    }

    /// <summary>Of the first frame header.</summary>
    private static (long Width, long Height)? Jpeg(ReadOnlySpan<byte> photo)
    {
        for (var at = 2; ;)
        {
            var next = at < photo.Length ? photo[at..].IndexOf((byte)0xFF) : -1;
            if (next < 0 || at + next + 1 >= photo.Length)
            {
                return null;
            }

            at += next + 1;
            var marker = photo[at];
            if (marker is 0xFF)
            {
                continue;
            }

            at++;
            if (marker is 0xD9 or 0xDA)
            {
                return null;
            }

            if (marker is 0 or 1 or >= 0xD0 and <= 0xD8 or < 0xC0)
            {
                continue;
            }

            if (photo.Length - at < 7)
            {
                return null;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(photo[(at + 5)..(at + 7)]), BinaryPrimitives.ReadUInt16BigEndian(photo[(at + 3)..]));
            }

            at += Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(photo[at..]));
        }
    }

    private static (long Width, long Height)? Png(ReadOnlySpan<byte> photo) =>
        photo.Length >= 33 && photo[12..].StartsWith("IHDR"u8)
            ? (BinaryPrimitives.ReadUInt32BigEndian(photo[16..]), BinaryPrimitives.ReadUInt32BigEndian(photo[20..]))
            : null;

    private static (long Width, long Height)? Webp(ReadOnlySpan<byte> photo)
    {
        var first = photo.Length >= 30 ? photo[12..] : [];
        if (first.StartsWith("VP8X"u8))
        {
            return (UInt24(first[12..]) + 1, UInt24(first[15..]) + 1);
        }

        if (first.StartsWith("VP8L"u8) && first[8] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(first[9..]);
            return ((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        return first.StartsWith("VP8 "u8) && first[11..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (BinaryPrimitives.ReadUInt16LittleEndian(first[14..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(first[16..]) & 0x3FFF)
            : null;
    }

    private static long UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    /// <summary>Of the largest picture: the main one is assembled of the others.</summary>
    private static (long Width, long Height)? Heic(ReadOnlySpan<byte> photo)
    {
        var left = MaxBoxes;
        var meta = Find(photo, "meta"u8, ref left);
        var properties = meta.Length > FullBoxHeader ? Find(Find(meta[FullBoxHeader..], "iprp"u8, ref left), "ipco"u8, ref left) : [];
        (long Width, long Height)? largest = null;
        while (Next(ref properties, out var type, out var content, ref left))
        {
            if (type.SequenceEqual("ispe"u8) && content.Length >= 12)
            {
                var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(content[4..]), BinaryPrimitives.ReadUInt32BigEndian(content[8..]));
                largest = largest is { } known && known.Width * known.Height >= (long)width * height ? known : (width, height);
            }
        }

        return largest;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> boxes, scoped ReadOnlySpan<byte> wanted, scoped ref int left)
    {
        while (Next(ref boxes, out var type, out var content, ref left))
        {
            if (type.SequenceEqual(wanted))
            {
                return content;
            }
        }

        return [];
    }

    /// <summary>A box that is longer than what holds it ends with it.</summary>
    private static bool Next(scoped ref ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content, scoped ref int left)
    {
        type = default;
        content = default;
        if (boxes.Length < 8 || --left < 0)
        {
            return false;
        }

        ulong size = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        var header = size == 1 ? 16 : 8;
        if (boxes.Length < header)
        {
            return false;
        }

        size = size switch { 0 => (ulong)boxes.Length, 1 => BinaryPrimitives.ReadUInt64BigEndian(boxes[8..]), _ => size };
        if (size < (ulong)header)
        {
            return false;
        }

        var end = (int)Math.Min(size, (ulong)boxes.Length);
        type = boxes.Slice(4, 4);
        content = boxes[header..end];
        boxes = boxes[end..];
        return true;
    }
}
