using DomainFlow.Chaos.Tests.Support;
using DomainFlow.DbInit;
using DomainFlow.DbInit.Schema;
using DomainFlow.Integration.Tests.Infrastructure;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Upgrade;

/// <summary>A schema change is laid while the release before it reads and writes.</summary>
[Collection(LockWatch.Collection)]
public sealed class SchemaUnderLoadTests : IAsyncLifetime
{
    private const string Read = """
        SELECT begin_tenant($1);
        SELECT count(*) FROM (SELECT id, raw_text, structured_data FROM incidents WHERE tenant_id = $1 ORDER BY reported_at DESC, id DESC LIMIT 20) page
        """;

    private const string Write = """
        INSERT INTO incidents (id, tenant_id, domain_id, raw_text, structured_data, created_by, status)
        SELECT gen_random_uuid(), $1, 'civic-complaints', 'A new pothole', '{"entity":{"category":"c1"}}', u.id, 'received' FROM users u WHERE u.tenant_id = $1;
        UPDATE incidents SET status = 'completed' WHERE tenant_id = $1 AND status = 'received'
        """;

    private readonly OwnedDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Twenty_at_once_bring_the_previous_schema_to_this_one_and_nobody_waits_a_second()
    {
        _database.Needed();
        var (longest, served) = await UnderLoadAsync(async () =>
        {
            var logs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LayAsync()));
            Assert.Equal(logs.SelectMany(log => log.Made).Distinct().Count(), logs.Sum(log => log.Made.Count));
        });
        Assert.True(longest < TimeSpan.FromSeconds(1), $"somebody waited {longest} for a lock");
        Assert.True(served > 20, $"only {served} requests were served meanwhile");
        await Found.SayAsync($"20 DbInit runs at once, {served} requests served without an error, longest wait for a lock {longest.TotalMilliseconds:0} ms");
    }

    [SkippableFact]
    public async Task Indexes_of_a_large_table_are_built_beside_its_writers()
    {
        _database.Needed();
        const string Script = """
            -- One over words, which takes long, and one that a half-built one stands in the way of.
            CREATE INDEX IF NOT EXISTS idx_test_words ON incidents USING GIN (to_tsvector('english', structured_data::text), text_search);
            CREATE INDEX IF NOT EXISTS idx_test_place ON incidents (tenant_id, reported_at DESC) WHERE status <> 'completed';
            """;
        var (longest, served) = await UnderLoadAsync(async () =>
        {
            var owner = await _database.OwnerSourceAsync();
            await using var connection = await owner.OpenConnectionAsync();
            await new ScriptRunner(TimeProvider.System).RunAsync(connection, "9999_test.sql", Script, "c", CancellationToken.None);
        });
        Assert.True(longest < TimeSpan.FromSeconds(1), $"somebody waited {longest} for a lock");
        await Found.SayAsync($"two indexes built beside {served} requests, longest wait {longest.TotalMilliseconds:0} ms");
        Assert.Equal(["0 | 32"], await _database.LinesAsync(_database.Superuser, """
            SELECT count(*) FILTER (WHERE NOT i.indisvalid), count(*) FILTER (WHERE c.relkind = 'i')
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.oid IN (SELECT relid FROM pg_partition_tree('idx_test_words') UNION ALL SELECT relid FROM pg_partition_tree('idx_test_place'))
            """));
    }

    private async Task<WorkLog> LayAsync()
    {
        var log = new WorkLog();
        Assert.Null(await (await _database.SchemaAsync()).RunAsync(log, CancellationToken.None));
        return log;
    }

    /// <returns>The longest wait for a lock, and the requests that were served.</returns>
    private async Task<(TimeSpan Longest, int Served)> UnderLoadAsync(Func<Task> change)
    {
        await PreviousRelease.LayAsync(_database);
        var tenant = await PreviousRelease.FillAsync(await _database.OwnerSourceAsync(), ProofSize.Of(small: 20_000, full: 100_000));
        await using var functions = NpgsqlDataSource.Create(_database.FunctionsConnection);
        using var stop = new CancellationTokenSource();
        await using var watch = new LockWatch(_database.SuperuserConnection, _database.Name, _database.Owner.Username);
        var serving = Enumerable.Range(0, 4).Select(_ => ServeAsync(functions, tenant, stop.Token)).ToList();
        await change();
        await stop.CancelAsync();
        var served = (await Task.WhenAll(serving)).Sum();
        Assert.True(watch.Looks > 5, "nobody looked");
        return (watch.Longest, served);
    }

    /// <summary>About fifty requests a second between four; any error ends the test.</summary>
    private static async Task<int> ServeAsync(NpgsqlDataSource functions, Guid tenant, CancellationToken stop)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(80));
        var served = 0;
        for (; !stop.IsCancellationRequested; served++)
        {
            await using var connection = await functions.OpenConnectionAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            foreach (var sql in new[] { Read, Write })
            {
                foreach (var statement in sql.Split(';'))
                {
#pragma warning disable CA2100 // Constants above.
                    await using var command = new NpgsqlCommand(statement, connection, transaction);
#pragma warning restore CA2100
                    command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
                    await command.ExecuteNonQueryAsync(CancellationToken.None);
                }
            }

            await transaction.CommitAsync(CancellationToken.None);
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        return served;
    }
}
