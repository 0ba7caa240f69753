namespace DomainFlow.Ingest.Photos.Renditions.Heic;

/// <summary>A run of a file's bytes.</summary>
internal readonly record struct Extent(int Start, int Length);

/// <summary>An item's entry in the box iinf.</summary>
/// <param name="Type">Four characters; empty in an entry of the old kind, which has none.</param>
/// <param name="Names">Where, behind its numbers and its type, its names begin.</param>
internal sealed record ItemInfo(uint Id, string Type, int Start, int Names);

/// <summary>Where an item's bytes are, by the box iloc.</summary>
/// <param name="Problem">Why nobody can say; null where the extents are known.</param>
internal sealed record ItemPlace(uint Id, IReadOnlyList<Extent> Extents, string? Problem);

/// <summary>Reads the boxes that list a HEIC's items.</summary>
internal static class HeicItems
{
    private const int MaxItems = 10_000;

    /// <summary>Of all items together: a phone writes one for each of some hundred tiles.</summary>
    private const int MaxExtents = 10_000;
    private const int MaxExif = 1024 * 1024;
    private const int InFile = 0;
    private const int InItemData = 1;

    public static uint Primary(ReadOnlyMemory<byte> file, Box pitm)
    {
        var reader = BoxReader.Within(file, pitm);
        return reader.Version() == 0 ? reader.UInt16() : reader.UInt32();
    }

    public static List<ItemInfo> Infos(ReadOnlyMemory<byte> file, Box iinf)
    {
        var reader = BoxReader.Within(file, iinf);
        reader.Number(reader.Version() == 0 ? 2 : 4);
        var infos = new List<ItemInfo>();
        foreach (var box in BoxReader.All(reader))
        {
            if (box.Type != "infe")
            {
                throw new BrokenPhotoException(box.Start, $"the box {box.Type} stands among its items");
            }

            var entry = BoxReader.Within(file, box);
            var version = entry.Version();
            var id = version < 3 ? entry.UInt16() : entry.UInt32();
            entry.UInt16();
            infos.Add(new(id, version < 2 ? "" : entry.Type(), box.Start, entry.At));
        }

        return infos;
    }

    /// <param name="itemData">The box idat; null where there is none.</param>
    public static List<ItemPlace> Places(ReadOnlyMemory<byte> file, Box iloc, Box? itemData)
    {
        var reader = BoxReader.Within(file, iloc);
        var version = reader.Version();
        var (sizes, moreSizes) = (reader.UInt8(), reader.UInt8());
        var shape = new Shape(version, sizes >> 4, sizes & 15, moreSizes >> 4, version == 0 ? 0 : moreSizes & 15);
        var count = version < 2 ? reader.UInt16() : reader.UInt32();
        if (count > MaxItems)
        {
            throw new BrokenPhotoException(iloc.Start, $"it holds {count} items");
        }

        var places = new List<ItemPlace>();
        for (var left = MaxExtents; count > 0; count--)
        {
            places.Add(Place(ref reader, shape, file.Length, itemData, ref left));
        }

        return places;
    }

    /// <summary>The TIFF structure of the first item of EXIF; null where there is none.</summary>
    public static byte[]? Exif(ReadOnlyMemory<byte> file, List<ItemInfo> infos, List<ItemPlace> places)
    {
        var item = infos.Find(info => info.Type == "Exif");
        var extents = places.Find(place => place.Id == item?.Id)?.Extents;
        if (extents is null || extents.Sum(extent => (long)extent.Length) is < 4 or > MaxExif)
        {
            return null;
        }

        var content = Rendition.Join(extents.Select(extent => file.Slice(extent.Start, extent.Length)));
        var skipped = 4L + System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(content);
        return skipped < content.Length ? content[(int)skipped..] : null;
    }

    private static ItemPlace Place(ref BoxReader reader, Shape shape, int fileLength, Box? itemData, ref int left)
    {
        var id = shape.Version < 2 ? reader.UInt16() : reader.UInt32();
        var method = shape.Version == 0 ? InFile : reader.UInt16() & 15;
        var isElsewhere = reader.UInt16() != 0;
        var origin = reader.Number(shape.Base);
        var count = reader.UInt16();
        left -= count;
        if (left < 0)
        {
            throw new BrokenPhotoException(reader.At, $"its items lie in more than {MaxExtents} parts");
        }

        var (from, to) = method == InItemData && itemData is { } idat ? (idat.Content, idat.End) : (0, fileLength);
        var problem = isElsewhere ? "an item lies in another file"
            : method is not (InFile or InItemData) ? "an item is cut from another one"
            : shape.Length == 0 ? "its items have no lengths"
            : null;
        var extents = new List<Extent>();
        for (; count > 0 && shape.Index + shape.Offset + shape.Length > 0; count--)
        {
            reader.Number(shape.Index);
            var (offset, length) = (reader.Number(shape.Offset), reader.Number(shape.Length));
            if (Within(from, to, origin, offset, length) is { } extent)
            {
                extents.Add(extent);
            }
            else
            {
                problem ??= "an item lies outside of the file";
            }
        }

        return new(id, problem is null ? extents : [], problem);
    }

    private static Extent? Within(int from, int to, ulong origin, ulong offset, ulong length)
    {
        var room = (ulong)(to - from);
        return length > 0 && origin <= room && offset <= room - origin && length <= room - origin - offset
            ? new(from + (int)(origin + offset), (int)length)
            : null;
    }

    private readonly record struct Shape(int Version, int Offset, int Length, int Base, int Index);
}
