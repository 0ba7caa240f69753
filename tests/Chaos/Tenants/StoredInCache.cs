using System.IO.Compression;
using System.Text;
using DomainFlow.Cache.Redis;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>What the processes share in Redis: every key begins with its tenant, and holds nothing of another's.</summary>
internal sealed class StoredInCache(RedisSettings settings, Action<string, Guid, string> see, Action<string> complain)
{
    public const string Store = "cache";

    public async Task LookAsync()
    {
        using var redis = await RedisConnection.OpenAsync(settings, null, CancellationToken.None);
        var keys = (RespReply.Items)await SendAsync(redis, "KEYS", "*");
        foreach (var key in keys.Replies.OfType<RespReply.Bulk>().Select(reply => Encoding.UTF8.GetString(reply.Bytes!)))
        {
            // Between the two a count may have ended.
            if (await SendAsync(redis, "GET", key) is not RespReply.Bulk { Bytes: { } value }) continue;
            if (Guid.TryParse(key.Split(':')[0], out var tenant)) see(Store, tenant, $"{key}\n{Text(value)}");
            else complain($"the cache's key {key} names no tenant");
        }
    }

    private static Task<RespReply> SendAsync(RedisConnection redis, params string[] words) =>
        redis.CallAsync([.. words.Select(word => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(word))], CancellationToken.None);

    /// <summary>As it stands, and unpacked where it is packed.</summary>
    private static string Text(byte[] value)
    {
        try
        {
            using var unpacked = new MemoryStream();
            using (var compressed = new BrotliStream(new MemoryStream(value), CompressionMode.Decompress)) compressed.CopyTo(unpacked);
            return Encoding.Latin1.GetString(value) + "\n" + Encoding.UTF8.GetString(unpacked.ToArray());
        }
        catch (InvalidOperationException)
        {
            return Encoding.Latin1.GetString(value);
        }
    }
}
