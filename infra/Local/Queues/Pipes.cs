using Dapper;
using DomainFlow.Local.Console;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>
/// Moves the embedded tables' changes into queues, each in the statement that deletes it: none is lost, none is doubled. Writers notify;
/// a slow poll catches what a lost connection missed.
/// </summary>
internal sealed class Pipes(NpgsqlDataSource source, IReadOnlyList<PipeDefinition> pipes, Action<string> wake, HostLog log)
{
    private const int BatchSize = 500;
    internal const string Move = """
        WITH taken AS MATERIALIZED (SELECT seq FROM embedded.changes ORDER BY seq LIMIT @BatchSize FOR UPDATE SKIP LOCKED),
        moved AS (
            DELETE FROM embedded.changes c USING taken WHERE c.seq = taken.seq
            RETURNING c.seq, c.table_name, c.keys, c.event, c.created_at),
        sent AS (
            INSERT INTO host.messages (queue, body, sent_at)
            SELECT pipe.queue, json_build_object('table', moved.table_name, 'keys', moved.keys, 'event', moved.event)::text, moved.created_at
            FROM moved JOIN unnest(@tables, @queues) AS pipe (table_name, queue) ON pipe.table_name = moved.table_name
            ORDER BY moved.seq)
        SELECT count(*) FROM moved
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private readonly object parameters =
        new { BatchSize, tables = pipes.Select(pipe => pipe.Table).ToArray(), queues = pipes.Select(pipe => pipe.Queue).ToArray() };

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                log.Write("queues", LogLevel.Error, "changes: " + e.Message);
                await Task.Delay(Poll, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await source.OpenConnectionAsync(stopping);
        await connection.ExecuteAsync(new CommandDefinition("LISTEN embedded_changes", cancellationToken: stopping));
        var notified = true;
        connection.Notification += (_, _) => notified = true;
        while (true)
        {
            // One that comes with an answer of the drain tells of what the drain has not seen: there is nothing to wait for then.
            if (!notified) await connection.WaitAsync(Poll, stopping);
            notified = false;
            await DrainAsync(connection, stopping);
        }
    }

    private async Task DrainAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        // The table is DbInit's: until that ran there is nothing to move.
        const string Exists = "SELECT to_regclass('embedded.changes') IS NOT NULL";
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Exists, cancellationToken: stopping))) return;
        long moved;
        do
        {
            moved = await connection.ExecuteScalarAsync<long>(new CommandDefinition(Move, parameters, cancellationToken: stopping));
            if (moved > 0) foreach (var pipe in pipes) wake(pipe.Queue);
        }
        while (moved == BatchSize);
    }
}
