using System.Text;
using static DomainFlow.Unit.Tests.Photos.TestPhotos;

namespace DomainFlow.Unit.Tests.Photos;

/// <summary>Writes a HEIC as a phone does: a grid of two pictures with EXIF and XMP beside them, and a motion video behind.</summary>
internal sealed class HeicBytes(int orientation)
{
    private static readonly byte[] Grid = [0, 0, 0, 1, 0, 8, 0, 8];

    /// <summary>Type of the main picture.</summary>
    public string MainType { get; init; } = "grid";

    /// <summary>Changes the places of the items: id, construction method, offset, length.</summary>
    public Func<(int Id, int Method, int Offset, int Length), (int Id, int Method, int Offset, int Length)> Move { get; init; } = place => place;

    /// <summary>Content of the box iloc, in the place of the right one.</summary>
    public byte[]? Places { get; init; }

    public string Brand { get; init; } = "heic";

    public byte[] Write()
    {
        // Offsets count from the file's start: written twice, because the first time gives the size of what stands before.
        var before = Head(0).Length;
        return [.. Head(before + 8), .. Box("mdat", Data), .. Box("mpvd", [.. "ftypmp42 PLANTED-VIDEO"u8]), .. Box("uuid", [.. new byte[16], .. "PLANTED-UUID"u8])];
    }

    private static byte[] Exif(int orientation) => [0, 0, 0, 6, .. "Exif\0\0"u8, .. ExifBytes.Camera(isLittle: false, orientation)];

    private static byte[] Xmp => "<x:xmpmeta PLANTED-XMP/>"u8.ToArray();

    private byte[] Data => [.. Picture, .. Exif(orientation), .. "PLANTED-BETWEEN"u8, .. Xmp, .. Picture];

    private byte[] Head(int data)
    {
        var exif = Exif(orientation).Length;
        (int, int, int, int)[] places =
        [
            (1, 0, data, Picture.Length), (2, 0, data + Picture.Length + exif + 15 + Xmp.Length, Picture.Length), (3, 1, 0, Grid.Length),
            (4, 0, data + Picture.Length, exif), (5, 0, data + Picture.Length + exif + 15, Xmp.Length),
        ];
        return
        [
            .. Box("ftyp", [.. Encoding.ASCII.GetBytes(Brand), 0, 0, 0, 0, .. "mif1heic"u8]),
            .. Box("free", [.. "PLANTED-FREE"u8]),
            .. Full("meta", 0,
            [
                .. Full("hdlr", 0, [0, 0, 0, 0, .. "pict"u8, .. new byte[12], .. "PLANTED-HANDLER\0"u8]),
                .. Full("pitm", 0, [0, 3]),
                .. Full("iinf", 0,
                [
                    0, 5, .. Info(1, "hvc1", "PLANTED-NAME\0"), .. Info(2, "hvc1", "\0"), .. Info(3, MainType, "\0"), .. Info(4, "Exif", "\0"),
                    .. Info(5, "mime", "PLANTED-MIME\0application/rdf+xml\0"),
                ]),
                .. Full("iref", 0, [.. Box("cdsc", [0, 4, 0, 1, 0, 3])]),
                .. Box("iprp",
                [
                    .. Box("ipco",
                    [
                        .. Box("hvcC", [1, .. new byte[22]]), .. Full("udes", 0, [.. "en\0PLANTED-TITLE\0"u8]), .. Full("ispe", 0, [0, 0, 0, 8, 0, 0, 0, 8]), .. Box("irot", [1]),
                    ]),
                    .. Full("ipma", 0, [0, 0, 0, 1, 0, 3, 2, 0x83, 4]),
                ]),
                .. Box("idat", [.. Grid, .. "PLANTED-IDAT"u8]),
                .. Places is null ? Full("iloc", 1, [0x44, 0, 0, 5, .. places.Select(Move).SelectMany(Place)]) : Box("iloc", Places),
            ]),
        ];
    }

    private static IEnumerable<byte> Place((int Id, int Method, int Offset, int Length) place) =>
        [0, (byte)place.Id, 0, (byte)place.Method, 0, 0, 0, 1, .. Big(place.Offset), .. Big(place.Length)];

    private static byte[] Info(int id, string type, string names) =>
        Full("infe", 2, [0, (byte)id, 0, 0, .. Encoding.ASCII.GetBytes(type), .. Encoding.ASCII.GetBytes(names)]);

    private static byte[] Full(string type, byte version, byte[] content) => Box(type, [version, 0, 0, 0, .. content]);

    private static byte[] Box(string type, byte[] content) => [.. Big(content.Length + 8), .. Encoding.ASCII.GetBytes(type), .. content];
}
