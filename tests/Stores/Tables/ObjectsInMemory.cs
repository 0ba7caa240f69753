using System.Collections.Concurrent;
using System.Globalization;
using DomainFlow.Domain.Objects;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>The objects that large values need, in memory.</summary>
public sealed class ObjectsInMemory(TimeProvider time) : IObjectStore
{
    private readonly ConcurrentDictionary<(string Bucket, string Key), (byte[] Content, DateTimeOffset At)> objects = new();

    public IReadOnlyList<string> Keys => [.. objects.Keys.Select(name => name.Key).Order(StringComparer.Ordinal)];

    /// <summary>Called before each read with the object's key.</summary>
    public Func<string, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public Exception? FailDeletesWith { get; set; }

    public async Task<byte[]?> ReadStartAsync(string bucket, string key, int count, CancellationToken cancellationToken)
    {
        await BeforeRead(key);
        return objects.TryGetValue((bucket, key), out var found) ? found.Content[..Math.Min(count, found.Content.Length)] : null;
    }

    public Task<long?> SizeAsync(string bucket, string key, CancellationToken cancellationToken) =>
        Task.FromResult(objects.TryGetValue((bucket, key), out var found) ? (long?)found.Content.Length : null);

    public Task PutAsync(string bucket, string key, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        objects[(bucket, key)] = (content.ToArray(), time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task PutStreamAsync(string bucket, string key, string contentType, Stream content, long length, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task DeleteAsync(string bucket, string key, string? version, CancellationToken cancellationToken)
    {
        if (FailDeletesWith is not null)
            throw FailDeletesWith;
        objects.TryRemove((bucket, key), out _);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(
        string bucket, string prefix, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var key in Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0))
        {
            await Task.Yield();
            var (content, at) = objects[(bucket, key)];
            yield return new StoredObject(key, content.Length, at.Ticks.ToString(CultureInfo.InvariantCulture), at);
        }
    }

    public Task DeleteAllAsync(string bucket, string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TellAgainAsync(string bucket, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public UploadGrant GrantUpload(string bucket, string key, string contentType, long maxBytes, DateTimeOffset expiresAt) => throw new NotSupportedException();

    public Uri GrantDownload(string bucket, string key, DateTimeOffset expiresAt) => throw new NotSupportedException();
}
