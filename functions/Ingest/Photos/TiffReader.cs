using System.Buffers.Binary;
using System.Text;

namespace DomainFlow.Ingest.Photos;

/// <summary>
/// Values of a TIFF structure, the form of EXIF. Every read is checked against the end, directories are only entered by name and none
/// twice, so that a hostile structure costs no more than its size.
/// </summary>
internal readonly ref struct TiffReader
{
    private const int EntrySize = 12;
    private const int Ascii = 2;
    private const int Short = 3;
    private const int Long = 4;
    private const int Rational = 5;
    private const int SignedRational = 10;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool isLittle;

    /// <summary>An unknown header leaves a structure without values.</summary>
    public TiffReader(ReadOnlySpan<byte> tiff)
    {
        isLittle = tiff.StartsWith("II*\0"u8);
        bytes = isLittle || tiff.StartsWith("MM\0*"u8) ? tiff : [];
    }

    /// <summary>Offset of the first directory; 0 where there is none.</summary>
    public uint First => bytes.Length >= 8 ? UInt32(bytes[4..]) : 0;

    /// <summary>Offset of the directory that an entry points to; 0 where there is none.</summary>
    public uint Directory(uint directory, ushort tag) => Find(directory, tag, Long, 4, out _) is { Length: >= 4 } value ? UInt32(value) : 0;

    public int? Number(uint directory, ushort tag) => Find(directory, tag, Short, 2, out _) is { Length: >= 2 } value ? UInt16(value) : null;

    /// <summary>Text without the zeros and blanks around it; null where there is none.</summary>
    public string? Text(uint directory, ushort tag) =>
        Find(directory, tag, Ascii, 1, out _) is { Length: > 0 } value ? Encoding.ASCII.GetString(value).Trim('\0', ' ') : null;

    /// <summary>Three fractions: degrees or hours, minutes, seconds; null where one of them is none.</summary>
    public (double First, double Second, double Third)? Triple(uint directory, ushort tag)
    {
        var value = Find(directory, tag, Rational, 8, out var type);
        return value.Length == 24 && Fraction(value, type) is { } a && Fraction(value[8..], type) is { } b && Fraction(value[16..], type) is { } c
            ? (a, b, c)
            : null;
    }

    private ReadOnlySpan<byte> Find(uint directory, ushort tag, int wanted, int size, out int type)
    {
        type = 0;
        if (directory < 8 || directory > bytes.Length - 2)
        {
            return [];
        }

        var entries = bytes[(int)directory..];
        var count = Math.Min(UInt16(entries), (entries.Length - 2) / EntrySize);
        for (entries = entries[2..]; count > 0; count--, entries = entries[EntrySize..])
        {
            type = UInt16(entries[2..]);
            if (UInt16(entries) == tag && (type == wanted || (wanted == Rational && type == SignedRational)))
            {
                return Value(entries, (long)UInt32(entries[4..]) * size);
            }
        }

        return [];
    }

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> entry, long length)
    {
        if (length <= 4)
        {
            return entry.Slice(8, (int)length);
        }

        var offset = UInt32(entry[8..]);
        return offset + length <= bytes.Length ? bytes.Slice((int)offset, (int)length) : [];
    }

    private double? Fraction(ReadOnlySpan<byte> value, int type)
    {
        var (above, below) = (UInt32(value), UInt32(value[4..]));
        var (dividend, divisor) = type == SignedRational ? ((double)(int)above, (double)(int)below) : (above, (double)below);
        return divisor != 0 ? dividend / divisor : dividend == 0 ? 0 : null;
    }

    private ushort UInt16(ReadOnlySpan<byte> at) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private uint UInt32(ReadOnlySpan<byte> at) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
