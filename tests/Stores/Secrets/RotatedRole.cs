using System.Security.Cryptography;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Stores.Tests.Secrets;

/// <summary>A role of the cluster that DOMAINFLOW_TEST_POSTGRES names, with a password that changes, in a database of its own.</summary>
public sealed class RotatedRole : IAsyncDisposable
{
    private readonly string _name = $"rotated_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
    private readonly string _cluster;

    private RotatedRole(string cluster) => _cluster = cluster;

    public string Password { get; private set; } = "";

    public DatabaseCredentials Credentials => new(_name, Password);

    public DatabaseSettings Settings
    {
        get
        {
            var cluster = new NpgsqlConnectionStringBuilder(_cluster);
            return new DatabaseSettings(cluster.Host!, cluster.Port, _name, cluster.RootCertificate);
        }
    }

    public static async Task<RotatedRole> MakeAsync()
    {
        var cluster = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_POSTGRES");
        Skip.If(cluster is null, "DOMAINFLOW_TEST_POSTGRES names no PostgreSQL server");
        var role = new RotatedRole(cluster!);
        await role.RunAsync("postgres", $"CREATE ROLE {role._name} LOGIN", $"CREATE DATABASE {role._name}");
        await role.RunAsync(role._name, "CREATE FUNCTION begin_tenant(uuid) RETURNS void LANGUAGE sql AS 'SELECT'");
        await role.RotateAsync();
        return role;
    }

    /// <summary>A new password: the one before is refused from now on.</summary>
    public Task RotateAsync()
    {
        Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return RunAsync("postgres", $"ALTER ROLE {_name} PASSWORD '{Password}'");
    }

    public async ValueTask DisposeAsync() => await RunAsync("postgres", $"DROP DATABASE {_name} WITH (FORCE)", $"DROP ROLE {_name}");

    private async Task RunAsync(string database, params string[] statements)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_cluster) { Database = database, Pooling = false });
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
