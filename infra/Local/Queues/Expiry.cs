using Dapper;
using DomainFlow.Local.Console;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>
/// Deletes embedded items some time after they expired, as DynamoDB's time to live does; their removal is a change like any other. Drops
/// messages that a queue has kept as long as it keeps any.
/// </summary>
internal sealed class Expiry(NpgsqlDataSource source, IReadOnlyList<QueueDefinition> queues, HostLog log, TimeProvider clock)
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Of dead letters and of what waits for an asynchronous invocation.</summary>
    private static readonly TimeSpan StandardRetention = TimeSpan.FromDays(14);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await DeleteAsync(stopping);
                await DropAsync(stopping);
            }
            while (await ticks.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task DeleteAsync(CancellationToken stopping)
    {
        const string Exists = "SELECT to_regprocedure('embedded.delete_expired(bigint, integer)') IS NOT NULL";
        const string Delete = "SELECT embedded.delete_expired(@now, @BatchSize)";
        try
        {
            await using var connection = await source.OpenConnectionAsync(stopping);
            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Exists, cancellationToken: stopping))) return;
            int deleted;
            var parameters = new { now = clock.GetUtcNow().ToUnixTimeSeconds(), BatchSize };
            do deleted = await connection.ExecuteScalarAsync<int>(new CommandDefinition(Delete, parameters, cancellationToken: stopping));
            while (deleted == BatchSize);
        }
        catch (NpgsqlException e)
        {
            log.Write("queues", LogLevel.Error, "expiry: " + e.Message);
        }
    }

    private async Task DropAsync(CancellationToken stopping)
    {
        const string Drop = """
            WITH messages AS (
                DELETE FROM host.messages m
                WHERE m.sent_at < now() - coalesce((SELECT kept FROM unnest(@names, @kept) AS own (queue, kept) WHERE own.queue = m.queue), @standard)
                RETURNING 1),
            letters AS (DELETE FROM host.dead_letters WHERE died_at < now() - @standard RETURNING 1)
            SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM letters)
            """;
        try
        {
            var parameters = new
            {
                names = queues.Select(queue => queue.Name).ToArray(),
                kept = queues.Select(queue => TimeSpan.FromDays(queue.RetentionDays)).ToArray(),
                standard = StandardRetention,
            };
            await using var connection = await source.OpenConnectionAsync(stopping);
            var dropped = await connection.ExecuteScalarAsync<long>(new CommandDefinition(Drop, parameters, cancellationToken: stopping));
            if (dropped > 0) log.Write("queues", LogLevel.Warning, $"{dropped} messages and dead letters were dropped: they had been kept as long as any is");
        }
        catch (NpgsqlException e)
        {
            log.Write("queues", LogLevel.Error, "retention: " + e.Message);
        }
    }
}
