using Dapper;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>One transaction as one tenant. What is not committed when it is disposed is rolled back.</summary>
public sealed class TenantSession : IAsyncDisposable
{
    internal const string BeginTenant = "SELECT begin_tenant($1)";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    static TenantSession() => SqlMapper.AddTypeHandler(new UtcTimes());

    private TenantSession(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant)
    {
        _connection = connection;
        _transaction = transaction;
        Tenant = tenant;
    }

    public Guid Tenant { get; }

    /// <summary>Opens a connection, begins a transaction and tells it the tenant.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static async Task<TenantSession> BeginAsync(NpgsqlDataSource database, Guid tenant, CancellationToken cancellationToken)
    {
        try
        {
            return await BeginOnceAsync(database, tenant, cancellationToken);
        }
        catch (NpgsqlException broken) when (LostConnection.IsRenewable(broken))
        {
            // A connection that slept in the pool while the function was frozen, or a password that was rotated: nothing was done yet.
            LostConnection.Renew(database, broken);
            return await BeginOnceAsync(database, tenant, cancellationToken);
        }
    }

    /// <summary>A command of this transaction, with the tenant bound as <c>@tenant</c>: statements name it beside the views, so that
    /// partitions are pruned when they are planned.</summary>
    public NpgsqlCommand Command(string sql)
    {
#pragma warning disable CA2100 // Texts are made of constants; values are always bound.
        var command = new NpgsqlCommand(sql, _connection, _transaction);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<Guid>("tenant", Tenant));
        return command;
    }

    /// <summary>Rows as values, or as records whose parameters carry the columns' names. The tenant is bound as <c>@tenant</c>.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Action<NpgsqlParameterCollection>? bind, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(sql, new TenantParameters(Tenant, bind), _transaction, cancellationToken: cancellationToken);
        return (await _connection.QueryAsync<T>(command)).AsList();
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<TenantSession> BeginOnceAsync(NpgsqlDataSource database, Guid tenant, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(BeginTenant, connection, transaction);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new TenantSession(connection, transaction, tenant);
        }
        catch (NpgsqlException broken)
        {
            if (LostConnection.Is(broken)) NpgsqlConnection.ClearPool(connection);
            await connection.DisposeAsync();
            throw;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
