using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DomainFlow.Local.Objects;

/// <summary>A multipart form, read up to its file: the file itself is still in the stream.</summary>
internal sealed record UploadForm(IReadOnlyDictionary<string, string> Fields, Stream File)
{
    private const int MaxFieldBytes = 20 * 1024;

    /// <summary>Null for a body that is no form with a file after its fields.</summary>
    public static async Task<UploadForm?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadFieldsAsync(request, cancellationToken);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Reads on in the file.</summary>
    /// <exception cref="InvalidDataException">The form ends in the middle.</exception>
    public static async ValueTask<int> ReadPartAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new InvalidDataException("The form ends in the middle", e);
        }
    }

    private static async Task<UploadForm?> ReadFieldsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data") return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200) return null;
        var reader = new MultipartReader(boundary, request.Body);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var left = MaxFieldBytes; await reader.ReadNextSectionAsync(cancellationToken) is { } section;)
        {
            if (NameOf(section) is not { } name) return null;
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase)) return new UploadForm(fields, section.Body);
            if (await ReadFieldAsync(section.Body, left, cancellationToken) is not { } value) return null;
            if (!fields.TryAdd(name, Encoding.UTF8.GetString(value))) return null;
            left -= value.Length;
        }

        return null;
    }

    private static string? NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.Name.HasValue
            ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
            : null;

    private static async Task<byte[]?> ReadFieldAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[maxBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > maxBytes ? null : buffer[..read];
    }
}
