namespace DomainFlow.Domain.Caching;

/// <summary>
/// What may be forgotten at any time: it makes answers quicker, never other. No call fails because a cache is away; each takes the time
/// that its key says.
/// </summary>
public interface ICache
{
    /// <summary>Larger values are not kept.</summary>
    const int MaxValueBytes = 1024 * 1024;

    /// <summary>The value; null where there is none (any more).</summary>
    Task<byte[]?> GetAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Keeps the value for the key's lifetime, in the place of what was there.</summary>
    Task SetAsync(CacheKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    Task RemoveAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Counts one more within a window that begins with its first count and lasts the key's lifetime.</summary>
    Task<WindowCount> IncrementAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Takes the lock for the key's lifetime, unless it is held.</summary>
    Task<LockOutcome> LockAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Gives the lock back.</summary>
    /// <returns>False where it is not known to have been held to the end: it expired, somebody else may have it by now, or the cache is away.</returns>
    Task<bool> UnlockAsync(CacheLock held, CancellationToken cancellationToken);
}

/// <param name="Count">With the one just counted.</param>
/// <param name="Left">Until the window ends.</param>
/// <param name="IsShared">All processes count together; false where the cache is away and this process counts for itself.</param>
public sealed record WindowCount(long Count, TimeSpan Left, bool IsShared);

/// <param name="Owner">Tells this holder from every other.</param>
public sealed record CacheLock(CacheKey Key, string Owner);

/// <summary>What became of the wish for a lock.</summary>
public abstract record LockOutcome
{
    private LockOutcome()
    {
    }

    public sealed record Held(CacheLock Lock) : LockOutcome;

    /// <summary>Somebody else holds it.</summary>
    public sealed record Taken : LockOutcome;

    /// <summary>
    /// The cache is away: nobody can tell. A lock of one process alone would be none. Whoever locks to save work goes on; whoever needs to
    /// be the only one does not.
    /// </summary>
    public sealed record Unknown : LockOutcome;
}
