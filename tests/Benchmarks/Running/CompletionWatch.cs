using System.Collections.Concurrent;
using System.Diagnostics;
using DomainFlow.Benchmarks.Measuring;
using Npgsql;

namespace DomainFlow.Benchmarks.Running;

/// <summary>Sees when reports are completed and when every store shows them: asks the store whenever a change of an item is notified.</summary>
internal sealed class CompletionWatch : IAsyncDisposable
{
    private const string Ask = """
        SELECT partition_key::uuid, item->>'status' = 'completed', item->>'projected' = item->>'version' FROM embedded.items
        WHERE table_name = 'Reports' AND partition_key = ANY (@pending)
        """;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Guid, long> running = new();
    private readonly ConcurrentDictionary<Guid, long> completed = new();
    private readonly CancellationTokenSource ending = new();
    private readonly NpgsqlConnection connection;
    private readonly Task watching;

    private CompletionWatch(NpgsqlConnection connection)
    {
        this.connection = connection;
        watching = WatchAsync(ending.Token);
    }

    /// <summary>From <see cref="Add"/> to the status completed.</summary>
    public Samples Completed { get; } = new();

    /// <summary>From <see cref="Add"/> to the mark that lists, maps and search show it.</summary>
    public Samples Shown { get; } = new();

    public static async Task<CompletionWatch> StartAsync(string superuser, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(stop);
        await using var listen = new NpgsqlCommand("LISTEN embedded_changes", connection);
        await listen.ExecuteNonQueryAsync(stop);
        return new(connection);
    }

    /// <summary>The report was accepted just now.</summary>
    public void Add(Guid incident) => running[incident] = Stopwatch.GetTimestamp();

    /// <summary>Waits until every report that was added is shown.</summary>
    /// <exception cref="TimeoutException">Some are not, after the bound.</exception>
    public async Task AllShownAsync(TimeSpan bound, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (!running.IsEmpty)
        {
            if (watching.IsCompleted) await watching;
            if (Stopwatch.GetElapsedTime(started) > bound) throw new TimeoutException($"{running.Count} reports are not in every store after {bound}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        await connection.DisposeAsync();
        ending.Dispose();
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        try
        {
            var notified = false;
            connection.Notification += (_, _) => notified = true;
            while (true)
            {
                if (!notified) await connection.WaitAsync(LongestWait, stop);
                notified = false;
                if (!running.IsEmpty) await LookAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits any longer.
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Ask, connection);
        command.Parameters.AddWithValue("pending", running.Keys.Select(id => id.ToString()).ToArray());
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            var (id, now) = (reader.GetGuid(0), Stopwatch.GetTimestamp());
            if (!reader.GetBoolean(1) || !running.TryGetValue(id, out var since)) continue;
            if (completed.TryAdd(id, now)) Completed.Add(Stopwatch.GetElapsedTime(since, now));
            if (reader.IsDBNull(2) || !reader.GetBoolean(2)) continue;
            Shown.Add(Stopwatch.GetElapsedTime(since, now));
            running.TryRemove(id, out _);
        }
    }
}
