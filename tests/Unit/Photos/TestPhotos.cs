using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DomainFlow.Unit.Tests.Photos;

/// <summary>
/// Photos of all four formats with everything planted in them that must not be shown. Each word of <see cref="Planted"/> stands in at
/// least one of them; the picture itself holds <see cref="Picture"/>.
/// </summary>
internal static class TestPhotos
{
    public static readonly string[] Planted = ["PLANTED", "Exif", "<x:xmpmeta", "http://ns.adobe.com", "MotionPhoto"];

    /// <summary>The coded picture: any bytes, here such as no format gives a meaning to.</summary>
    public static byte[] Picture { get; } = [.. Enumerable.Range(0, 300).Select(i => (byte)(i % 199 + 1))];

    private static byte[] Xmp => "<x:xmpmeta MotionPhoto PLANTED-XMP/>"u8.ToArray();

    private static byte[] Trailer => [0xFF, 0xD8, 0xFF, 0xD9, .. "PLANTED-TRAILER MotionPhoto"u8];

    public static byte[] Of(string type, int orientation = 6) => type switch
    {
        "image/jpeg" => Jpeg(orientation),
        "image/png" => Png(orientation),
        "image/webp" => Webp(orientation),
        "image/heic" => Heic(orientation),
        _ => throw new ArgumentException(type),
    };

    public static byte[] Jpeg(int orientation = 6) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 2, 2, .. "PLANTED-TBN!"u8]),
        .. Segment(0xE0, [.. "JFXX\0"u8, 0x10, .. "PLANTED-JFXX"u8]),
        .. Segment(0xE1, [.. "Exif\0\0"u8, .. ExifBytes.Camera(isLittle: true, orientation)]),
        .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Xmp]),
        .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. "colours"u8]),
        .. Segment(0xE2, [.. "MPF\0PLANTED-MPF"u8]),
        .. Segment(0xED, [.. "Photoshop 3.0\0PLANTED-IPTC"u8]),
        .. Segment(0xFE, [.. "PLANTED-COMMENT"u8]),
        .. Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1, .. "PLANTED-ADOBE"u8]),
        .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)7, 64)]),
        0xFF, 0xFF, .. Segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0])[1..],
        .. Segment(0xC4, [0, .. new byte[16], 9]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. JpegScan,
        0xFF, 0xD9,
        .. Trailer,
    ];

    /// <summary>With a stuffed byte, a restart and a fill byte.</summary>
    public static byte[] JpegScan => [.. Picture, 0xFF, 0, 1, 0xFF, 0xD3, 2, 0xFF, 0xFF, 0, 3];

    public static byte[] Png(int orientation = 6, byte[]? more = null) =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
        .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]),
        .. Chunk("gAMA", [0, 1, 0x86, 0xA0]),
        .. Chunk("tEXt", [.. "Comment\0PLANTED-TEXT"u8]),
        .. Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Xmp]),
        .. Chunk("tIME", [7, 0xEA, 10, 6, 18, 30, 0]),
        .. more ?? [],
        .. Chunk("IDAT", Packed),
        .. Chunk("eXIf", ExifBytes.Camera(isLittle: false, orientation)),
        .. Chunk("IEND", []),
        .. Trailer,
    ];

    public static byte[] Packed
    {
        get
        {
            using var packed = new MemoryStream();
            using (var zip = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true)) zip.Write([0, 1, 2, 3]);
            return packed.ToArray();
        }
    }

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. Big(content.Length), .. named, .. Big((int)Checksum(named))];
    }

    /// <summary>CRC-32 bit by bit, written apart from what makes renditions.</summary>
    private static uint Checksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }

    public static byte[] Webp(int orientation = 6)
    {
        byte[] chunks =
        [
            .. Riff("VP8X", [0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            .. Riff("ICCP", [.. "colours"u8]),
            .. Riff("PLNT", [.. "PLANTED-CHUNK"u8]),
            .. Riff("VP8 ", Picture),
            .. Riff("EXIF", ExifBytes.Camera(isLittle: true, orientation)),
            .. Riff("XMP ", Xmp),
        ];
        return [.. "RIFF"u8, .. Little(chunks.Length + 4), .. "WEBP"u8, .. chunks, .. Trailer];
    }

    public static byte[] WebpAnimation()
    {
        byte[] frame = [.. new byte[16], .. Riff("PLNT", [.. "PLANTED-IN-FRAME"u8]), .. Riff("VP8L", Picture)];
        byte[] chunks = [.. Riff("VP8X", [0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0]), .. Riff("ANIM", new byte[6]), .. Riff("ANMF", frame)];
        return [.. "RIFF"u8, .. Little(chunks.Length + 4), .. "WEBP"u8, .. chunks];
    }

    public static byte[] Riff(string type, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(type), .. Little(content.Length), .. content, .. new byte[content.Length & 1]];

    private static byte[] Heic(int orientation) => new HeicBytes(orientation).Write();

    internal static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(int value) => [.. Big(value).Reverse()];

    public static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, .. Big(body.Length + 2)[2..], .. body];
}
