using System.Globalization;

namespace DomainFlow.Cache.Redis;

/// <summary>A Redis server, not a cluster of shards (ElastiCache: cluster mode off, its primary endpoint).</summary>
/// <param name="CaFile">File of the certificates that the server's must chain to; null: those that the system trusts.</param>
public sealed record RedisSettings(string Host, int Port, bool Tls, string? User = null, string? Password = null, int Database = 0, string? CaFile = null)
{
    private const int DefaultPort = 6379;

    /// <summary>Tells whose password to use; asked first and when it is refused, so that a changed one is used without a restart. Null: what stands here.</summary>
    public Func<CancellationToken, Task<RedisLogin>>? Login { get; init; }

    /// <param name="url">CACHE_URL: <c>redis[s]://[[user]:password@]host[:port][/database]</c>; with the s over TLS.</param>
    /// <exception cref="FormatException">It is none; the message does not show it.</exception>
    public static RedisSettings Parse(string url)
    {
        var isAddress = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "redis" or "rediss";
        var database = 0;
        var identity = isAddress ? address!.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray() : [];
        if (!isAddress || address!.Host.Length == 0 || identity is [{ Length: > 0 }] || !IsDatabase(address.AbsolutePath.TrimStart('/'), out database))
            throw new FormatException("CACHE_URL must be redis[s]://[[user]:password@]host[:port][/database]");
        return new RedisSettings(
            address.Host,
            address.Port > 0 ? address.Port : DefaultPort,
            address.Scheme == "rediss",
            identity is [{ Length: > 0 } user, _] ? user : null,
            identity is [_, { Length: > 0 } password] ? password : null,
            database);
    }

    private static bool IsDatabase(string text, out int number) =>
        (number = 0) == text.Length || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Where it is: a password has no place in a message.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>A user of Redis.</summary>
public sealed record RedisLogin(string User, string Password)
{
    public override string ToString() => User;
}

/// <summary>Redis does not take this user's password.</summary>
internal sealed class RedisLoginRefusedException(string message) : IOException($"Redis refused the login: {message}");

/// <summary>Redis refused a command, did not answer in time or could not be reached.</summary>
internal sealed class RedisException(string message, Exception? cause = null) : Exception(message, cause);
