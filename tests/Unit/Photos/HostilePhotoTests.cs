using DomainFlow.Domain.Reports;
using DomainFlow.Ingest.Photos;
using DomainFlow.Ingest.Photos.Renditions;
using Xunit;

namespace DomainFlow.Unit.Tests.Photos;

public class HostilePhotoTests
{
    public static TheoryData<string, string> NoPhotos() => new()
    {
        { "nothing", "" },
        { "a ZIP", "504B0304140000000800" },
        { "a GIF", "474946383961010001008000" },
        { "a PDF", "255044462D312E370A" },
        { "an SVG", "3C737667207865636D6C6E73" },
        { "a BMP", "424D4600000000000000" },
        { "a TIFF", "49492A0008000000" },
        { "half a JPEG mark", "FFD8" },
        { "half a PNG mark", "89504E470D0A1A" },
        { "a WAVE", "524946462400000057415645" },
        { "a WebP cut before its name", "5249464624000000" },
        { "an AVIF", "0000001C667479706176696600000000617669666D6966316D696166" },
        { "an AVIF under a plain brand", "0000001C667479706D69663100000000617669666D6966316D696166" },
        { "a moving AVIF under a plain brand", "0000001C667479706D73663100000000617669736D7366316D696166" },
        { "an MP4", "0000001C6674797069736F6D00000200" + "69736F6D69736F326D703431" },
        { "a HEIC whose first box is cut off", "000000186674797068656963000000006D6966" },
    };

    [Theory]
    [MemberData(nameof(NoPhotos))]
    public void What_is_no_photo_is_not_taken_for_one(string what, string hex) => Assert.True(PhotoFormat.Of(Convert.FromHexString(hex)) is null, what);

    [Theory]
    [InlineData("heic")]
    [InlineData("heix")]
    [InlineData("hevc")]
    [InlineData("heim")]
    [InlineData("heis")]
    [InlineData("mif1")]
    [InlineData("msf1")]
    public void A_HEIC_is_known_by_each_of_its_brands(string brand) => Assert.Equal("image/heic", PhotoFormat.Of(new HeicBytes(1) { Brand = brand }.Write()));

    [Theory]
    [MemberData(nameof(RenditionTests.Types), MemberType = typeof(RenditionTests))]
    public void A_photo_cut_off_anywhere_is_shown_with_a_warning_or_not_at_all(string type)
    {
        var photo = TestPhotos.Of(type);
        for (var length = 32; length < photo.Length; length++)
        {
            if (Rendition.Of(type, photo[..length]) is Rendition.Made made)
            {
                Assert.True(length > photo.Length / 2 || made.Warning is not null);
                Assert.True(made.Content.AsSpan().IndexOf("PLANTED"u8) < 0, $"metadata is shown of a photo cut off at {length}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(RenditionTests.Types), MemberType = typeof(RenditionTests))]
    public void Whatever_bytes_come_nothing_is_thrown_and_nothing_grows(string type)
    {
        var random = new Random(4);
        var photo = TestPhotos.Of(type);
        for (var round = 0; round < 5_000; round++)
        {
            var mutated = photo.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                mutated[random.Next(16, mutated.Length)] = (byte)random.Next(256);
            }

            if (Rendition.Of(type, mutated) is Rendition.Made made) Assert.InRange(made.Content.Length, 1, mutated.Length + 40);
        }
    }

    [Fact]
    public void A_PNG_with_a_wrong_checksum_is_shown_with_a_warning()
    {
        var photo = TestPhotos.Png();
        photo[photo.AsSpan().IndexOf("IDAT"u8) + 6] ^= 1;
        Assert.Contains("IDAT", Assert.IsType<Rendition.Made>(Rendition.Of("image/png", photo)).Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PNG_that_needs_an_unknown_chunk_is_withheld() =>
        Assert.Contains("CgBI", Assert.IsType<Rendition.Withheld>(
            Rendition.Of("image/png", TestPhotos.Png(more: TestPhotos.Chunk("CgBI", [1])))).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_HEIC_whose_picture_is_coded_otherwise_is_withheld() =>
        Assert.Contains("HEVC", Assert.IsType<Rendition.Withheld>(
            Rendition.Of("image/heic", new HeicBytes(1) { MainType = "av01" }.Write())).Reason, StringComparison.Ordinal);

    /// <summary>F01: decoders read over bytes between the segments.</summary>
    [Theory]
    [InlineData("0000")]
    [InlineData("AB")]
    [InlineData("FF00FF00")]
    [InlineData("504C414E544544")]
    public void F01_stray_bytes_between_segments_are_left_out(string hex)
    {
        var photo = TestPhotos.Jpeg();
        var at = photo.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);
        byte[] strayed = [.. photo[..at], .. Convert.FromHexString(hex), .. photo[at..]];
        var made = Assert.IsType<Rendition.Made>(Rendition.Of("image/jpeg", strayed));
        Assert.Equal(Assert.IsType<Rendition.Made>(Rendition.Of("image/jpeg", photo)).Content, made.Content);
        Assert.Contains("stray bytes", made.Warning, StringComparison.Ordinal);
    }

    /// <summary>EXIF whose length is too small: what follows are the tables of its thumbnail.</summary>
    [Fact]
    public void A_picture_inside_of_a_JPEG_is_never_shown()
    {
        var photo = TestPhotos.Jpeg();
        var at = photo.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);
        byte[] nested = [.. photo[..at], .. "PLANTED"u8, .. photo];
        Assert.Contains("second picture", Assert.IsType<Rendition.Withheld>(Rendition.Of("image/jpeg", nested)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 60_000)]
    [InlineData(1_000, 1_000)]
    public void A_HEIC_of_very_many_extents_costs_little(int items, int extents)
    {
        byte[] iloc = [1, 0, 0, 0, 0x44, 0, (byte)(items >> 8), (byte)items];
        byte[] item = [0, 1, 0, 0, 0, 0, (byte)(extents >> 8), (byte)extents, .. Enumerable.Repeat((byte[])[0, 0, 0, 9, 0, 0, 0, 1], extents).SelectMany(e => e)];
        byte[] list = [.. iloc, .. Enumerable.Repeat(item, items).SelectMany(i => i)];
        list[0] = 1;
        var photo = new HeicBytes(1) { Places = list }.Write();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than", Assert.IsType<Rendition.Withheld>(Rendition.Of("image/heic", photo)).Reason, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, photo.Length + (8L * 1024 * 1024));
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(int.MaxValue, 8)]
    [InlineData(400, int.MaxValue)]
    [InlineData(400, 0)]
    public void A_HEIC_whose_picture_lies_elsewhere_is_withheld(int offset, int length)
    {
        var photo = new HeicBytes(1) { Move = place => place.Id == 1 ? (1, 0, offset, length) : place }.Write();
        Assert.IsType<Rendition.Withheld>(Rendition.Of("image/heic", photo));
    }

    [Fact]
    public void A_HEIC_cannot_show_its_EXIF_as_a_picture_of_idat()
    {
        var photo = new HeicBytes(1) { Move = place => place.Id == 2 ? (2, 2, 0, 8) : place }.Write();
        Assert.Contains("cut from another", Assert.IsType<Rendition.Withheld>(Rendition.Of("image/heic", photo)).Reason, StringComparison.Ordinal);
    }

    /// <summary>10 MB of the smallest parts that each format has.</summary>
    [Theory]
    [InlineData("image/jpeg", "FFD8", "FFDB0002")]
    [InlineData("image/png", "89504E470D0A1A0A0000000D4948445200000001000000010802000000907753DE", "0000000049444154" + "35AF061E")]
    [InlineData("image/webp", "52494646F8FF9F0057454250", "414C504800000000")]
    [InlineData("image/heic", "00000018667479706865696300000000" + "6D69663168656963", "0000000866726565")]
    public void Ten_megabytes_of_the_smallest_parts_cost_little(string type, string head, string part)
    {
        var photo = new byte[ReportImage.MaxBytes];
        var (start, filling) = (Convert.FromHexString(head), Convert.FromHexString(part));
        start.CopyTo(photo, 0);
        for (var at = start.Length; at + filling.Length <= photo.Length; at += filling.Length) filling.CopyTo(photo, at);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsNotType<Rendition.Made>(Rendition.Of(type, photo));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40L * 1024 * 1024);
    }

    [Fact]
    public void Broken_EXIF_says_nothing_and_costs_nothing()
    {
        var random = new Random(5);
        foreach (var isLittle in (bool[])[true, false])
        {
            var exif = ExifBytes.Camera(isLittle);
            Assert.All(Enumerable.Range(0, exif.Length), length => PhotoFacts.Read(exif.AsSpan(0, length)));
            for (var round = 0; round < 20_000; round++)
            {
                var mutated = exif.ToArray();
                for (var change = random.Next(1, 9); change > 0; change--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                var facts = PhotoFacts.Read(mutated);
                Assert.True(facts.Location is not { IsValid: false });
                Assert.InRange(facts.Orientation, 1, 8);
            }
        }

        Assert.Equal(PhotoFacts.None, PhotoFacts.Read([]));
    }
}
