using System.Net;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A request body that leaves its stream open: whoever made the answer decides when it is disposed.</summary>
internal sealed class OpenStreamContent(Stream source) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext context) => source.CopyToAsync(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext context, CancellationToken cancellationToken) =>
        source.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = source.CanSeek ? source.Length - source.Position : 0;
        return source.CanSeek;
    }
}
