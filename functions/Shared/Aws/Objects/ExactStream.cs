using System.Runtime.InteropServices;

namespace DomainFlow.Aws.Objects;

/// <summary>Reads a stream that must give so many bytes and no more.</summary>
internal static class ExactStream
{
    /// <exception cref="InvalidDataException">It ended before <paramref name="part"/> was full.</exception>
    public static async Task ReadAsync(Stream content, Memory<byte> part, string key, CancellationToken cancellationToken)
    {
        var read = await content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < part.Length)
            throw new InvalidDataException($"The stream for {key} ended {part.Length - read} bytes before its length.");
    }

    /// <exception cref="InvalidDataException">It goes on.</exception>
    public static async Task EndAsync(Stream content, string key, long length, CancellationToken cancellationToken)
    {
        if (await content.ReadAsync(new byte[1], cancellationToken) > 0)
            throw new InvalidDataException($"The stream for {key} goes on after {length} bytes, its length.");
    }

    /// <summary>The bytes as a stream that can be read again, without a copy where an array holds them.</summary>
    public static Stream ToStream(this ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
