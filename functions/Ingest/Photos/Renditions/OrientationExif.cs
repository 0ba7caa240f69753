namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>The smallest EXIF that says which way up a picture is.</summary>
internal static class OrientationExif
{
    /// <param name="orientation">1 to 8.</param>
    /// <returns>A TIFF structure of 26 bytes: one directory with one entry.</returns>
    public static byte[] Of(int orientation) =>
    [
        .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0,
    ];
}
