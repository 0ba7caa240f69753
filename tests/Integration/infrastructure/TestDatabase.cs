using System.Security.Cryptography;
using DomainFlow.DbInit;
using DomainFlow.DbInit.Schema;
using DomainFlow.DbInit.UseCases;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Infrastructure;

/// <summary>
/// A database of a test class's own, with roles of its own, in the cluster that DOMAINFLOW_TEST_POSTGRES names; dropped afterwards. Without
/// that variable the class's tests are skipped.
/// </summary>
public class TestDatabase : IAsyncLifetime
{
    public const string Variable = "DOMAINFLOW_TEST_POSTGRES";

    private readonly string? _cluster = Environment.GetEnvironmentVariable(Variable);
    private readonly string _name = $"t_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
    private readonly List<NpgsqlDataSource> _sources = [];
    private readonly List<string> _roles = [];
    private NpgsqlDataSource? _functions;

    public string Name => _name;

    public DatabaseCredentials Owner { get; private set; } = null!;

    public DatabaseCredentials Functions { get; private set; } = null!;

    public DatabaseSettings Settings { get; private set; } = null!;

    /// <summary>Skips the test where there is no cluster.</summary>
    public TestDatabase Needed()
    {
        Skip.If(_cluster is null, $"{Variable} is not set: no PostgreSQL to test against.");
        return this;
    }

    /// <summary>The schema as this release lays it; once per fixture.</summary>
    public async Task<NpgsqlDataSource> LaidAsync()
    {
        Needed();
        if (_functions is not null) return _functions;
        Assert.Null(await (await SchemaAsync()).RunAsync(new WorkLog(), CancellationToken.None));
        return _functions = await OpenAsync(Functions);
    }

    /// <summary>A LaySchema with a pool of its own, as another process would have.</summary>
    public async Task<LaySchema> SchemaAsync() => Schema(await OpenAsync(Owner));

    public LaySchema Schema(NpgsqlDataSource owner) =>
        new(owner, new FunctionsRole(Functions, Settings), BuiltInAgents.All, embedded: true, TimeProvider.System);

    /// <summary>A pool that lives as long as the database.</summary>
    public async Task<NpgsqlDataSource> OpenAsync(DatabaseCredentials credentials)
    {
        var source = await ConnectAsync(credentials);
        lock (_sources) _sources.Add(source);
        return source;
    }

    /// <summary>A pool that the caller ends.</summary>
    public Task<NpgsqlDataSource> ConnectAsync(DatabaseCredentials credentials) =>
        PostgresDataSource.CreateAsync(Settings, _ => Task.FromResult(credentials), CancellationToken.None);

    public async Task<NpgsqlDataSource> OwnerSourceAsync() => await OpenAsync(Owner);

    /// <summary>A role of the cluster that the test made, to be dropped with the database.</summary>
    public void AlsoDrop(string role) => _roles.Add(role);

    /// <summary>Rows as text, columns joined by " | ".</summary>
    public async Task<List<string>> LinesAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return lines;
    }

    public async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public virtual async Task InitializeAsync()
    {
        if (_cluster is null) return;
        var cluster = new NpgsqlConnectionStringBuilder(_cluster);
        Settings = new DatabaseSettings(cluster.Host!, cluster.Port, _name, cluster.RootCertificate);
        Owner = new DatabaseCredentials($"{_name}_owner", Password());
        Functions = new DatabaseCredentials($"{_name}_functions", Password());
        await using var superuser = NpgsqlDataSource.Create(_cluster);
        await ExecuteAsync(superuser, $"CREATE ROLE {Owner.Username} LOGIN CREATEROLE PASSWORD '{ScramVerifier.Make(Owner.Password)}'");
        await ExecuteAsync(superuser, $"CREATE DATABASE {_name} OWNER {Owner.Username}");
        await using var own = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_cluster) { Database = _name }.ConnectionString);
        await ExecuteAsync(own, "CREATE EXTENSION IF NOT EXISTS postgis");
    }

    public virtual async Task DisposeAsync()
    {
        if (_cluster is null) return;
        foreach (var source in _sources) await source.DisposeAsync();
        await using var superuser = NpgsqlDataSource.Create(_cluster);
        await ExecuteAsync(superuser, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        foreach (var role in _roles.Append(Functions.Username)) await ExecuteAsync(superuser, $"DROP ROLE IF EXISTS \"{role}\"");
        await ExecuteAsync(superuser, $"DROP ROLE IF EXISTS {Owner.Username}");
    }

    private static string Password() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
