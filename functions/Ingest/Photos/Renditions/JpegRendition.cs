using System.Buffers.Binary;

namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>
/// A JPEG of what decoding needs: tables, frames, scans, and from the application segments JFIF without its thumbnail, Adobe's colour
/// transform and the ICC profile. What follows the end of the picture (further pictures, videos) goes.
/// </summary>
internal sealed class JpegRendition
{
    private const byte Sof0 = 0xC0;
    private const byte Sof15 = 0xCF;
    private const byte Dht = 0xC4;
    private const byte Jpg = 0xC8;
    private const byte Dac = 0xCC;
    private const byte Rst0 = 0xD0;
    private const byte Rst7 = 0xD7;
    private const byte Soi = 0xD8;
    private const byte Eoi = 0xD9;
    private const byte Sos = 0xDA;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;
    private const byte App15 = 0xEF;
    private const byte Com = 0xFE;
    private const int JfifLength = 14;
    private const int AdobeLength = 12;

    private readonly ReadOnlyMemory<byte> _photo;
    private readonly List<ReadOnlyMemory<byte>> _head;
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly Faults _faults = new();
    private PhotoFacts _facts = PhotoFacts.None;
    private bool _hasFrame;
    private bool _hasScan;
    private int _at = 2;

    private JpegRendition(ReadOnlyMemory<byte> photo)
    {
        _photo = photo;
        _head = [photo[..2]];
    }

    /// <summary>
    /// Reads on as decoders do: over stray bytes to the next marker, and as far as a file that is cut off goes. A second picture or
    /// frame inside, which no decoder reads, may be metadata whose length is wrong: then nothing is made.
    /// </summary>
    public static Rendition.Made Make(ReadOnlyMemory<byte> photo) => new JpegRendition(photo).Make();

    private Rendition.Made Make()
    {
        var segments = 0;
        while (Marker() is { } marker && marker != Eoi)
        {
            Require(++segments <= Rendition.MaxParts, _at, "it has too many segments");
            Require(marker != Soi, _at, "a second picture begins inside of it");
            if (marker is < Sof0 or >= Rst0 and <= Rst7)
            {
                _faults.Add(_at - 2, $"the marker FF {marker:X2} cannot stand here");
                continue;
            }

            var start = _at - 2;
            if (Body() is not { } body)
            {
                break;
            }

            Take(marker, start, body);
        }

        Require(_hasScan, _at, "it ends without a picture");
        if (_at < _photo.Length)
        {
            _faults.Add(_at, $"{_photo.Length - _at} bytes follow the end of the picture and are not shown");
        }

        if (_facts.Orientation != 1)
        {
            _head.Add(Segment(App1, [.. "Exif\0\0"u8, .. OrientationExif.Of(_facts.Orientation)]));
        }

        return new(Rendition.Join([.. _head, .. _parts, new byte[] { 0xFF, Eoi }]), _facts, _faults.Warning);
    }

    private void Take(byte marker, int start, ReadOnlyMemory<byte> body)
    {
        switch (marker)
        {
            case App0 when _head.Count == 1 && body.Length >= JfifLength && body.Span.StartsWith("JFIF\0"u8):
                _head.Add(Segment(App0, [.. body.Span[..(JfifLength - 2)], 0, 0]));
                break;
            case App1 when _facts == PhotoFacts.None && body.Span.StartsWith("Exif\0\0"u8):
                _facts = PhotoFacts.Read(body.Span);
                break;
            case App2 when body.Span.StartsWith("ICC_PROFILE\0"u8):
                _parts.Add(_photo[start.._at]);
                break;
            case App14 when body.Length >= AdobeLength && body.Span.StartsWith("Adobe"u8):
                _parts.Add(Segment(App14, body.Span[..AdobeLength]));
                break;
            case >= App0 and <= App15 or Com or >= 0xF0 and <= 0xFD:
                break;
            case Sos:
                Require(_hasFrame, start, "a scan stands before its frame");
                Require(body.Length is >= 6 and <= 12 && body.Length == 4 + (2 * body.Span[0]), start, "a scan's header has the wrong length");
                _hasScan = true;
                SkipScan();
                _parts.Add(_photo[start.._at]);
                break;
            default:
                var isFrame = marker is >= Sof0 and <= Sof15 and not (Dht or Jpg or Dac);
                Require(!isFrame || !_hasFrame, start, "a second frame begins inside of it");
                _hasFrame |= isFrame;
                _parts.Add(_photo[start.._at]);
                break;
        }
    }

    /// <summary>The next marker, over fill bytes and stray ones; null at the end of the file.</summary>
    private byte? Marker()
    {
        var photo = _photo.Span;
        var start = _at;
        while (_at < photo.Length)
        {
            var next = photo[_at..].IndexOf((byte)0xFF);
            _at = next < 0 ? photo.Length : _at + next;
            var strays = _at - start;
            while (_at < photo.Length && photo[_at] == 0xFF)
            {
                _at++;
            }

            if (_at < photo.Length && photo[_at] != 0)
            {
                if (strays > 0)
                {
                    _faults.Add(start, $"{strays} stray bytes stand before a marker");
                }

                return photo[_at++];
            }
        }

        _faults.Add(photo.Length, "it ends before its end marker");
        return null;
    }

    /// <summary>Null where the file ends before the segment.</summary>
    private ReadOnlyMemory<byte>? Body()
    {
        var start = _at;
        var length = _photo.Length - _at >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(_photo.Span[_at..]) : ushort.MaxValue;
        Require(length >= 2, start, "a segment is shorter than its own length");
        if (length > _photo.Length - _at)
        {
            _faults.Add(start, "it ends in the middle of a segment");
            _at = _photo.Length;
            return null;
        }

        _at += length;
        return _photo[(start + 2).._at];
    }

    /// <summary>To the next marker that is neither a stuffed byte nor a restart, or to the end of the file.</summary>
    private void SkipScan()
    {
        var photo = _photo.Span;
        while (true)
        {
            var next = photo[_at..].IndexOf((byte)0xFF);
            if (next < 0 || _at + next + 1 >= photo.Length)
            {
                // Half a marker at the end would swallow the end marker that is added.
                _at = next < 0 ? photo.Length : _at + next;
                return;
            }

            _at += next;
            var marker = photo[_at + 1];
            if (marker is not (0 or >= Rst0 and <= Rst7 or 0xFF))
            {
                return;
            }

            _at += marker == 0xFF ? 1 : 2;
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
