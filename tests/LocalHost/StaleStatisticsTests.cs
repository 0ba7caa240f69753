using Dapper;
using DomainFlow.Local.Queues;
using Npgsql;

namespace DomainFlow.LocalHost.Tests;

/// <summary>
/// Batch limits hold under a plan that was made for a table of one row: such a plan joins by nested loops, and a limit inside the inner side
/// would count anew for each outer row.
/// </summary>
public sealed class StaleStatisticsTests : IAsyncLifetime
{
    private const string Queue = "things-changed";

    private Database database = null!;
    private NpgsqlDataSource source = null!;

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_POSTGRES") is null) return;
        database = await Database.CreateAsync();
        source = NpgsqlDataSource.Create(database.Settings.OwnerConnectionString + ";Pooling=false");
        await HostSchema.LayAsync(source, default);
        await ExecuteAsync("ALTER TABLE host.messages SET (autovacuum_enabled = false)");
    }

    public async Task DisposeAsync()
    {
        if (database is null) return;
        await source.DisposeAsync();
        await database.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_queue_gives_out_no_more_messages_than_asked(int count)
    {
        var store = await QueueOfOneAnalysedMessageAsync();
        for (var i = 0; i < 4; i++)
        {
            await store.SendAsync(Queue, $"{{\"n\":{i}}}", default);
        }

        var received = await store.ReceiveAsync(Queue, count, TimeSpan.FromMinutes(1), default);
        Assert.Equal(count, received.Count);
        Assert.Equal(count, await database.ScalarAsync<long>("SELECT count(*) FROM host.messages WHERE receive_count = 1"));
    }

    [SkippableFact]
    public async Task Every_message_that_was_received_too_often_becomes_a_dead_letter()
    {
        var store = await QueueOfOneAnalysedMessageAsync();
        await store.SendAsync(Queue, "{}", default);
        await ExecuteAsync("UPDATE host.messages SET receive_count = 3");
        await store.SendAsync(Queue, "{}", default);
        Assert.Equal(2, await store.BuryAsync(Queue, Queue + "-dead-letters", maxReceives: 3, default));
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM host.messages"));
    }

    [SkippableFact]
    public async Task The_pipe_moves_a_batch_at_most_in_one_statement()
    {
        Skip.If(database is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await database.CreateChangesAsync();
        await ExecuteAsync("ALTER TABLE embedded.changes SET (autovacuum_enabled = false)");
        await ExecuteAsync("INSERT INTO embedded.changes (table_name, keys, event) VALUES ('Things', '{}', 'INSERT'); ANALYZE embedded.changes");
        await ExecuteAsync("INSERT INTO embedded.changes (table_name, keys, event) SELECT 'Things', '{}', 'INSERT' FROM generate_series(1, 3)");
        await using var connection = await database.OpenAsync();
        var moved = await connection.ExecuteScalarAsync<long>(Pipes.Move, new { BatchSize = 2, tables = new[] { "Things" }, queues = new[] { Queue } });
        Assert.Equal(2, moved);
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM host.messages"));
    }

    private async Task<MessageStore> QueueOfOneAnalysedMessageAsync()
    {
        Skip.If(database is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var store = new MessageStore(source);
        await store.SendAsync(Queue, "{}", default);
        await ExecuteAsync("ANALYZE host.messages");
        return store;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
