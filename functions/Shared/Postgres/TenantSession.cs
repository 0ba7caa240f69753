using Dapper;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>One transaction as one tenant. What is not committed when it is disposed is rolled back.</summary>
public sealed class TenantSession : IAsyncDisposable
{
    private const string BeginTenant = "SELECT begin_tenant($1)";

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

    /// <summary>
    /// Reads by one statement as one tenant, in one round trip: the two statements of a batch run in one implicit transaction.
    /// </summary>
    /// <param name="bind">Binds the statement's own values; the tenant is bound as <c>@tenant</c>.</param>
    /// <param name="read">Reads the statement's result.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static async Task<T> ReadOnceAsync<T>(
        NpgsqlDataSource database,
        Guid tenant,
        string sql,
        Action<NpgsqlParameterCollection>? bind,
        Func<NpgsqlDataReader, Task<T>> read,
        CancellationToken cancellationToken)
    {
        async Task<T> ReadAsync()
        {
            await using var batch = database.CreateBatch();
            var begin = new NpgsqlBatchCommand(BeginTenant);
            begin.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
            batch.BatchCommands.Add(begin);
            var statement = new NpgsqlBatchCommand(sql);
            statement.Parameters.Add(new NpgsqlParameter<Guid>("tenant", tenant));
            bind?.Invoke(statement.Parameters);
            batch.BatchCommands.Add(statement);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            return await read(reader);
        }

        try
        {
            return await ReadAsync();
        }
        catch (NpgsqlException broken) when (LostConnection.IsRenewable(broken))
        {
            LostConnection.Renew(database, broken);
            return await ReadAsync();
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

    /// <summary>One statement that only reads, as one tenant and in one round trip: the batch is its own transaction.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlDataSource database,
        Guid tenant,
        string sql,
        Action<NpgsqlParameterCollection>? bind,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(database, tenant, sql, bind, row, cancellationToken);
        }
        catch (NpgsqlException broken) when (LostConnection.IsRenewable(broken))
        {
            LostConnection.Renew(database, broken);
            return await ReadOnceAsync(database, tenant, sql, bind, row, cancellationToken);
        }
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

    private static async Task<IReadOnlyList<T>> ReadOnceAsync<T>(
        NpgsqlDataSource database,
        Guid tenant,
        string sql,
        Action<NpgsqlParameterCollection>? bind,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        var begin = new NpgsqlBatchCommand("SELECT begin_tenant($1)");
        begin.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        batch.BatchCommands.Add(begin);
#pragma warning disable CA2100 // Texts are made of constants; values are always bound.
        var statement = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        statement.Parameters.Add(new NpgsqlParameter<Guid>("tenant", tenant));
        bind?.Invoke(statement.Parameters);
        batch.BatchCommands.Add(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
        return rows;
    }
}
