using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;

namespace DomainFlow.EndToEnd.Tests.Photos;

/// <summary>
/// Queues that stand still until this is disposed: whoever wants to take a message gets none, and messages go on coming in. It is done
/// in the queue's own table, because the host goes on to take uploads.
/// </summary>
internal sealed class StillQueues : IAsyncDisposable
{
    private readonly RunningSystem system;

    private StillQueues(RunningSystem system) => this.system = system;

    public static async Task<StillQueues> HoldAsync(RunningSystem system, params string[] queues)
    {
        var held = string.Join(", ", queues.Select(queue => $"'{queue}'"));
        await ExecuteAsync(system, $"""
            CREATE OR REPLACE FUNCTION host.hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER held BEFORE UPDATE ON host.messages FOR EACH ROW WHEN (OLD.queue IN ({held}) AND NEW.receive_count > OLD.receive_count)
                EXECUTE FUNCTION host.hold();
            """);
        return new(system);
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync(system, "DROP TRIGGER held ON host.messages; DROP FUNCTION host.hold()");

    private static async Task ExecuteAsync(RunningSystem system, string sql)
    {
        await using var connection = new NpgsqlConnection(system.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
