using Dapper;
using DomainFlow.Local.Console;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>A message that failed for good. Times are UTC.</summary>
/// <param name="Queue">The queue of dead letters.</param>
/// <param name="Source">Where it failed, and where it goes back to.</param>
internal sealed record DeadLetter(Guid Id, string Queue, string Source, string Body, string Reason, int ReceiveCount, DateTime SentAt, DateTime DiedAt);

/// <summary>Which dead letters are meant: all of them, those of one queue (by its own name or its source's), or one.</summary>
internal sealed record DeadLetterChoice(string? Queue, Guid? Message);

/// <summary>Shows the dead letters and puts them back.</summary>
internal sealed class DeadLetters(NpgsqlDataSource source, Action<string> wake, HostLog log)
{
    private const int MaxLogged = 100;

    private const string Chosen = "(@queue::text IS NULL OR @queue IN (queue, source)) AND (@message::uuid IS NULL OR id = @message)";

    private const string Columns = "id, queue, source, body, reason, receive_count AS ReceiveCount, sent_at AS SentAt, died_at AS DiedAt";

    /// <summary>The oldest first, at most so many, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<DeadLetter> Letters, long Total)> ListAsync(DeadLetterChoice choice, int limit, CancellationToken cancellationToken)
    {
        // One statement: the letters and their number are of one moment.
        const string List = $"SELECT {Columns}, count(*) OVER () AS total FROM host.dead_letters WHERE {Chosen} ORDER BY died_at, id LIMIT @limit";
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var parameters = new { queue = choice.Queue, message = choice.Message, limit };
        var command = new CommandDefinition(List, parameters, cancellationToken: cancellationToken);
        var rows = (await connection.QueryAsync<DeadLetter, long, (DeadLetter Letter, long Total)>(command, (letter, total) => (letter, total), "total")).AsList();
        return ([.. rows.Select(row => row.Letter)], rows.Count == 0 ? 0 : rows[0].Total);
    }

    /// <summary>Puts them back where they failed, as if they had never been delivered; why they had failed stays in the log.</summary>
    /// <returns>What was put back.</returns>
    public async Task<IReadOnlyList<DeadLetter>> RedriveAsync(DeadLetterChoice choice, CancellationToken cancellationToken)
    {
        const string Redrive = $"""
            WITH back AS (DELETE FROM host.dead_letters WHERE {Chosen} RETURNING *),
            sent AS (INSERT INTO host.messages (id, queue, body) SELECT id, source, body FROM back)
            SELECT {Columns} FROM back ORDER BY died_at, id
            """;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var parameters = new { queue = choice.Queue, message = choice.Message };
        var letters = (await connection.QueryAsync<DeadLetter>(new CommandDefinition(Redrive, parameters, cancellationToken: cancellationToken))).AsList();
        foreach (var letter in letters.Take(MaxLogged))
            log.Write("queues", LogLevel.Info, $"redriven: {letter.Id} from {letter.Queue} to {letter.Source}; it had failed {letter.ReceiveCount} times: {letter.Reason}");
        if (letters.Count > MaxLogged) log.Write("queues", LogLevel.Info, $"redriven: {letters.Count - MaxLogged} more");
        foreach (var queue in letters.Select(letter => letter.Source).Distinct()) wake(queue);
        return letters;
    }
}
