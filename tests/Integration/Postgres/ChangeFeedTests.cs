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
            await using var insert = slow.Command(
                "INSERT INTO incidents (id, tenant_id, domain_id, raw_text, created_by) VALUES (@id, @tenant, 'civic', 'Slow', @by)");
            insert.Parameters.AddWithValue("id", late);
            insert.Parameters.AddWithValue("by", SeededDatabase.User);
            await insert.ExecuteNonQueryAsync();
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
}
