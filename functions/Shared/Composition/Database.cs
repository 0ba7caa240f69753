using DomainFlow.Aws;
using DomainFlow.Hosting;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Composition;

/// <summary>The function's one data source, connected while the process initialises.</summary>
public static class Database
{
    /// <exception cref="ConfigurationException">A variable says what cannot be.</exception>
    public static async Task<NpgsqlDataSource> OpenAsync(FunctionEnvironment environment)
    {
        var source = await PostgresDataSource.CreateAsync(Settings(environment), Credentials(environment), CancellationToken.None);
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await using var connection = await source.OpenConnectionAsync(limit.Token);
        }
        catch (Exception notYet) when (notYet is NpgsqlException or OperationCanceledException)
        {
            // The first invocation tries again and answers for it.
            FunctionLog.Error(notYet, "PostgreSQL could not be reached while initialising");
        }

        return source;
    }

    public static DatabaseSettings Settings(FunctionEnvironment environment) =>
        int.TryParse(environment["DB_PORT"], out var port) && port is > 0 and < 65536
            ? new(environment["DB_HOST"], port, environment["DB_NAME"], environment["DB_CA_FILE"])
            : throw new ConfigurationException("DB_PORT must be a port number");

    private static Func<CancellationToken, Task<DatabaseCredentials>> Credentials(FunctionEnvironment environment)
    {
        if (environment.Optional("DB_SECRET_ARN") is { } secret)
        {
            return new SecretsManagerCredentials(secret).ReadAsync;
        }

        var local = new DatabaseCredentials(environment["DB_USER"], environment["DB_PASSWORD"]);
        return _ => Task.FromResult(local);
    }
}
