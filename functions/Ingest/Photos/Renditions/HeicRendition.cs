using DomainFlow.Ingest.Photos.Renditions.Heic;

namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>
/// A HEIC whose bytes are zeros but for what its pictures need: the boxes that describe them and the bytes of their items, each at its
/// old place, because items are found by offset. So EXIF, XMP, names, motion videos and what no item owns are gone. Which way up it is
/// stands in a property of the picture, and stays.
/// </summary>
internal sealed class HeicRendition
{
    private const int TypeAt = 4;
    private const int VersionLength = 4;

    /// <summary>The handler's kind; behind it stands its name.</summary>
    private const int HandlerLength = 24;

    private static readonly HashSet<string> Pictures = ["hvc1", "hev1", "lhv1", "grid", "iovl", "iden", "tmap"];

    /// <summary>Boxes of numbers alone.</summary>
    private static readonly HashSet<string> Tables = ["pitm", "iref", "iloc", "grpl", "ipma"];

    /// <summary>Boxes that are kept in part, or whose content is other boxes.</summary>
    private static readonly HashSet<string> InPart = ["meta", "hdlr", "iinf", "iprp", "ipco", "mdat", "idat"];

    private static readonly HashSet<string> Properties =
    [
        "hvcC", "lhvC", "ispe", "pixi", "pasp", "clap", "irot", "imir", "colr", "auxC", "clli", "mdcv", "cclv", "amve", "rloc", "lsel", "oinf", "tols",
    ];

    private readonly ReadOnlyMemory<byte> photo;
    private readonly Faults faults = new();
    private readonly byte[] display;
    private readonly List<Box> top;
    private readonly Box meta;
    private readonly List<Box> inner;
    private readonly List<ItemInfo> infos;
    private readonly List<ItemPlace> places;

    private HeicRendition(ReadOnlyMemory<byte> photo)
    {
        this.photo = photo;
        display = new byte[photo.Length];
        top = BoxReader.OfFile(photo, faults);
        meta = One(top, "meta");
        inner = BoxReader.All(new(photo, meta.Content + VersionLength, meta.End));
        infos = HeicItems.Infos(photo, One(inner, "iinf"));
        places = HeicItems.Places(photo, One(inner, "iloc"), inner.Where(box => box.Type == "idat").Select(box => (Box?)box).FirstOrDefault());
    }

    public static Rendition.Made Make(ReadOnlyMemory<byte> photo) => new HeicRendition(photo).Make();

    private Rendition.Made Make()
    {
        var pictures = infos.Where(info => Pictures.Contains(info.Type)).Select(info => info.Id).ToHashSet();
        var primary = HeicItems.Primary(photo, One(inner, "pitm"));
        Require(pictures.Contains(primary), meta.Start, "its main picture is not coded in HEVC");
        Require(places.Any(place => place.Id == primary && place.Extents.Count > 0), meta.Start, "its main picture has no place");
        KeepBoxes(top);
        KeepBoxes(inner);
        Keep(meta.Content, VersionLength);
        Keep(One(inner, "hdlr").Content, HandlerLength);
        KeepInfos(One(inner, "iinf"));
        KeepProperties(One(inner, "iprp"));
        var extents = KeepItems(pictures);
        var furthest = extents.Max(extent => extent.Start);
        var last = top.Last(box => box.Type is "ftyp" or "meta" || (furthest >= box.Start && furthest < box.End));
        return new(display[..last.End], HeicItems.Exif(photo, infos, places) is { } exif ? PhotoFacts.Read(exif) : PhotoFacts.None, faults.Warning);
    }

    /// <summary>The header of every box, so that a reader passes over what is empty now; the content of those that are numbers.</summary>
    private void KeepBoxes(List<Box> boxes)
    {
        foreach (var box in boxes)
        {
            Keep(box.Start, box.Content - box.Start);
            if (box.Type == "ftyp" || Tables.Contains(box.Type))
            {
                Keep(box.Content, box.End - box.Content);
            }
            else if (!InPart.Contains(box.Type))
            {
                "free"u8.CopyTo(display.AsSpan(box.Start + TypeAt));
            }
        }
    }

    /// <summary>Entries without their names; an item that is no picture is free space from now on.</summary>
    private void KeepInfos(Box iinf)
    {
        Keep(iinf.Content, infos.Count == 0 ? 0 : infos[0].Start - iinf.Content);
        foreach (var info in infos)
        {
            Keep(info.Start, info.Names - info.Start);
            if (info.Type.Length > 0 && !Pictures.Contains(info.Type))
            {
                "free"u8.CopyTo(display.AsSpan(info.Names - TypeAt));
            }
        }
    }

    /// <summary>Properties count by their place, so that an unknown one stays, empty.</summary>
    private void KeepProperties(Box iprp)
    {
        var boxes = BoxReader.All(BoxReader.Within(photo, iprp));
        KeepBoxes(boxes);
        foreach (var property in BoxReader.All(BoxReader.Within(photo, One(boxes, "ipco"))))
        {
            Keep(property.Start, Properties.Contains(property.Type) ? property.End - property.Start : property.Content - property.Start);
        }
    }

    private List<Extent> KeepItems(HashSet<uint> pictures)
    {
        var kept = places.Where(place => pictures.Contains(place.Id)).ToList();
        Require(kept.All(place => place.Problem is null), meta.Start, kept.Find(place => place.Problem is not null)?.Problem ?? "");
        List<Extent> extents = [.. kept.SelectMany(place => place.Extents)];
        Require(extents.Sum(extent => (long)extent.Length) <= 2L * photo.Length, meta.Start, "its pictures lie over each other");
        List<Box> homes = [.. top.Where(box => box.Type == "mdat").Concat(inner.Where(box => box.Type == "idat")).OrderBy(box => box.Content)];
        foreach (var extent in extents)
        {
            Require(IsWithin(homes, extent), extent.Start, "a picture lies outside of the picture data");
            Keep(extent.Start, extent.Length);
        }

        return extents;
    }

    /// <param name="homes">In the order of their places; none overlaps another.</param>
    private static bool IsWithin(List<Box> homes, Extent extent)
    {
        var (low, high) = (0, homes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = homes[middle].Content <= extent.Start ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && extent.Start + extent.Length <= homes[low - 1].End;
    }

    private void Keep(int start, int length)
    {
        Require(length <= photo.Length - start, start, "it ends in the middle of a box");
        photo.Slice(start, length).CopyTo(display.AsMemory(start));
    }

    private static Box One(List<Box> boxes, string type)
    {
        var found = boxes.Where(box => box.Type == type).Take(2).ToList();
        Require(found.Count > 0, 0, $"it has no box {type}");
        Require(found.Count == 1, found[^1].Start, $"it has a second box {type}");
        return found[0];
    }

    private static void Require(bool holds, int at, string what)
    {
        if (!holds)
        {
            throw new BrokenPhotoException(at, what);
        }
    }
}
