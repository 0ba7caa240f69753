using Npgsql;

namespace DomainFlow.DbInit.Schema;

/// <summary>Runs scripts, each in its own transaction together with its line in schema_history.</summary>
public sealed class ScriptRunner(TimeProvider clock)
{
    // A script that waits for a table makes everybody behind it wait too: it gives up soon, and comes again.
    private const int LockAttempts = 40;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(250);

    private static readonly string Prepare = $"""
        SET LOCAL lock_timeout = '500ms';
        SET LOCAL client_min_messages = warning;
        {SearchPath(local: true)}
        """;

    /// <summary>A statement that lets a script find its tables, and PostGIS wherever that stands.</summary>
    internal static string SearchPath(bool local) => $"""
        SELECT set_config('search_path', concat_ws(', ', 'public', (
            SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'postgis' AND n.nspname <> 'public')), {(local ? "true" : "false")})
        """;

    /// <summary>Checksums of what ran, by name; empty before the first script.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> HistoryAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('public.schema_history') IS NOT NULL", connection);
        var history = new Dictionary<string, string>(StringComparer.Ordinal);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true) return history;
        await using var command = new NpgsqlCommand("SELECT name, checksum FROM public.schema_history", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) history[reader.GetString(0)] = reader.GetString(1);
        return history;
    }

    /// <param name="sql">The text to run: placeholders are filled in.</param>
    /// <param name="checksum">What schema_history keeps.</param>
    public async Task RunAsync(NpgsqlConnection connection, string name, string sql, string checksum, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await IndexesBesideWriters.BuildAsync(connection, sql, cancellationToken);
                await RunOnceAsync(connection, name, sql, checksum, cancellationToken);
                return;
            }
            catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable && attempt < LockAttempts)
            {
                await Task.Delay(BetweenAttempts, clock, cancellationToken);
            }
            catch (PostgresException failed)
            {
                throw new InvalidOperationException($"{name}: {failed.SqlState} {failed.MessageText}", failed);
            }
        }
    }

    private async Task RunOnceAsync(NpgsqlConnection connection, string name, string sql, string checksum, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
#pragma warning disable CA2100 // A script of this assembly.
        await ExecuteAsync(new NpgsqlCommand(Prepare, connection, transaction), cancellationToken);
        await ExecuteAsync(new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 }, cancellationToken);
#pragma warning restore CA2100
        var record = new NpgsqlCommand("""
            INSERT INTO public.schema_history (name, checksum, duration_ms) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET checksum = EXCLUDED.checksum, duration_ms = EXCLUDED.duration_ms, applied_at = now()
            """, connection, transaction);
        record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = checksum });
        record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)clock.GetElapsedTime(started).TotalMilliseconds });
        await ExecuteAsync(record, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command) await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
