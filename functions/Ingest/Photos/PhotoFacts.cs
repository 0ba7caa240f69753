using System.Globalization;
using DomainFlow.Domain.Reports;

namespace DomainFlow.Ingest.Photos;

/// <summary>Where and when a photo was taken and which way up it is, by its EXIF.</summary>
/// <param name="TakenAt">Null where EXIF gives no time, or a local time without its offset.</param>
/// <param name="Orientation">1 to 8, as EXIF counts; 1 is upright.</param>
public sealed record PhotoFacts(GeoPoint? Location, DateTimeOffset? TakenAt, int Orientation)
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ExifDirectory = 0x8769;
    private const ushort GpsDirectory = 0x8825;
    private const ushort DateTimeOriginal = 0x9003;
    private const ushort OffsetTime = 0x9010;
    private const ushort OffsetTimeOriginal = 0x9011;
    private const ushort LatitudeSide = 1;
    private const ushort Latitude = 2;
    private const ushort LongitudeSide = 3;
    private const ushort Longitude = 4;
    private const ushort GpsTime = 7;
    private const ushort GpsDate = 29;

    /// <summary>Offsets go from -12 to +14 hours; half an hour for a clock that is set by hand.</summary>
    private static readonly TimeSpan MaxBehindUtc = TimeSpan.FromHours(12.5);
    private static readonly TimeSpan MaxAheadOfUtc = TimeSpan.FromHours(14.5);

    /// <summary>The camera's clock where EXIF does not say its offset and nothing else gives the time; null where <see cref="TakenAt"/> is known.</summary>
    public DateTime? TakenLocal { get; init; }

    public static PhotoFacts None { get; } = new(null, null, 1);

    /// <summary>Reads what there is; broken metadata says nothing.</summary>
    /// <param name="exif">The TIFF structure, with or without the mark before it.</param>
    public static PhotoFacts Read(ReadOnlySpan<byte> exif)
    {
        var tiff = new TiffReader(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
        var gps = tiff.Directory(tiff.First, GpsDirectory);
        var taken = LocalTime(tiff, tiff.Directory(tiff.First, ExifDirectory)) ?? SoundUtcTime(tiff, gps);
        return new(Position(tiff, gps), taken, tiff.Number(tiff.First, OrientationTag) is >= 1 and <= 8 and var turned ? turned : 1)
        {
            TakenLocal = taken is null ? WallTime(tiff) : null,
        };
    }

    /// <summary>Zero and zero is what a camera without a fix writes.</summary>
    private static GeoPoint? Position(TiffReader tiff, uint gps)
    {
        if (Angle(tiff, gps, Latitude, LatitudeSide, "S") is not { } lat || Angle(tiff, gps, Longitude, LongitudeSide, "W") is not { } lon)
        {
            return null;
        }

        var point = new GeoPoint(lat, lon);
        return point.IsValid && (lat, lon) != (0, 0) ? point : null;
    }

    private static double? Angle(TiffReader tiff, uint gps, ushort tag, ushort side, string negative) =>
        tiff.Triple(gps, tag) is var (degrees, minutes, seconds)
            ? (degrees + (minutes / 60) + (seconds / 3600)) * (tiff.Text(gps, side) == negative ? -1 : 1)
            : null;

    private static DateTimeOffset? LocalTime(TiffReader tiff, uint exif)
    {
        var offset = tiff.Text(exif, OffsetTimeOriginal) ?? tiff.Text(exif, OffsetTime);
        return tiff.Text(exif, DateTimeOriginal) is { } local && offset is not null && DateTimeOffset.TryParseExact(
            local + offset, "yyyy:MM:dd HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken)
            ? taken.ToUniversalTime()
            : null;
    }

    /// <summary>
    /// A receiver whose count of weeks has rolled over is years off: its time counts only where some zone's offset explains how far the
    /// camera's own clock is from it.
    /// </summary>
    private static DateTimeOffset? SoundUtcTime(TiffReader tiff, uint gps)
    {
        if (UtcTime(tiff, gps) is not { } utc)
        {
            return null;
        }

        return WallTime(tiff) is not { } local || (local - utc.UtcDateTime is var ahead && ahead >= -MaxBehindUtc && ahead <= MaxAheadOfUtc) ? utc : null;
    }

    /// <summary>The camera's clock, in whatever zone it was set.</summary>
    private static DateTime? WallTime(TiffReader tiff) => DateTime.TryParseExact(
        tiff.Text(tiff.Directory(tiff.First, ExifDirectory), DateTimeOriginal),
        "yyyy:MM:dd HH:mm:ss",
        CultureInfo.InvariantCulture,
        DateTimeStyles.None,
        out var local) && local.Year is > 1 and < 9999
            ? local
            : null;

    private static DateTimeOffset? UtcTime(TiffReader tiff, uint gps) =>
        tiff.Triple(gps, GpsTime) is ( >= 0 and < 24 and var hours, >= 0 and < 60 and var minutes, >= 0 and < 60 and var seconds)
        && DateTimeOffset.TryParseExact(
            tiff.Text(gps, GpsDate), "yyyy:MM:dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
        && day.Year < DateTimeOffset.MaxValue.Year
            ? day.AddHours(hours).AddMinutes(minutes).AddSeconds(seconds)
            : null;
}
