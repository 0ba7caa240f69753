using Npgsql;

namespace DomainFlow.DbInit.Schema;

/// <summary>One DbInit at a time works on a database; the others wait, each on its own connection.</summary>
public sealed class SchemaLock : IAsyncDisposable
{
    // Any number will do, as long as nothing else in this database uses it.
    private const long Key = 0x446F6D61696E466C;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlConnection _connection;

    private SchemaLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Asks again and again rather than wait inside a statement: an index that is built concurrently waits for every statement that runs.</summary>
    public static async Task<SchemaLock> AcquireAsync(NpgsqlConnection connection, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
        while (await command.ExecuteScalarAsync(cancellationToken) is not true) await Task.Delay(BetweenAttempts, clock, cancellationToken);
        return new SchemaLock(connection);
    }

    public async ValueTask DisposeAsync()
    {
        // A connection that broke has let go of it already.
        if (_connection.State != System.Data.ConnectionState.Open) return;
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", _connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
