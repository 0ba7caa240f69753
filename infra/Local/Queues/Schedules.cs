using Dapper;
using DomainFlow.Local.Console;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>
/// Invokes functions by schedule. When each is due stands in the database and moves on in the statement that sends its invocation, so
/// that no restart loses one or doubles one; what was missed while nothing ran is made up for once.
/// </summary>
internal sealed class Schedules(NpgsqlDataSource source, HostOptions options, Action<string> wake, HostLog log)
{
    private const string Lay = """
        INSERT INTO host.schedules AS s (name, due_at) SELECT name, now() + every FROM unnest(@names, @intervals) AS known (name, every)
        ON CONFLICT (name) DO UPDATE SET due_at = least(s.due_at, excluded.due_at);
        DELETE FROM host.schedules WHERE name <> ALL (@names)
        """;

    private const string Send = """
        WITH due AS (
            UPDATE host.schedules s SET due_at = CASE WHEN s.due_at + known.every > now() THEN s.due_at + known.every ELSE now() + known.every END
            FROM unnest(@names, @intervals, @queues, @payloads) AS known (name, every, queue, payload)
            WHERE s.name = known.name AND s.due_at <= now()
            RETURNING known.queue, known.payload),
        sent AS (INSERT INTO host.messages (queue, body) SELECT queue, payload FROM due)
        SELECT queue FROM due
        """;

    private const string NextDue = "SELECT min(due_at) - now() FROM host.schedules";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly object parameters = new
    {
        names = options.System.Schedules.Select(schedule => schedule.Name).ToArray(),
        intervals = options.System.Schedules.Select(schedule => IntervalOf(schedule, options)).ToArray(),
        queues = options.System.Schedules.Select(schedule => AsyncInvocations.QueueOf(schedule.Function)).ToArray(),
        payloads = options.System.Schedules.Select(schedule => schedule.Payload).ToArray(),
    };

    public static TimeSpan IntervalOf(ScheduleDefinition schedule, HostOptions options) =>
        options.ScheduleInterval ?? TimeSpan.FromMinutes(schedule.EveryMinutes);

    public async Task RunAsync(CancellationToken stopping)
    {
        if (options.System.Schedules.Count == 0) return;
        var isLaid = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stopping);
                if (!isLaid) await connection.ExecuteAsync(new CommandDefinition(Lay, parameters, cancellationToken: stopping));
                isLaid = true;
                foreach (var queue in await connection.QueryAsync<string>(new CommandDefinition(Send, parameters, cancellationToken: stopping))) wake(queue);
                await connection.CloseAsync();
                await Task.Delay(await WaitTimeAsync(stopping), options.Clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                log.Write("queues", LogLevel.Error, "schedules: " + e.Message);
                await Task.Delay(TimeSpan.FromSeconds(2), options.Clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<TimeSpan> WaitTimeAsync(CancellationToken stopping)
    {
        await using var connection = await source.OpenConnectionAsync(stopping);
        var next = await connection.ExecuteScalarAsync<TimeSpan?>(new CommandDefinition(NextDue, cancellationToken: stopping)) ?? Longest;
        return next < Shortest ? Shortest : next > Longest ? Longest : next;
    }
}
