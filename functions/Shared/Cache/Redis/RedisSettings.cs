namespace DomainFlow.Cache.Redis;

/// <summary>A Redis server, not a cluster of shards (ElastiCache: cluster mode off, its primary endpoint).</summary>
/// <param name="CaFile">File of the certificates that the server's must chain to; null: those that the system trusts.</param>
public sealed record RedisSettings(string Host, int Port, bool Tls, string? User = null, string? Password = null, int Database = 0, string? CaFile = null)
{
    private const int DefaultPort = 6379;

    /// <summary>Asks whose password to use, once for each connection, so that a changed one is used without a restart; null: what stands here.</summary>
    public Func<CancellationToken, Task<RedisLogin>>? Login { get; init; }

    /// <param name="url">CACHE_URL: <c>redis[s]://[[user]:password@]host[:port][/database]</c>; with the s over TLS.</param>
    /// <exception cref="FormatException">It is none; the message does not show it.</exception>
    public static RedisSettings Parse(string url, string? caFile = null)
    {
        var isAddress = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "redis" or "rediss";
        var database = 0;
        if (!isAddress || address!.Host.Length == 0 || !(address.AbsolutePath is "" or "/" || int.TryParse(address.AbsolutePath[1..], out database)))
            throw new FormatException("CACHE_URL must be redis[s]://[[user]:password@]host[:port][/database]");
        var identity = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        return new RedisSettings(
            address.Host,
            address.Port > 0 ? address.Port : DefaultPort,
            address.Scheme == "rediss",
            identity is [{ Length: > 0 } user, _] ? user : null,
            identity is [_, { Length: > 0 } password] ? password : null,
            database,
            caFile);
    }

    /// <summary>Where it is: a password has no place in a message.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>A user of Redis.</summary>
public sealed record RedisLogin(string User, string Password)
{
    public override string ToString() => User;
}

/// <summary>Redis refused a command, did not answer in time or could not be reached.</summary>
internal sealed class RedisException(string message, Exception? cause = null) : Exception(message, cause);
