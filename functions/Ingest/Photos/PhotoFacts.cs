using System.Globalization;
using DomainFlow.Domain.Reports;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Heif;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.IO;

namespace DomainFlow.Ingest.Photos;

/// <summary>Where and when a photo was taken, by its EXIF.</summary>
/// <param name="TakenAt">Null where EXIF gives no time, or a local time without its offset.</param>
public sealed record PhotoFacts(GeoPoint? Location, DateTimeOffset? TakenAt)
{
    private const int OffsetTimeOriginal = 0x9011;
    private const int OffsetTime = 0x9010;

    public static PhotoFacts None { get; } = new(null, null);

    /// <summary>Reads what there is; broken metadata says nothing.</summary>
    public static PhotoFacts Read(byte[] photo)
    {
        try
        {
            var directories = Exif(photo);
            return new(Position(directories), Time(directories));
        }
        catch (Exception broken) when (broken is ImageProcessingException or MetadataException or IOException or ArgumentException or OverflowException)
        {
            return None;
        }
    }

    /// <summary>EXIF alone: a photo's other metadata can be made to cost far more memory and time than its size says.</summary>
    private static IReadOnlyList<MetadataExtractor.Directory> Exif(byte[] photo)
    {
        using var stream = new MemoryStream(photo, writable: false);
        return PhotoFormat.Of(photo) switch
        {
            "image/jpeg" => JpegMetadataReader.ReadMetadata(stream, [new ExifReader()]),
            "image/png" => Tiff(ExifChunk.OfPng(photo)),
            "image/webp" => Tiff(ExifChunk.OfWebP(photo)),
            "image/heic" => HeifMetadataReader.ReadMetadata(stream),
            _ => [],
        };
    }

    private static IReadOnlyList<MetadataExtractor.Directory> Tiff(byte[]? exif) =>
        exif is null ? [] : new ExifReader().Extract(new ByteArrayReader(exif));

    private static GeoPoint? Position(IReadOnlyList<MetadataExtractor.Directory> directories)
    {
        var place = directories.OfType<GpsDirectory>().Select(d => d.GetGeoLocation()).FirstOrDefault(l => l is { IsZero: false });
        var point = place is null ? null : new GeoPoint(place.Latitude, place.Longitude);
        return point is { IsValid: true } ? point : null;
    }

    private static DateTimeOffset? Time(IReadOnlyList<MetadataExtractor.Directory> directories)
    {
        foreach (var exif in directories.OfType<ExifSubIfdDirectory>())
        {
            var local = exif.GetDescription(ExifDirectoryBase.TagDateTimeOriginal);
            var offset = exif.GetString(OffsetTimeOriginal) ?? exif.GetString(OffsetTime);
            if (local is not null && offset is not null && DateTimeOffset.TryParseExact(
                local + offset.Trim('\0', ' '), ["yyyy:MM:dd HH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken))
            {
                return taken.ToUniversalTime();
            }
        }

        foreach (var gps in directories.OfType<GpsDirectory>())
        {
            if (gps.TryGetGpsDate(out var utc))
            {
                return new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
            }
        }

        return null;
    }
}
