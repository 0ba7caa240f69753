using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>A list that is followed by updated_since: every change comes, once, however late it was written.</summary>
public sealed class ChangeFeedTests : IAsyncLifetime
{
    private static readonly Guid Tenant = SeededDatabase.First;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly IncidentFilter All = new(Tenant, UpdatedSince: DateTimeOffset.UnixEpoch);

    private const string Insert =
        "INSERT INTO incidents (id, tenant_id, domain_id, raw_text, created_by) VALUES (@id, @tenant, 'civic', @text, @by)";

    private readonly SeededDatabase _database = new();
    private NpgsqlDataSource _source = null!;
    private IncidentReader _reader = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.Settings is null) return;
        _source = await _database.LaidAsync();
        _reader = new IncidentReader(_source);
        await _database.ExecuteAsync(await _database.OwnerSourceAsync(), "DELETE FROM incidents");
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task What_commits_late_is_not_passed_over()
    {
        _database.Needed();
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var slow = await TenantSession.BeginAsync(_source, Tenant, CancellationToken.None))
        {
            await InsertAsync(slow, late, "Slow");
            await StoreAsync(early, 1, Start);
            Assert.Empty(await _reader.ChangesAsync(All, null, 10, CancellationToken.None));
            await slow.CommitAsync(CancellationToken.None);
        }

        Assert.Equal([late, early], (await FollowAsync(null, 2)).Select(change => change.Row.Id));
    }

    [SkippableFact]
    public async Task A_change_with_an_old_time_that_is_written_late_still_comes()
    {
        _database.Needed();
        await StoreAsync(Guid.NewGuid(), 1, Start.AddDays(1));
        var first = await FollowAsync(null, 1);
        var old = Guid.NewGuid();
        await StoreAsync(old, 1, Start);
        Assert.Equal([old], (await FollowAsync(first[^1].Position, 1)).Select(change => change.Row.Id));
    }

    [SkippableFact]
    public async Task Each_change_comes_once_and_a_row_changed_again_comes_again()
    {
        _database.Needed();
        var ids = Enumerable.Range(0, 9).Select(_ => Guid.NewGuid()).ToList();
        foreach (var id in ids) await StoreAsync(id, 1, Start);
        var first = await FollowAsync(null, 4);
        await StoreAsync(ids[0], 2, Start.AddHours(1));
        await StoreAsync(ids[8], 2, Start.AddHours(1));
        await StoreAsync(ids[3], 1, Start.AddHours(1));
        var rest = await FollowAsync(first[3].Position, 6);

        Assert.Equal(ids.Take(4), first.Take(4).Select(change => change.Row.Id));
        Assert.Equal([.. ids.Skip(4).Take(4), ids[0], ids[8]], rest.Select(change => change.Row.Id));
    }

    [SkippableFact]
    public async Task Open_transactions_of_others_hold_nothing_back()
    {
        _database.Needed();
        await using var other = await TenantSession.BeginAsync(_source, SeededDatabase.Second, CancellationToken.None);
        await InsertAsync(other, Guid.NewGuid(), "Theirs");
        await using var cluster = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(TestDatabase.Variable)!);
        await using var elsewhere = await OpenWriterAsync(cluster);
        await using var owner = await OpenWriterAsync(await _database.OwnerSourceAsync());
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(Guid.NewGuid());
            await StoreAsync(ids[i], 1, Start);
            Assert.Equal(ids, (await FollowAsync(null, i + 1)).Select(change => change.Row.Id));
        }
    }

    [SkippableFact]
    public async Task Who_rolls_back_or_only_reads_holds_the_feed_no_longer()
    {
        _database.Needed();
        await using var reading = await TenantSession.BeginAsync(_source, Tenant, CancellationToken.None);
        Assert.Equal([0L], await reading.QueryAsync<long>("SELECT count(*) FROM incidents", null, CancellationToken.None));
        var id = Guid.NewGuid();
        await using (var given = await TenantSession.BeginAsync(_source, Tenant, CancellationToken.None))
        {
            await InsertAsync(given, Guid.NewGuid(), "Given up");
            await StoreAsync(id, 1, Start);
            Assert.Empty(await _reader.ChangesAsync(All, null, 10, CancellationToken.None));
        }

        Assert.Equal([id], (await FollowAsync(null, 1)).Select(change => change.Row.Id));
    }

    [SkippableFact]
    public async Task A_writer_that_names_its_tenant_late_is_not_passed_over()
    {
        _database.Needed();
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        var owner = await OpenWriterAsync(await _database.OwnerSourceAsync());
        await using (owner)
        {
            await StoreAsync(early, 1, Start);
            var first = await FollowAsync(null, 1);
            await using var insert = new NpgsqlCommand(Insert, owner);
            insert.Parameters.AddWithValue("tenant", Tenant);
            Bind(insert, late, "By hand");
            await insert.ExecuteNonQueryAsync();
            await using var commit = new NpgsqlCommand("COMMIT", owner);
            await commit.ExecuteNonQueryAsync();

            // Its place is behind what was given out, which may be that of the next transaction.
            await StoreAsync(Guid.NewGuid(), 1, Start);
            Assert.Contains(late, (await FollowAsync(first[^1].Position, 2)).Select(change => change.Row.Id));
        }
    }

    [SkippableFact]
    public async Task A_writer_without_its_tenant_whose_snapshot_is_old_is_refused()
    {
        _database.Needed();
        var refused = await Assert.ThrowsAsync<PostgresException>(async () => await _database.ExecuteAsync(await _database.OwnerSourceAsync(), $"""
            BEGIN ISOLATION LEVEL REPEATABLE READ;
            INSERT INTO incidents (id, tenant_id, domain_id, raw_text, created_by)
            VALUES (gen_random_uuid(), '{Tenant}', 'civic', 'Old', '{SeededDatabase.User}');
            """));
        Assert.Contains("begin_tenant", refused.MessageText);
    }

    /// <summary>Reads on until so many have come: a transaction of another test on this server may hold the feed for a moment.</summary>
    private async Task<IReadOnlyList<ChangedIncident>> FollowAsync(ChangePosition? after, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var changes = await _reader.ChangesAsync(All, after, 100, limit.Token);
            if (changes.Count >= count) return changes;
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    private async Task StoreAsync(Guid id, long version, DateTimeOffset updated) =>
        await new IncidentProjection(_source).ProjectAsync(
            IncidentProjectionTests.Incident(Tenant) with { Id = id, Version = version, ReportedAt = Start, UpdatedAt = updated }, CancellationToken.None);

    /// <summary>A transaction that has written and stays open.</summary>
    private static async Task<NpgsqlConnection> OpenWriterAsync(NpgsqlDataSource source)
    {
        var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("BEGIN; SELECT pg_current_xact_id()", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task InsertAsync(TenantSession session, Guid id, string text)
    {
        await using var insert = session.Command(Insert);
        Bind(insert, id, text);
        await insert.ExecuteNonQueryAsync();
    }

    private static void Bind(NpgsqlCommand insert, Guid id, string text)
    {
        insert.Parameters.AddWithValue("id", id);
        insert.Parameters.AddWithValue("text", text);
        insert.Parameters.AddWithValue("by", SeededDatabase.User);
    }
}
