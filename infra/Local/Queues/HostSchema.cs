using Dapper;
using Npgsql;

namespace DomainFlow.Local.Queues;

/// <summary>The host's own tables. Laid at each start; what is there already stays.</summary>
internal static class HostSchema
{
    private const string Sql = """
        SELECT pg_advisory_xact_lock(hashtext('domainflow-host-schema'));
        CREATE SCHEMA IF NOT EXISTS host;
        CREATE TABLE IF NOT EXISTS host.messages (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            queue text NOT NULL,
            body text NOT NULL,
            sent_at timestamptz NOT NULL DEFAULT now(),
            visible_at timestamptz NOT NULL DEFAULT now(),
            first_received_at timestamptz,
            receive_count int NOT NULL DEFAULT 0,
            receipt uuid,
            last_error text
        );
        CREATE INDEX IF NOT EXISTS messages_by_queue ON host.messages (queue, visible_at);
        CREATE TABLE IF NOT EXISTS host.dead_letters (
            id uuid PRIMARY KEY,
            queue text NOT NULL,
            source text NOT NULL,
            body text NOT NULL,
            reason text NOT NULL,
            receive_count int NOT NULL,
            sent_at timestamptz NOT NULL,
            died_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE IF NOT EXISTS host.positions (
            name text PRIMARY KEY,
            position text NOT NULL
        );
        CREATE TABLE IF NOT EXISTS host.schedules (
            name text PRIMARY KEY,
            due_at timestamptz NOT NULL
        );
        """;

    public static async Task LayAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Sql, transaction: transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
