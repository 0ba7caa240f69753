using DomainFlow.Local;
using Npgsql;

namespace DomainFlow.Benchmarks.Running;

/// <summary>The PostgreSQL cluster that the DB_* variables name: databases of our own in it, reached over TLS.</summary>
internal sealed class Cluster(DatabaseSettings settings, string superuser, string superuserPassword)
{
    public DatabaseSettings Settings { get; } = settings;

    public static Cluster Read(Func<string, string?> variable) =>
        new(DatabaseSettings.Read(variable), variable("DB_SUPERUSER") ?? "postgres",
            variable("DB_SUPERUSER_PASSWORD") ?? throw new HostException("DB_SUPERUSER_PASSWORD is not set: evaluate what `scripts/postgres start` prints"));

    /// <summary>Connection string of the superuser, who fills stores and looks on.</summary>
    public string Superuser(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = Settings.Host,
        Port = Settings.Port,
        Database = database,
        Username = superuser,
        Password = superuserPassword,
        SslMode = SslMode.VerifyFull,
        RootCertificate = Settings.CaFile,
        // A machine that is busy with the measurement itself may let a connection wait.
        Timeout = 120,
        CommandTimeout = 600,
        Pooling = false,
    }.ConnectionString;

    /// <summary>Makes an empty database of the owner's, in place of one of that name.</summary>
    public async Task MakeAsync(string database, CancellationToken stop)
    {
        await DropAsync(database, stop);
        await ExecuteAsync("postgres", $"CREATE DATABASE {database} OWNER {Settings.Owner.User}", stop);
    }

    public Task DropAsync(string database, CancellationToken stop) => ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)", stop);

    /// <summary>Runs a statement of ours as the superuser.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(Superuser(database));
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
