using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Objects.Signing;
using DomainFlow.Embedded.Objects;

namespace DomainFlow.Embedded;

/// <summary>S3 in a folder: a file for an object and one for its description. Grants are signed as S3's; the host that serves the folder checks them.</summary>
public sealed class EmbeddedObjects : IObjectStore
{
    /// <summary>The region that grants are signed for.</summary>
    public const string Region = "local-1";

    private readonly ObjectPaths paths;
    private readonly ObjectFolder objects;
    private readonly Uri url;
    private readonly GrantSigner grants;

    /// <param name="folder">OBJECTS_FOLDER.</param>
    /// <param name="url">OBJECTS_URL, without the bucket.</param>
    /// <param name="keyFile">OBJECTS_KEY_FILE: the access key's id in the first line, its secret in the second.</param>
    /// <exception cref="InvalidOperationException">The key file lacks one of its lines.</exception>
    public EmbeddedObjects(string folder, Uri url, string keyFile, TimeProvider time)
    {
        paths = new ObjectPaths(folder);
        objects = new ObjectFolder(paths, time);
        this.url = url;
        if (File.ReadAllLines(keyFile) is not [{ Length: > 0 } id, { Length: > 0 } secret, ..])
            throw new InvalidOperationException("The file that OBJECTS_KEY_FILE names must hold a key id and, in its second line, a secret.");
        grants = new GrantSigner(new(id.Trim(), secret.Trim(), Region), time);
    }

    public async Task<byte[]?> ReadStartAsync(string bucket, string key, int count, CancellationToken cancellationToken)
    {
        var path = paths.Object(bucket, key);
        if (!File.Exists(path))
            return null;
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Min(count, file.Length)];
            var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return bytes[..read];
        }
        catch (FileNotFoundException)
        {
            return null; // deleted in between
        }
    }

    public Task<long?> SizeAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(paths.Object(bucket, key));
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public Task PutAsync(string bucket, string key, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        objects.PutAsync(bucket, key, contentType, content, cancellationToken);

    public Task PutStreamAsync(string bucket, string key, string contentType, Stream content, long length, CancellationToken cancellationToken) =>
        objects.PutAsync(bucket, key, contentType, content, length, cancellationToken);

    public Task DeleteAsync(string bucket, string key, string? version, CancellationToken cancellationToken) =>
        objects.DeleteAsync(bucket, key, version, cancellationToken);

    public Task DeleteAllAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        TenantPrefix.Check(prefix);
        return objects.DeleteAllAsync(bucket, prefix, cancellationToken);
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, string? after, CancellationToken cancellationToken) =>
        objects.ListAsync(bucket, prefix, after, cancellationToken);

    public Task TellAgainAsync(string bucket, string key, CancellationToken cancellationToken) => objects.TellAgainAsync(bucket, key, cancellationToken);

    public UploadGrant GrantUpload(string bucket, string key, string contentType, long maxBytes, DateTimeOffset expiresAt) =>
        grants.Upload(Address(bucket), bucket, key, contentType, maxBytes, expiresAt);

    public Uri GrantDownload(string bucket, string key, DateTimeOffset expiresAt) => grants.Download(Address(bucket), bucket, key, expiresAt);

    private Uri Address(string bucket) => new($"{url.AbsoluteUri.TrimEnd('/')}/{bucket}");
}
