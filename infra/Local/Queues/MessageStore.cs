using Dapper;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>A message as a consumer gets it. Times are UTC.</summary>
internal sealed record Message(Guid Id, Guid Receipt, string Body, DateTime SentAt, DateTime FirstReceivedAt, int ReceiveCount);

/// <summary>Queues in PostgreSQL that behave like SQS: at least once, hidden while delivered, dead letters after too many tries.</summary>
internal sealed class MessageStore(NpgsqlDataSource source)
{
    public async Task SendAsync(string queue, string body, CancellationToken cancellationToken)
    {
        const string Sql = "INSERT INTO host.messages (queue, body) VALUES (@queue, @body)";
        await ExecuteAsync(Sql, new { queue, body }, cancellationToken);
    }

    /// <summary>Takes up to <paramref name="count"/> visible messages and hides them for the given time.</summary>
    /// <remarks>
    /// The CTE is materialised: as a subquery it may be the inner side of a nested loop, which runs it once for each outer row, and each run
    /// locks the next <paramref name="count"/> rows.
    /// </remarks>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(string queue, int count, TimeSpan hidden, CancellationToken cancellationToken)
    {
        const string Sql = """
            WITH taken AS MATERIALIZED (
                SELECT id FROM host.messages WHERE queue = @queue AND visible_at <= now()
                ORDER BY visible_at LIMIT @count FOR UPDATE SKIP LOCKED)
            UPDATE host.messages m
            SET receive_count = m.receive_count + 1, visible_at = now() + @hidden, receipt = gen_random_uuid(),
                first_received_at = coalesce(m.first_received_at, now())
            FROM taken WHERE m.id = taken.id
            RETURNING m.id, m.receipt, m.body, m.sent_at AS SentAt, m.first_received_at AS FirstReceivedAt, m.receive_count AS ReceiveCount
            """;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Message>(new CommandDefinition(Sql, new { queue, count, hidden }, cancellationToken: cancellationToken));
        return [.. rows.OrderBy(message => message.SentAt)];
    }

    /// <summary>Deletes messages that were handled, unless someone else holds them by now.</summary>
    public Task DeleteAsync(IEnumerable<Message> messages, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM host.messages WHERE receipt = ANY(@receipts)";
        return ExecuteAsync(Sql, new { receipts = Receipts(messages) }, cancellationToken);
    }

    /// <summary>Keeps why messages failed, and when they may be tried again; null leaves them hidden as long as they are.</summary>
    public Task FailAsync(IEnumerable<Message> messages, string reason, TimeSpan? again, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE host.messages SET last_error = @reason, visible_at = CASE WHEN @again::interval IS NULL THEN visible_at ELSE now() + @again END
            WHERE receipt = ANY(@receipts)
            """;
        return ExecuteAsync(Sql, new { receipts = Receipts(messages), reason, again }, cancellationToken);
    }

    /// <summary>Gives back messages that nobody tried to handle: it does not count as a delivery.</summary>
    public Task ReleaseAsync(IEnumerable<Message> messages, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE host.messages SET visible_at = now(), receive_count = receive_count - 1, receipt = NULL WHERE receipt = ANY(@receipts)";
        return ExecuteAsync(Sql, new { receipts = Receipts(messages) }, cancellationToken);
    }

    /// <summary>Moves visible messages that were delivered too often to the dead letters; the number moved.</summary>
    public async Task<int> BuryAsync(string queue, string deadLetters, int maxReceives, CancellationToken cancellationToken)
    {
        const string Sql = """
            WITH spent AS MATERIALIZED (
                SELECT id FROM host.messages WHERE queue = @queue AND visible_at <= now() AND receive_count >= @maxReceives FOR UPDATE SKIP LOCKED),
            dead AS (
                DELETE FROM host.messages m USING spent WHERE m.id = spent.id
                RETURNING m.id, m.queue, m.body, m.last_error, m.receive_count, m.sent_at)
            INSERT INTO host.dead_letters (id, queue, source, body, reason, receive_count, sent_at)
            SELECT id, @deadLetters, queue, body,
                coalesce(last_error, 'it was delivered ' || receive_count || ' times and never answered'), receive_count, sent_at
            FROM dead
            """;
        return await ExecuteAsync(Sql, new { queue, deadLetters, maxReceives }, cancellationToken);
    }

    /// <summary>Time until the queue's next message is visible; null for an empty queue.</summary>
    public async Task<TimeSpan?> NextVisibleAsync(string queue, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT min(visible_at) - now() FROM host.messages WHERE queue = @queue";
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<TimeSpan?>(new CommandDefinition(Sql, new { queue }, cancellationToken: cancellationToken));
    }

    private static Guid[] Receipts(IEnumerable<Message> messages) => [.. messages.Select(message => message.Receipt)];

    private async Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }
}
