using System.Text;
using DomainFlow.Ingest.Photos;
using DomainFlow.Ingest.Photos.Renditions;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Xunit;

namespace DomainFlow.Unit.Tests.Photos;

public class RenditionTests
{
    public static TheoryData<string> Types() => ["image/jpeg", "image/png", "image/webp", "image/heic"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_of_a_photos_metadata_is_shown(string type)
    {
        var photo = TestPhotos.Of(type);
        Assert.True(Holds(photo, "PLANTED"));
        var shown = Made(type, photo).Content;

        // A format that has no property for it says which way up it is by EXIF; that block is the only one.
        var exif = type == "image/heic" ? [] : OrientationOnly(6);
        var rest = Without(shown, exif);
        Assert.All(TestPhotos.Planted, word => Assert.False(Holds(Without(rest, "Exif\0\0"u8.ToArray()), word), $"{word} is in the rendition"));
        Assert.Empty(Gps(shown));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_picture_itself_is_shown_byte_for_byte(string type)
    {
        var shown = Made(type, TestPhotos.Of(type)).Content;
        var picture = type switch { "image/jpeg" => TestPhotos.JpegScan, "image/png" => TestPhotos.Packed, _ => TestPhotos.Picture };
        Assert.Equal(type == "image/heic" ? 2 : 1, Count(shown, picture));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_rendition_of_a_rendition_is_the_same(string type)
    {
        var shown = Made(type, TestPhotos.Of(type)).Content;
        Assert.Equal(type, PhotoFormat.Of(shown));
        Assert.Equal(shown, Made(type, shown).Content);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Which_way_up_it_is_stays(string type)
    {
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var shown = Made(type, TestPhotos.Of(type, orientation)).Content;
            if (type == "image/heic")
            {
                Assert.True(Holds(shown, "irot\u0001"));
                continue;
            }

            Assert.Equal(orientation, Made(type, shown).Facts.Orientation);
            Assert.Equal(orientation == 1 ? 0 : 1, Count(shown, OrientationOnly(orientation)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Place_and_time_are_read_of_what_is_not_shown(string type)
    {
        var photo = TestPhotos.Of(type);
        var facts = Made(type, photo).Facts;
        Assert.Equal(new DateTimeOffset(2026, 10, 6, 22, 30, 0, TimeSpan.Zero), facts.TakenAt);
        var expected = Assert.Single(Gps(photo));
        Assert.Equal(43.66556, facts.Location!.Lat, 5);
        Assert.Equal(-70.255, facts.Location.Lon, 5);
        Assert.Equal((expected.Latitude, expected.Longitude), (facts.Location.Lat, facts.Location.Lon));
    }

    /// <summary>Files as common tools write them: a gradient of red and blue, with EXIF and XMP.</summary>
    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("heic")]
    public void A_file_of_a_common_tool_loses_its_metadata_and_stays_as_large_a_picture(string extension)
    {
        var photo = File.ReadAllBytes(Path.Combine(House.Repository.Root, "tests", "Unit", "Photos", "Files", "street." + extension));
        var made = Made(PhotoFormat.Of(photo)!, photo);
        Assert.Equal((43.5, -70.25), (made.Facts.Location!.Lat, made.Facts.Location.Lon));
        Assert.Equal((6, new DateTimeOffset(2026, 10, 6, 22, 30, 0, TimeSpan.Zero)), (made.Facts.Orientation, made.Facts.TakenAt));
        Assert.True(Holds(photo, "PLANTED"));
        Assert.False(Holds(made.Content, "PLANTED"));
        Assert.Empty(Gps(made.Content));
        Assert.Equal(Sizes(photo), Sizes(made.Content));
    }

    private static List<string> Sizes(byte[] photo)
    {
        using var stream = new MemoryStream(photo);
        return [.. ImageMetadataReader.ReadMetadata(stream).Where(d => d is not ExifDirectoryBase)
            .SelectMany(d => d.Tags).Where(t => t.Name is "Image Width" or "Image Height" or "Width" or "Height").Select(t => $"{t.Name} {t.Description}")];
    }

    [Fact]
    public void Every_sample_photo_keeps_its_place_apart_from_its_rendition()
    {
        var photos = System.IO.Directory.GetFiles(Path.Combine(House.Repository.Root, "samples"), "*.*", SearchOption.AllDirectories)
            .Select(File.ReadAllBytes).Where(content => PhotoFormat.Of(content) is not null).ToList();
        Assert.NotEmpty(photos);
        Assert.All(photos, photo =>
        {
            var made = Made(PhotoFormat.Of(photo)!, photo);
            var place = Gps(photo).SingleOrDefault();
            Assert.Equal((place?.Latitude, place?.Longitude), (made.Facts.Location?.Lat, made.Facts.Location?.Lon));
            Assert.Empty(Gps(made.Content));
        });
    }

    [Fact]
    public void A_moving_WebP_keeps_its_frames_and_loses_what_hides_in_them()
    {
        var shown = Made("image/webp", TestPhotos.WebpAnimation()).Content;
        Assert.Equal(1, Count(shown, TestPhotos.Picture));
        Assert.False(Holds(shown, "PLANTED"));
        Assert.Equal(shown.Length - 8, BitConverter.ToInt32(shown, 4));
    }

    [Fact]
    public void A_WebP_says_in_its_header_what_is_left()
    {
        Assert.Equal(0x28, Made("image/webp", TestPhotos.Webp()).Content[20]);
        Assert.Equal(0x20, Made("image/webp", TestPhotos.Webp(orientation: 1)).Content[20]);
    }

    [Fact]
    public void The_items_of_a_HEIC_stay_where_they_were()
    {
        var photo = TestPhotos.Of("image/heic");
        var shown = Made("image/heic", photo).Content;
        var (before, after) = (photo.AsSpan().IndexOf("iloc"u8), shown.AsSpan().IndexOf("iloc"u8));
        Assert.Equal(before, after);
        Assert.Equal(photo[before..(before + 60)], shown[after..(after + 60)]);
        Assert.Equal(photo.AsSpan().IndexOf(TestPhotos.Picture), shown.AsSpan().IndexOf(TestPhotos.Picture));
        Assert.Equal(photo.AsSpan().LastIndexOf(TestPhotos.Picture), shown.AsSpan().LastIndexOf(TestPhotos.Picture));
        Assert.True(shown.Length < photo.Length, "the video behind is cut off");
    }

    internal static Rendition.Made Made(string type, byte[] photo)
    {
        var outcome = Rendition.Of(type, photo);
        return Assert.IsType<Rendition.Made>(outcome is Rendition.Withheld withheld ? throw new Xunit.Sdk.XunitException(withheld.Reason) : outcome);
    }

    /// <summary>What an independent reader finds.</summary>
    private static List<GeoLocation> Gps(byte[] photo)
    {
        using var stream = new MemoryStream(photo);
        return [.. ImageMetadataReader.ReadMetadata(stream).OfType<GpsDirectory>().Select(d => d.GetGeoLocation()).OfType<GeoLocation>()];
    }

    private static byte[] OrientationOnly(int orientation) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    private static bool Holds(byte[] file, string word) => file.AsSpan().IndexOf(Encoding.Latin1.GetBytes(word)) >= 0;

    private static int Count(byte[] file, byte[] part)
    {
        var count = 0;
        for (var rest = file.AsSpan(); rest.IndexOf(part) is >= 0 and var at; rest = rest[(at + part.Length)..]) count++;
        return count;
    }

    /// <summary>The first occurrence taken out.</summary>
    private static byte[] Without(byte[] file, byte[] part) =>
        part.Length > 0 && file.AsSpan().IndexOf(part) is >= 0 and var at ? [.. file[..at], .. file[(at + part.Length)..]] : file;
}
