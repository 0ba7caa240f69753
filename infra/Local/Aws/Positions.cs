using Dapper;
using Npgsql;

namespace DomainFlow.Local.Aws;

/// <summary>How far each source was read. A position is stored with the messages that lie before it, or not at all: none is lost, none is doubled.</summary>
internal sealed class Positions(NpgsqlDataSource source)
{
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        const string Sql = "SELECT position FROM host.positions WHERE name = @name";
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(Sql, new { name }, cancellationToken: cancellationToken));
    }

    /// <param name="messages">The queue and the body of each.</param>
    public async Task AdvanceAsync(string name, string position, IReadOnlyList<(string Queue, string Body)> messages, CancellationToken cancellationToken)
    {
        const string Sql = """
            WITH sent AS (
                INSERT INTO host.messages (queue, body) SELECT m.queue, m.body FROM unnest(@queues, @bodies) WITH ORDINALITY m (queue, body, place) ORDER BY m.place)
            INSERT INTO host.positions (name, position) VALUES (@name, @position)
            ON CONFLICT (name) DO UPDATE SET position = excluded.position
            """;
        var parameters = new { name, position, queues = messages.Select(m => m.Queue).ToArray(), bodies = messages.Select(m => m.Body).ToArray() };
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Sql, parameters, cancellationToken: cancellationToken));
    }
}
