using System.Buffers.Binary;
using System.Text;

namespace DomainFlow.Ingest.Photos.Renditions.Heic;

/// <summary>A box of the ISO base media file format. Offsets count from the file's start.</summary>
/// <param name="Type">Four characters.</param>
/// <param name="Content">Where its content starts, after size and type.</param>
internal readonly record struct Box(string Type, int Start, int Content, int End);

/// <summary>Reads numbers and boxes of a part of a file; what lies past its end is an error with its place.</summary>
internal struct BoxReader(ReadOnlyMemory<byte> file, int at, int end)
{
    private const int MaxBoxes = 10_000;

    public int At { get; private set; } = at;

    public readonly bool IsAtEnd => At >= end;

    public static BoxReader Within(ReadOnlyMemory<byte> file, Box box) => new(file, box.Content, box.End);

    public byte UInt8() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A number of 0, 2, 4 or 8 bytes; 0 where it has none.</summary>
    public ulong Number(int size) => size switch
    {
        0 => 0,
        2 => UInt16(),
        4 => UInt32(),
        8 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
        _ => throw new BrokenPhotoException(At, $"a number has {size} bytes"),
    };

    public string Type() => Encoding.Latin1.GetString(Take(4));

    /// <summary>The version of a full box; its flags are passed over.</summary>
    public byte Version()
    {
        var version = UInt8();
        Take(3);
        return version;
    }

    /// <summary>The box that starts here; the reader goes on behind it.</summary>
    public Box Next()
    {
        var start = At;
        ulong size = UInt32();
        var type = Type();
        size = size == 1 ? Number(8) : size == 0 ? (ulong)(end - start) : size;
        if (size < (ulong)(At - start) || size > (ulong)(end - start))
        {
            throw new BrokenPhotoException(start, $"the box {type} is longer than what holds it");
        }

        var box = new Box(type, start, At, start + (int)size);
        At = box.End;
        return box;
    }

    /// <summary>The boxes of a file; the last one may be cut off, and what is no box ends them.</summary>
    public static List<Box> OfFile(ReadOnlyMemory<byte> file, Faults faults)
    {
        var boxes = new List<Box>();
        for (var reader = new BoxReader(file, 0, file.Length); !reader.IsAtEnd;)
        {
            var start = reader.At;
            if (boxes.Count >= MaxBoxes)
            {
                throw new BrokenPhotoException(start, "it has too many boxes");
            }

            try
            {
                boxes.Add(reader.Next());
            }
            catch (BrokenPhotoException) when (boxes.Exists(box => box.Type == "meta"))
            {
                faults.Add(start, "its last box is cut off");
                if (file.Length - start > 8 && file.Span.Slice(start + 4, 4).SequenceEqual("mdat"u8))
                {
                    boxes.Add(new("mdat", start, start + (file.Span[start + 3] == 1 && file.Length - start > 16 ? 16 : 8), file.Length));
                }

                break;
            }
        }

        return boxes;
    }

    /// <summary>The boxes from here to the end.</summary>
    public static List<Box> All(BoxReader reader)
    {
        var boxes = new List<Box>();
        while (!reader.IsAtEnd)
        {
            boxes.Add(boxes.Count < MaxBoxes ? reader.Next() : throw new BrokenPhotoException(reader.At, "it has too many boxes"));
        }

        return boxes;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > end - At)
        {
            throw new BrokenPhotoException(At, "it ends in the middle of a box");
        }

        At += count;
        return file.Span.Slice(At - count, count);
    }
}
