using System.Buffers.Binary;

namespace DomainFlow.Ingest.Photos;

/// <summary>What a file is, by its first bytes.</summary>
public static class PhotoFormat
{
    private static readonly string[] HevcBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];

    /// <summary>Brands of a still or a sequence whatever its coding.</summary>
    private static readonly string[] PlainBrands = ["mif1", "mif2", "msf1"];
    private static readonly string[] OtherCodings = ["avif", "avis"];

    /// <summary>The content type of a JPEG, PNG, WebP or HEIC; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        // Decoders look for the second marker: stray bytes may stand before it.
        if (start.Length > 2 && start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return "image/jpeg";
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return "image/png";
        }

        if (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8))
        {
            return "image/webp";
        }

        return IsHeic(start) ? "image/heic" : null;
    }

    /// <summary>A plain brand says nothing of the coding: then the list of compatible brands must not name another one.</summary>
    private static bool IsHeic(ReadOnlySpan<byte> start)
    {
        if (start.Length < 16 || !start[4..].StartsWith("ftyp"u8))
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(start);
        if (size < 16 || size > start.Length)
        {
            return false;
        }

        var major = start[8..12];
        if (IsOneOf(major, HevcBrands))
        {
            return true;
        }

        var isHeic = IsOneOf(major, PlainBrands);
        for (var brands = start[16..(int)size]; brands.Length >= 4; brands = brands[4..])
        {
            isHeic &= !IsOneOf(brands[..4], OtherCodings);
        }

        return isHeic;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> brand, string[] brands)
    {
        foreach (var known in brands)
        {
            if (System.Text.Ascii.Equals(brand, known))
            {
                return true;
            }
        }

        return false;
    }
}
