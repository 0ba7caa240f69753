using System.Runtime.CompilerServices;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>One pool of connections to one database as one role, made once per process.</summary>
public static class PostgresDataSource
{
    // A process serves one invocation at a time: a handful of connections is all that its own concurrency can use.
    private const int MaxConnections = 4;

    private static readonly ConditionalWeakTable<NpgsqlDataSource, CachedCredentials> Passwords = [];

    /// <summary>Reads the credentials; opens no connection yet. The password is kept for later connections, and read again when it is old
    /// or refused (<see cref="RereadPassword"/>), so that a rotated one is used without a restart; the user name must stay (a rotation of a single user).</summary>
    /// <param name="clock">Tells how old the password is; null: the system's.</param>
    /// <exception cref="InvalidOperationException">TLS cannot be verified: there is no such file of certificates.</exception>
    public static async Task<NpgsqlDataSource> CreateAsync(
        DatabaseSettings settings,
        Func<CancellationToken, Task<DatabaseCredentials>> credentials,
        CancellationToken cancellationToken,
        TimeProvider? clock = null)
    {
        if (!settings.IsSocket && !File.Exists(settings.CaFile))
            throw new InvalidOperationException($"DB_CA_FILE names '{settings.CaFile}', which does not exist: the server's certificate must be verified.");
        var cached = new CachedCredentials(credentials, clock ?? TimeProvider.System);
        var first = await cached.GetAsync(cancellationToken);
        var builder = new NpgsqlDataSourceBuilder(ConnectionString(settings, first.Username));
        builder.UsePasswordProvider(
            _ => throw new NotSupportedException("Connections are opened asynchronously."),
            async (_, token) => await cached.GetAsync(token) is var now && now.Username == first.Username
                ? now.Password
                : throw new InvalidOperationException(
                    $"The database's user was {first.Username} and is now {now.Username}: rotate a single user's password, or restart the function."));
        var source = builder.Build();
        Passwords.Add(source, cached);
        return source;
    }

    /// <summary>A connection; where the server refuses the password, tried once more with what the password is now.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        try
        {
            return await database.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException refused) when (PostgresFailure.IsRefusedPassword(refused))
        {
            RereadPassword(database);
            return await database.OpenConnectionAsync(cancellationToken);
        }
    }

    /// <summary>The server refused the password: the next connection reads it again.</summary>
    internal static void RereadPassword(NpgsqlDataSource database)
    {
        if (Passwords.TryGetValue(database, out var cached)) cached.Refuse();
    }

    private static string ConnectionString(DatabaseSettings settings, string username) => new NpgsqlConnectionStringBuilder
    {
        Host = settings.Host,
        Port = settings.Port,
        Database = settings.Database,
        Username = username,
        SslMode = settings.IsSocket ? SslMode.Disable : SslMode.VerifyFull,
        RootCertificate = settings.IsSocket ? null : settings.CaFile,
        MaxPoolSize = MaxConnections,
        Timeout = 10,
        ApplicationName = "domainflow",
        // Whatever a session is told here lasts until its transaction's end: there is nothing to reset, and DISCARD ALL between two uses
        // would throw away the server's plans of foreign-key checks and functions as well.
        NoResetOnClose = true,
        MaxAutoPrepare = 40,
        AutoPrepareMinUsages = 2,
        // No timer of ours runs while a function is frozen: the kernel's keepalive is what notices a dead peer.
        KeepAlive = 0,
        TcpKeepAlive = true,
        TcpKeepAliveTime = 30,
        TcpKeepAliveInterval = 10,
    }.ConnectionString;
}
