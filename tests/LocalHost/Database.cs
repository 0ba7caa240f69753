using Dapper;
using DomainFlow.Local;
using Npgsql;

namespace DomainFlow.LocalHost.Tests;

/// <summary>A database of the test's own, with an owner role; dropped with it. Without DOMAINFLOW_TEST_POSTGRES the test is skipped.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder superuser;
    private readonly string name = "host_" + Guid.NewGuid().ToString("N");

    private Database(NpgsqlConnectionStringBuilder superuser) => this.superuser = superuser;

    public DatabaseSettings Settings => new(
        superuser.Host!, superuser.Port, name, superuser.RootCertificate!,
        new DatabaseLogin(name, "owner-of-a-test"), new DatabaseLogin("domainflow_functions", "unused"));

    public static async Task<Database> CreateAsync()
    {
        var variable = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_POSTGRES");
        Skip.If(string.IsNullOrEmpty(variable), "DOMAINFLOW_TEST_POSTGRES is not set");
        var database = new Database(new NpgsqlConnectionStringBuilder(variable) { Pooling = false });
        await using var connection = await database.OpenSuperuserAsync();
        await connection.ExecuteAsync($"CREATE ROLE {database.name} LOGIN PASSWORD 'owner-of-a-test'");
        await connection.ExecuteAsync($"CREATE DATABASE {database.name} OWNER {database.name}");
        return database;
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(Settings.OwnerConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The table that the functions write changes to.</summary>
    public async Task CreateChangesAsync()
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync("""
            CREATE SCHEMA embedded;
            CREATE TABLE embedded.changes (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, table_name text NOT NULL, keys jsonb NOT NULL,
                event text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())
            """);
    }

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async ValueTask DisposeAsync()
    {
        await using var connection = await OpenSuperuserAsync();
        await connection.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await connection.ExecuteAsync($"DROP ROLE IF EXISTS {name}");
    }

    private async Task<NpgsqlConnection> OpenSuperuserAsync()
    {
        var connection = new NpgsqlConnection(superuser.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
