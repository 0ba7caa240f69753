using DomainFlow.Domain.Caching;

namespace DomainFlow.Cache;

/// <summary>
/// A cache of one process: bounded in entries and bytes, what was used longest ago goes first. Counts and locks hold within the process.
/// </summary>
public sealed class InProcessCache(TimeProvider time, int maxEntries = 10_000, long maxBytes = 32 * 1024 * 1024) : ICache
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = []; // first: used last
    private long _bytes;

    /// <summary>Entries, expired ones that nobody asked for among them.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    public Task<byte[]?> GetAsync(CacheKey key, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Find(key) is { } found ? (byte[]?)found.Value.Clone() : null);
    }

    public Task SetAsync(CacheKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Drop(key);
            if (value.Length <= ICache.MaxValueBytes)
                Add(new Entry(key.Text, value.ToArray(), Expiry(key)));
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(CacheKey key, CancellationToken cancellationToken)
    {
        lock (_gate) Drop(key);
        return Task.CompletedTask;
    }

    public Task<WindowCount> IncrementAsync(CacheKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entry = Find(key) ?? Add(new Entry(key.Text, [], Expiry(key)));
            entry.Count++;
            return Task.FromResult(new WindowCount(entry.Count, entry.Expiry - time.GetUtcNow(), IsShared: false));
        }
    }

    public Task<LockOutcome> LockAsync(CacheKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(key) is not null)
                return Task.FromResult<LockOutcome>(new LockOutcome.Taken());
            var held = new CacheLock(key, Guid.NewGuid().ToString("n"));
            Add(new Entry(key.Text, [], Expiry(key)) { Owner = held.Owner });
            return Task.FromResult<LockOutcome>(new LockOutcome.Held(held));
        }
    }

    public Task<bool> UnlockAsync(CacheLock held, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var isHeld = Find(held.Key)?.Owner == held.Owner;
            if (isHeld)
                Drop(held.Key);
            return Task.FromResult(isHeld);
        }
    }

    private DateTimeOffset Expiry(CacheKey key) => time.GetUtcNow() + key.Lifetime;

    private Entry? Find(CacheKey key)
    {
        if (!_entries.TryGetValue(key.Text, out var node))
            return null;
        if (node.Value.Expiry <= time.GetUtcNow())
        {
            Drop(node);
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value;
    }

    private Entry Add(Entry entry)
    {
        _entries[entry.Key] = _byUse.AddFirst(entry);
        _bytes += entry.Value.Length;
        while (_entries.Count > maxEntries || _bytes > maxBytes)
            Drop(_byUse.Last!);
        return entry;
    }

    private void Drop(CacheKey key)
    {
        if (_entries.TryGetValue(key.Text, out var node))
            Drop(node);
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _byUse.Remove(node);
        _bytes -= node.Value.Value.Length;
    }

    private sealed record Entry(string Key, byte[] Value, DateTimeOffset Expiry)
    {
        public long Count { get; set; }

        public string? Owner { get; init; }
    }
}
