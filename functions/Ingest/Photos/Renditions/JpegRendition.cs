using System.Buffers.Binary;

namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>
/// A JPEG of what decoding needs: tables, frames, scans, and from the application segments JFIF without its thumbnail, Adobe's colour
/// transform and the ICC profile. What follows the end of the picture (further pictures, videos) goes.
/// </summary>
internal static class JpegRendition
{
    private const byte Sof0 = 0xC0;
    private const byte Sof15 = 0xCF;
    private const byte Dht = 0xC4;
    private const byte Jpg = 0xC8;
    private const byte Dac = 0xCC;
    private const byte Rst0 = 0xD0;
    private const byte Rst7 = 0xD7;
    private const byte Eoi = 0xD9;
    private const byte Sos = 0xDA;
    private const byte Dqt = 0xDB;
    private const byte Exp = 0xDF;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;
    private const byte App15 = 0xEF;
    private const byte Com = 0xFE;
    private const int JfifLength = 14;
    private const int AdobeLength = 12;

    public static Rendition.Made Make(ReadOnlyMemory<byte> photo)
    {
        var (at, hasFrame, hasScan) = (2, false, false);
        var (exif, head, parts) = (PhotoFacts.None, new List<ReadOnlyMemory<byte>> { photo[..2] }, new List<ReadOnlyMemory<byte>>());
        while (true)
        {
            var marker = Marker(photo.Span, ref at);
            if (marker == Eoi)
            {
                break;
            }

            var start = at - 2;
            var body = Body(photo, ref at);
            switch (marker)
            {
                case App0 when head.Count == 1 && body.Length >= JfifLength && body.Span.StartsWith("JFIF\0"u8):
                    head.Add(Segment(App0, [.. body.Span[..(JfifLength - 2)], 0, 0]));
                    break;
                case App1 when exif == PhotoFacts.None && body.Span.StartsWith("Exif\0\0"u8):
                    exif = PhotoFacts.Read(body.Span);
                    break;
                case App2 when body.Span.StartsWith("ICC_PROFILE\0"u8):
                    parts.Add(photo[start..at]);
                    break;
                case App14 when body.Length >= AdobeLength && body.Span.StartsWith("Adobe"u8):
                    parts.Add(Segment(App14, body.Span[..AdobeLength]));
                    break;
                case >= App0 and <= App15 or Com or >= 0xF0 and <= 0xFD:
                    break;
                case Sos:
                    Require(hasFrame, start, "a scan stands before its frame");
                    hasScan = true;
                    SkipScan(photo.Span, ref at);
                    parts.Add(photo[start..at]);
                    break;
                case >= Sof0 and <= Sof15 or >= Dqt and <= Exp:
                    hasFrame |= marker is >= Sof0 and <= Sof15 and not (Dht or Jpg or Dac);
                    parts.Add(photo[start..at]);
                    break;
                default:
                    throw new BrokenPhotoException(start, $"the marker FF {marker:X2} cannot stand here");
            }
        }

        Require(hasScan, at, "it ends without a picture");
        if (exif.Orientation != 1)
        {
            head.Add(Segment(App1, [.. "Exif\0\0"u8, .. OrientationExif.Of(exif.Orientation)]));
        }

        return new(Rendition.Join([.. head, .. parts, new byte[] { 0xFF, Eoi }]), exif);
    }

    /// <summary>Reads a marker, with any fill bytes before it.</summary>
    private static byte Marker(ReadOnlySpan<byte> photo, ref int at)
    {
        Require(at < photo.Length, at, "it ends before its end marker");
        Require(photo[at] == 0xFF, at, "there is no marker");
        while (at < photo.Length && photo[at] == 0xFF)
        {
            at++;
        }

        Require(at < photo.Length, at, "it ends before its end marker");
        return photo[at++];
    }

    private static ReadOnlyMemory<byte> Body(ReadOnlyMemory<byte> photo, ref int at)
    {
        var start = at;
        Require(photo.Length - at >= 2, at, "a segment is cut off");
        var length = BinaryPrimitives.ReadUInt16BigEndian(photo.Span[at..]);
        Require(length >= 2 && length <= photo.Length - at, start, "a segment is longer than the file");
        at += length;
        return photo[(start + 2)..at];
    }

    /// <summary>To the next marker that is neither a stuffed byte nor a restart.</summary>
    private static void SkipScan(ReadOnlySpan<byte> photo, ref int at)
    {
        while (true)
        {
            var next = photo[at..].IndexOf((byte)0xFF);
            Require(next >= 0 && at + next + 1 < photo.Length, photo.Length, "it ends in the middle of its picture");
            at += next;
            var marker = photo[at + 1];
            if (marker is not (0 or >= Rst0 and <= Rst7 or 0xFF))
            {
                return;
            }

            at += marker == 0xFF ? 1 : 2;
        }
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> body)
    {
        byte[] segment = [0xFF, marker, 0, 0, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(body.Length + 2));
        return segment;
    }

    private static void Require(bool holds, int at, string what)
    {
        if (!holds)
        {
            throw new BrokenPhotoException(at, what);
        }
    }
}
