using System.Buffers.Binary;
using System.Text;

namespace DomainFlow.Unit.Tests.Photos;

/// <summary>Writes the TIFF structure of EXIF, as a camera would: three directories and a thumbnail.</summary>
internal static class ExifBytes
{
    public const string Maker = "PLANTED-MAKER";
    public const string Thumbnail = "PLANTED-THUMBNAIL";

    /// <summary>43°39'56" N, 70°15'18" W, taken on 2026-10-06 at 18:30 in the summer of New England.</summary>
    public static byte[] Camera(bool isLittle, int orientation = 6) => new Writer(isLittle).Write(
        [
            Entry.Text(0x010F, Maker), Entry.Short(0x0112, orientation), Entry.Directory(0x8769, 1), Entry.Directory(0x8825, 2),
            Entry.Text(0xC4A5, Thumbnail),
        ],
        [Entry.Text(0x9003, "2026:10:06 18:30:00"), Entry.Text(0x9011, "-04:00")],
        [
            Entry.Text(1, "N"), Entry.Fractions(2, (43, 1), (39, 1), (5600, 100)), Entry.Text(3, "W"), Entry.Fractions(4, (70, 1), (15, 1), (1800, 100)),
            Entry.Fractions(7, (1, 1), (2, 1), (3, 1)), Entry.Text(29, "2020:01:01"),
        ]);

    /// <summary>A directory's entry.</summary>
    /// <param name="Points">Number of the directory that it points to.</param>
    internal sealed record Entry(ushort Tag, ushort Type, uint Count, Func<bool, byte[]> Value, int? Points = null)
    {
        public static Entry Text(ushort tag, string text) => new(tag, 2, (uint)text.Length + 1, _ => Encoding.ASCII.GetBytes(text + "\0"));

        public static Entry Short(ushort tag, int value) => new(tag, 3, 1, little => Number(little, (uint)value, 2));

        public static Entry Directory(ushort tag, int directory) => new(tag, 4, 1, _ => new byte[4], directory);

        public static Entry Fractions(ushort tag, params (uint Above, uint Below)[] values) =>
            new(tag, 5, (uint)values.Length, little => [.. values.SelectMany(v => (byte[])[.. Number(little, v.Above, 4), .. Number(little, v.Below, 4)])]);
    }

    internal sealed class Writer(bool isLittle)
    {
        private readonly List<byte> bytes = [];

        public byte[] Write(params Entry[][] directories)
        {
            bytes.AddRange(isLittle ? "II*\0"u8 : "MM\0*"u8);
            bytes.AddRange(Number(isLittle, 8, 4));
            var starts = new uint[directories.Length];
            var pointers = new List<(int At, int Directory)>();
            for (var d = 0; d < directories.Length; d++)
            {
                starts[d] = (uint)bytes.Count;
                Directory(directories[d], pointers);
            }

            foreach (var (at, directory) in pointers)
            {
                Number(isLittle, starts[directory], 4).CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[at..]);
            }

            return [.. bytes];
        }

        private void Directory(Entry[] entries, List<(int At, int Directory)> pointers)
        {
            var data = (uint)(bytes.Count + 2 + (12 * entries.Length) + 4);
            var behind = new List<byte>();
            bytes.AddRange(Number(isLittle, (uint)entries.Length, 2));
            foreach (var entry in entries)
            {
                var value = entry.Value(isLittle);
                bytes.AddRange([.. Number(isLittle, entry.Tag, 2), .. Number(isLittle, entry.Type, 2), .. Number(isLittle, entry.Count, 4)]);
                if (entry.Points is { } directory)
                {
                    pointers.Add((bytes.Count, directory));
                }

                bytes.AddRange(value.Length <= 4 ? [.. value, .. new byte[4 - value.Length]] : Number(isLittle, data + (uint)behind.Count, 4));
                behind.AddRange(value.Length <= 4 ? [] : value);
            }

            bytes.AddRange(new byte[4]);
            bytes.AddRange(behind);
        }
    }

    private static byte[] Number(bool isLittle, uint value, int size)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        var number = bytes[(4 - size)..];
        return isLittle ? [.. number.Reverse()] : number;
    }
}
