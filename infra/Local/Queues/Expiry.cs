using Dapper;
using DomainFlow.Local.Console;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>Deletes embedded items some time after they expired, as DynamoDB's time to live does; their removal is a change like any other.</summary>
internal sealed class Expiry(NpgsqlDataSource source, HostLog log, TimeProvider clock)
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Interval, clock);
        try
        {
            do await DeleteAsync(stopping);
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
}
