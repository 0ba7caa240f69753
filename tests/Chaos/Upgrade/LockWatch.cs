using Npgsql;

namespace DomainFlow.Chaos.Tests.Upgrade;

/// <summary>Looks every 20 ms how long any session but the owner's has been waiting for a lock, and keeps the longest.</summary>
internal sealed class LockWatch : IAsyncDisposable
{
    /// <summary>Of tests that say how long somebody waits: one after the other, for each of them loads the machine.</summary>
    public const string Collection = "LockWatch";

    // Owner sessions wait under a lock_timeout and give way; what counts is who waits behind them.
    private const string Waiting = """
        SELECT coalesce(max(extract(epoch FROM clock_timestamp() - l.waitstart)), 0)::float8
        FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE NOT l.granted AND a.datname = $1 AND a.usename <> $2
        """;

    private readonly CancellationTokenSource _stop = new();
    private readonly NpgsqlDataSource _superuser;
    private readonly Task _watching;

    public LockWatch(string superuser, string database, string owner)
    {
        _superuser = NpgsqlDataSource.Create(superuser);
        _watching = WatchAsync(database, owner);
    }

    public TimeSpan Longest { get; private set; }

    public int Looks { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await _superuser.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WatchAsync(string database, string owner)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        await using var connection = await _superuser.OpenConnectionAsync();
        while (!_stop.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(Waiting, connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = database });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
            var waiting = TimeSpan.FromSeconds((double)(await command.ExecuteScalarAsync())!);
            if (waiting > Longest) Longest = waiting;
            Looks++;
            await tick.WaitForNextTickAsync();
        }
    }
}
