using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>One pool of connections to one database as one role, made once per process.</summary>
public sealed class PostgresDataSource : IAsyncDisposable
{
    // A process serves one invocation at a time: a handful of connections is all that its own concurrency can use.
    private const int MaxConnections = 4;

    private readonly DatabaseSettings _settings;
    private readonly IDatabaseCredentials _credentials;
    private readonly SemaphoreSlim _refreshing = new(1);
    private NpgsqlDataSource _source;

    private PostgresDataSource(DatabaseSettings settings, IDatabaseCredentials credentials, DatabaseCredentials current)
    {
        _settings = settings;
        _credentials = credentials;
        _source = Build(settings, current);
    }

    /// <summary>Reads the credentials; opens no connection yet.</summary>
    public static async Task<PostgresDataSource> CreateAsync(
        DatabaseSettings settings, IDatabaseCredentials credentials, CancellationToken cancellationToken) =>
        new(settings, credentials, await credentials.GetAsync(refresh: false, cancellationToken));

    /// <summary>An open connection of the pool. A refused password is read again once: it may have been rotated.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var source = _source;
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            var fresh = await RefreshAsync(source, cancellationToken);
            return await fresh.OpenConnectionAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _refreshing.Dispose();
    }

    private async Task<NpgsqlDataSource> RefreshAsync(NpgsqlDataSource refused, CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(_source, refused)) return _source;
            _source = Build(_settings, await _credentials.GetAsync(refresh: true, cancellationToken));
            await refused.DisposeAsync();
            return _source;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private static NpgsqlDataSource Build(DatabaseSettings settings, DatabaseCredentials credentials)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = settings.Host,
            Port = settings.Port,
            Database = settings.Database,
            Username = credentials.Username,
            Password = credentials.Password,
            SslMode = settings.CaFile is null ? SslMode.Disable : SslMode.VerifyFull,
            RootCertificate = settings.CaFile,
            MaxPoolSize = MaxConnections,
            Timeout = 10,
            ApplicationName = "domainflow",
            // No timer of ours runs while a function is frozen: the kernel's keepalive is what notices a dead peer.
            KeepAlive = 0,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 10,
        };
        return new NpgsqlDataSourceBuilder(connection.ConnectionString).Build();
    }
}
