using System.Collections.Concurrent;
using System.Globalization;
using DomainFlow.Cache.Redis;
using DomainFlow.Domain.Caching;

namespace DomainFlow.Cache;

/// <summary>
/// A cache in Redis that all processes share. Where Redis is dead or slow, values and counts are this process's own for as long, and
/// locks are unknown.
/// </summary>
/// <param name="limit">Longest time of one call over a connection that stands; 50 ms is plenty within a network.</param>
/// <param name="tell">Is told, in a sentence, when Redis is left alone and when it answers again.</param>
public sealed class RedisCache(RedisSettings settings, TimeSpan limit, TimeProvider time, Action<string>? tell = null) : ICache, IDisposable
{
    private const int MaxOwed = 10_000;

    // The window begins with its first count; a count without a window would last for ever.
    private const string Increment =
        "local n = redis.call('INCR', KEYS[1]) local t = redis.call('PTTL', KEYS[1]) "
        + "if t < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) t = tonumber(ARGV[1]) end return {n, t}";

    // Asked twice by the same owner, because an answer was lost, it is the same owner's lock.
    private const string TakeLock =
        "if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) or redis.call('GET', KEYS[1]) == ARGV[1] then return 1 end return 0";

    private const string GiveLock = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private readonly RedisClient _redis = new(settings, limit, time, tell);
    private readonly InProcessCache _own = new(time);

    // Changes that Redis did not hear of: what it holds under these keys is out of date until it is removed, or has expired.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _owed = new();

    /// <summary>Connects ahead of the first call.</summary>
    /// <returns>Whether Redis answers.</returns>
    public async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _redis.CallAsync(cancellationToken, Word("PING"));
            return true;
        }
        catch (RedisException)
        {
            return false;
        }
    }

    public async Task<byte[]?> GetAsync(CacheKey key, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(key, cancellationToken);
            var bytes = await _redis.CallAsync(cancellationToken, Word("GET"), Word(key.Text)) is RespReply.Bulk found ? found.Bytes : null;
            // What this process kept for itself is older: it must not come back when Redis goes away once more.
            await _own.RemoveAsync(key, cancellationToken);
            return bytes;
        }
        catch (RedisException)
        {
            return await _own.GetAsync(key, cancellationToken);
        }
    }

    public async Task SetAsync(CacheKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        if (value.Length > ICache.MaxValueBytes)
        {
            await RemoveAsync(key, cancellationToken);
            return;
        }

        try
        {
            await _redis.CallAsync(cancellationToken, Word("SET"), Word(key.Text), value, Word("PX"), Milliseconds(key));
            _owed.TryRemove(key.Text, out _);
            await _own.RemoveAsync(key, cancellationToken);
        }
        catch (RedisException)
        {
            Owe(key);
            await _own.SetAsync(key, value, cancellationToken);
        }
    }

    public async Task RemoveAsync(CacheKey key, CancellationToken cancellationToken)
    {
        await _own.RemoveAsync(key, cancellationToken);
        try
        {
            await DeleteAsync(key, cancellationToken);
        }
        catch (RedisException)
        {
            Owe(key);
        }
    }

    public async Task<WindowCount> IncrementAsync(CacheKey key, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await _redis.CallOnceAsync(cancellationToken, Word("EVAL"), Word(Increment), Word("1"), Word(key.Text), Milliseconds(key));
            return reply is RespReply.Items { Replies: [RespReply.Number count, RespReply.Number left] }
                ? new WindowCount(count.Value, TimeSpan.FromMilliseconds(left.Value), IsShared: true)
                : throw new RedisException("Redis answers a count with something else.");
        }
        catch (RedisException)
        {
            return await _own.IncrementAsync(key, cancellationToken);
        }
    }

    public async Task<LockOutcome> LockAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var held = new CacheLock(key, Guid.NewGuid().ToString("n"));
        try
        {
            var reply = await EvaluateAsync(TakeLock, key, cancellationToken, Word(held.Owner), Milliseconds(key));
            return reply is RespReply.Number { Value: 1 } ? new LockOutcome.Held(held) : new LockOutcome.Taken();
        }
        catch (RedisException)
        {
            return new LockOutcome.Unknown();
        }
    }

    public async Task<bool> UnlockAsync(CacheLock held, CancellationToken cancellationToken)
    {
        try
        {
            return await EvaluateAsync(GiveLock, held.Key, cancellationToken, Word(held.Owner)) is RespReply.Number { Value: 1 };
        }
        catch (RedisException)
        {
            return false;
        }
    }

    public void Dispose() => _redis.Dispose();

    private static ReadOnlyMemory<byte> Word(string text) => RedisClient.Bytes(text);

    private static ReadOnlyMemory<byte> Milliseconds(CacheKey key) => Word(((long)key.Lifetime.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));

    private Task<RespReply> EvaluateAsync(string script, CacheKey key, CancellationToken cancellationToken, params ReadOnlyMemory<byte>[] arguments) =>
        _redis.CallAsync(cancellationToken, [Word("EVAL"), Word(script), Word("1"), Word(key.Text), .. arguments]);

    private async Task DeleteAsync(CacheKey key, CancellationToken cancellationToken)
    {
        await _redis.CallAsync(cancellationToken, Word("DEL"), Word(key.Text));
        _owed.TryRemove(key.Text, out _);
    }

    /// <summary>Removes what Redis should have forgotten, before it is asked for it.</summary>
    private async Task SettleAsync(CacheKey key, CancellationToken cancellationToken)
    {
        if (!_owed.TryGetValue(key.Text, out var until))
            return;
        if (until > time.GetUtcNow())
            await DeleteAsync(key, cancellationToken);
        else
            _owed.TryRemove(key.Text, out _);
    }

    /// <summary>Beyond the bound the lifetime alone ends what is out of date.</summary>
    private void Owe(CacheKey key)
    {
        if (_owed.Count < MaxOwed)
            _owed[key.Text] = time.GetUtcNow() + key.Lifetime;
    }
}
