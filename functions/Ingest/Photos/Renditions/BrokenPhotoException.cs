namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>A photo's structure does not hold. Thrown by the readers of the four formats, turned into a reason by <see cref="Rendition"/>.</summary>
internal sealed class BrokenPhotoException(long at, string what) : Exception(what)
{
    /// <summary>Offset in the file, in bytes.</summary>
    public long At { get; } = at;
}
