using DomainFlow.Local.Client.Api;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace DomainFlow.Local.Client.Tenants;

/// <param name="Taken">Where its EXIF says that it was taken.</param>
internal sealed record SamplePhoto(string Name, string ContentType, byte[] Content, Position? Taken)
{
    public static SamplePhoto Read(string path)
    {
        var content = File.ReadAllBytes(path);
        var type = Path.GetExtension(path) == ".png" ? "image/png" : "image/jpeg";
        using var stream = new MemoryStream(content);
        var place = ImageMetadataReader.ReadMetadata(stream).OfType<GpsDirectory>().Select(d => d.GetGeoLocation()).FirstOrDefault(p => p is not null);
        return new SamplePhoto(Path.GetFileName(path), type, content, place is null ? null : new Position(place.Latitude, place.Longitude));
    }
}
