using Npgsql;

namespace DomainFlow.Embedded.Tests.Support;

/// <summary>A database of its own with schema <c>embedded</c>, used as the functions' role. Without DOMAINFLOW_TEST_POSTGRES its tests are skipped.</summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private readonly string? server = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_POSTGRES");
    private readonly string name = $"embedded_{Guid.NewGuid():n}";
    private NpgsqlDataSource? owner;
    private NpgsqlDataSource? functions;

    /// <summary>Connected as the functions' role, with nothing but the scripts' grants.</summary>
    public NpgsqlDataSource Functions => Available(functions);

    /// <summary>Connected as the owner of the schema, as the local host is.</summary>
    public NpgsqlDataSource Owner => Available(owner);

    public async Task InitializeAsync()
    {
        if (server is null)
            return;
        var password = Guid.NewGuid().ToString("n");
        await RunAsync(server, $"CREATE ROLE {name} LOGIN PASSWORD '{password}'", $"CREATE DATABASE {name}");
        var database = new NpgsqlConnectionStringBuilder(server) { Database = name };
        owner = NpgsqlDataSource.Create(database);
        foreach (var (_, sql) in EmbeddedSchema.Scripts)
            await RunAsync(database.ConnectionString, sql.Replace(EmbeddedSchema.RolePlaceholder, $"\"{name}\"", StringComparison.Ordinal));
        var role = new NpgsqlConnectionStringBuilder(server) { Database = name, Username = name, Password = password, MaxPoolSize = 20 };
        functions = NpgsqlDataSource.Create(role);
    }

    public async Task DisposeAsync()
    {
        if (functions is null)
            return;
        await functions.DisposeAsync();
        await owner!.DisposeAsync();
        await RunAsync(server!, $"DROP DATABASE {name} WITH (FORCE)", $"DROP ROLE {name}");
    }

    private static NpgsqlDataSource Available(NpgsqlDataSource? source)
    {
        Skip.If(source is null, "DOMAINFLOW_TEST_POSTGRES names no PostgreSQL server");
        return source!;
    }

    private static async Task RunAsync(string connectionString, params string[] statements)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
