using DomainFlow.Domain.Objects;

namespace DomainFlow.Unit.Tests.Photos;

/// <summary>An object store before whose changes a test can let something else happen.</summary>
internal sealed class WatchedObjects(IObjectStore inner) : IObjectStore
{
    public Func<string, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public Func<string, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    public Func<string, Task> BeforeDelete { get; set; } = _ => Task.CompletedTask;

    public async Task<byte[]?> ReadStartAsync(string bucket, string key, int count, CancellationToken cancellationToken)
    {
        await BeforeRead(key);
        return await inner.ReadStartAsync(bucket, key, count, cancellationToken);
    }

    public Task<long?> SizeAsync(string bucket, string key, CancellationToken cancellationToken) => inner.SizeAsync(bucket, key, cancellationToken);

    public async Task PutAsync(string bucket, string key, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await BeforePut(key);
        await inner.PutAsync(bucket, key, contentType, content, cancellationToken);
    }

    public async Task PutStreamAsync(string bucket, string key, string contentType, Stream content, long length, CancellationToken cancellationToken)
    {
        await BeforePut(key);
        await inner.PutStreamAsync(bucket, key, contentType, content, length, cancellationToken);
    }

    public async Task DeleteAsync(string bucket, string key, string? version, CancellationToken cancellationToken)
    {
        await BeforeDelete(key);
        await inner.DeleteAsync(bucket, key, version, cancellationToken);
    }

    public async Task DeleteAllAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        await BeforeDelete(prefix);
        await inner.DeleteAllAsync(bucket, prefix, cancellationToken);
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, string? after, CancellationToken cancellationToken) =>
        inner.ListAsync(bucket, prefix, after, cancellationToken);

    public Task TellAgainAsync(string bucket, string key, CancellationToken cancellationToken) => inner.TellAgainAsync(bucket, key, cancellationToken);

    public UploadGrant GrantUpload(string bucket, string key, string contentType, long maxBytes, DateTimeOffset expiresAt) =>
        inner.GrantUpload(bucket, key, contentType, maxBytes, expiresAt);

    public Uri GrantDownload(string bucket, string key, DateTimeOffset expiresAt) => inner.GrantDownload(bucket, key, expiresAt);
}
