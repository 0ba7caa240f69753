using System.Buffers;
using System.IO.Compression;
using System.Text;
using DomainFlow.Topology;

namespace DomainFlow.Hosting.Http;

/// <summary>Turns the body of a proxy event into text: base64, gzip and UTF-8 are decoded strictly, never repaired.</summary>
internal static class BodyReader
{
    /// <param name="body">As the event holds it.</param>
    /// <param name="isBase64">API Gateway encodes bodies of binary media types, JSON among them.</param>
    /// <param name="encoding">Content-Encoding; null where there is none.</param>
    /// <exception cref="ProblemException">400, 413 or 415.</exception>
    public static string Text(string body, bool isBase64, string? encoding)
    {
        var isGzip = IsGzip(encoding);
        if (!isBase64)
        {
            return Encoding.UTF8.GetByteCount(body) <= SystemMap.MaxBodyBytes ? body : throw TooLarge();
        }

        ReadOnlySpan<byte> bytes = Decode(body);

        // API Gateway decompresses bodies itself where compression is on, and leaves the header as it was.
        if (isGzip && bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            bytes = Decompress(bytes.ToArray());
        }

        if (bytes.Length > SystemMap.MaxBodyBytes)
        {
            throw TooLarge();
        }

        return Utf8(bytes);
    }

    /// <summary>Refuses a body that is not JSON in UTF-8. A missing type counts as JSON, as API Gateway takes it.</summary>
    /// <exception cref="ProblemException">415.</exception>
    public static void CheckType(string? contentType)
    {
        if (contentType is null)
        {
            return;
        }

        var parts = contentType.Split(';');
        if (!parts[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.Unsupported("The body must be application/json"));
        }

        foreach (var part in parts.Skip(1))
        {
            var pair = part.Split('=', 2);
            var isCharset = pair[0].Trim().Equals("charset", StringComparison.OrdinalIgnoreCase);
            var value = pair.Length == 2 ? pair[1].Trim().Trim('"') : "";
            if (isCharset && !value.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !value.Equals("utf8", StringComparison.OrdinalIgnoreCase))
            {
                throw new ProblemException(Problem.Unsupported("The body must be in UTF-8: charset may only be utf-8"));
            }
        }
    }

    private static bool IsGzip(string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        null or "" or "identity" => false,
        "gzip" or "x-gzip" => true,
        _ => throw new ProblemException(Problem.Unsupported("The body may be sent as it is or as gzip", "Content-Encoding")),
    };

    private static ReadOnlySpan<byte> Decode(string body)
    {
        var bytes = new byte[(body.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(body, bytes, out var count)
            ? bytes.AsSpan(0, count)
            : throw new ProblemException(Problem.Invalid("body", "The body is not valid base64"));
    }

    /// <summary>Stops one byte past the limit, so that a bomb costs no more than a body of the largest size.</summary>
    private static byte[] Decompress(byte[] packed)
    {
        var bytes = new byte[SystemMap.MaxBodyBytes + 1];
        try
        {
            using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var count = zip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..count];
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(Problem.Invalid("body", "The body is announced as gzip and cannot be decoded"));
        }
    }

    private static string Utf8(ReadOnlySpan<byte> bytes)
    {
        var chars = ArrayPool<char>.Shared.Rent(Math.Max(1, bytes.Length));
        try
        {
            var outcome = System.Text.Unicode.Utf8.ToUtf16(bytes, chars, out var read, out var written, replaceInvalidSequences: false);
            return outcome == OperationStatus.Done
                ? new string(chars, 0, written)
                : throw new ProblemException(Problem.Invalid("body", $"The body is not valid UTF-8 at byte {read + 1}"));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private static ProblemException TooLarge() =>
        new(Problem.TooLarge("body", $"The body is larger than {SystemMap.MaxBodyBytes / 1024} KiB"));
}
