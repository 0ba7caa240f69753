using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>One pool of connections to one database as one role, made once per process.</summary>
public static class PostgresDataSource
{
    // A process serves one invocation at a time: a handful of connections is all that its own concurrency can use.
    private const int MaxConnections = 4;

    /// <summary>Reads the credentials; opens no connection yet. Each later physical connection reads them again, so that a rotated
    /// password is used as soon as it is needed; the user name stays.</summary>
    /// <exception cref="InvalidOperationException">TLS cannot be verified: there is no such file of certificates.</exception>
    public static async Task<NpgsqlDataSource> CreateAsync(
        DatabaseSettings settings, Func<CancellationToken, Task<DatabaseCredentials>> credentials, CancellationToken cancellationToken)
    {
        if (!settings.IsSocket && !File.Exists(settings.CaFile))
            throw new InvalidOperationException($"DB_CA_FILE names '{settings.CaFile}', which does not exist: the server's certificate must be verified.");
        DatabaseCredentials? first = await credentials(cancellationToken);
        var builder = new NpgsqlDataSourceBuilder(ConnectionString(settings, first.Username));
        builder.UsePasswordProvider(
            _ => throw new NotSupportedException("Connections are opened asynchronously."),
            async (_, token) => (Interlocked.Exchange(ref first, null) ?? await credentials(token)).Password);
        return builder.Build();
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
