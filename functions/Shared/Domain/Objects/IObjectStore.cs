namespace DomainFlow.Domain.Objects;

/// <summary>Objects in buckets, the shape of S3. Keys start with the tenant, or with a kind and then the tenant.</summary>
public interface IObjectStore
{
    /// <summary>The object's first bytes, at most <paramref name="count"/>; null where there is no such object.</summary>
    Task<byte[]?> ReadStartAsync(string bucket, string key, int count, CancellationToken cancellationToken);

    /// <summary>Size in bytes; null where there is no such object.</summary>
    Task<long?> SizeAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>Stores all of it or nothing, in the place of what was there. Keys without a trigger's suffix make no event.</summary>
    Task PutAsync(string bucket, string key, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The same of a stream, of which no more than a part is held in memory.</summary>
    /// <param name="length">Bytes that the stream gives from where it stands to its end.</param>
    /// <exception cref="InvalidDataException">It gives fewer or more; nothing is stored.</exception>
    Task PutStreamAsync(string bucket, string key, string contentType, Stream content, long length, CancellationToken cancellationToken);

    /// <summary>Deletes the object; what is not there is deleted already.</summary>
    /// <param name="version">
    /// As its event or <see cref="ListAsync"/> gave it: the object goes only if this version is the current one, with what that version
    /// replaced; a newer one stays. Null: whatever is there.
    /// </param>
    Task DeleteAsync(string bucket, string key, string? version, CancellationToken cancellationToken);

    /// <summary>Deletes every version of every object under the prefix.</summary>
    /// <param name="prefix">Ends with a slash and holds the tenant in its first or second part.</param>
    /// <exception cref="ArgumentException">The prefix is another: it would take more than one tenant's objects.</exception>
    Task DeleteAllAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>The objects whose keys start with the prefix, in the order of their keys.</summary>
    /// <param name="after">Key behind which to begin, whether it is there or not; null for the first.</param>
    IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, string? after, CancellationToken cancellationToken);

    /// <summary>The object's creation event comes again, later than every earlier one. Nothing happens where there is no such object.</summary>
    Task TellAgainAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>A presigned POST: whoever holds it may upload this key, of this type and at most this size, until it expires.</summary>
    UploadGrant GrantUpload(string bucket, string key, string contentType, long maxBytes, DateTimeOffset expiresAt);

    /// <summary>A presigned GET.</summary>
    Uri GrantDownload(string bucket, string key, DateTimeOffset expiresAt);
}

/// <param name="Url">Where to POST the form.</param>
/// <param name="Fields">The form's fields, before <c>file</c>.</param>
public sealed record UploadGrant(Uri Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt);

/// <summary>An object as a listing shows it.</summary>
/// <param name="Size">Bytes.</param>
public sealed record StoredObject(string Key, long Size, string Version, DateTimeOffset StoredAt);

/// <summary>An object that holds values of an item which would be too large with them.</summary>
/// <param name="IsNamed">The item is there and names the object.</param>
public sealed record StoredValue(StoredObject Stored, bool IsNamed);
