namespace DomainFlow.Domain.Objects;

/// <summary>Objects in buckets, the shape of S3. Keys start with the tenant.</summary>
public interface IObjectStore
{
    /// <summary>The object's first bytes, at most <paramref name="count"/>; null where there is no such object.</summary>
    Task<byte[]?> ReadStartAsync(string bucket, string key, int count, CancellationToken cancellationToken);

    /// <summary>Size in bytes; null where there is no such object.</summary>
    Task<long?> SizeAsync(string bucket, string key, CancellationToken cancellationToken);

    Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>A presigned POST: whoever holds it may upload this key, of this type and at most this size, until it expires.</summary>
    UploadGrant GrantUpload(string bucket, string key, string contentType, long maxBytes, DateTimeOffset expiresAt);

    /// <summary>A presigned GET.</summary>
    Uri GrantDownload(string bucket, string key, DateTimeOffset expiresAt);
}

/// <param name="Url">Where to POST the form.</param>
/// <param name="Fields">The form's fields, before <c>file</c>.</param>
public sealed record UploadGrant(Uri Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt);
