using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>
/// A follower beside many writers who dawdle, roll back and name their tenant late, while others keep their transactions open throughout:
/// what it has seen is in the end what is stored, and nothing came twice.
/// </summary>
public sealed class ChangeFeedRaceTests : IAsyncLifetime
{
    private const int Writers = 8;
    private const int LateWriters = 3;
    private const int Transactions = 40;
    private const int PageSize = 7;

    private static readonly Guid Tenant = SeededDatabase.First;
    private static readonly IncidentFilter All = new(Tenant, UpdatedSince: DateTimeOffset.UnixEpoch);

    private readonly SeededDatabase _database = new();
    private readonly Dictionary<Guid, string> _copy = [];
    private readonly HashSet<(Guid Id, string Text)> _seen = [];
    private ChangePosition? _last;

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task A_followers_copy_is_what_is_stored()
    {
        _database.Needed();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var owner = await _database.OwnerSourceAsync();
        await using var open = await TenantSession.BeginAsync(await _database.LaidAsync(), SeededDatabase.Second, limit.Token);
        await open.Command($"UPDATE incidents SET raw_text = 'Open' WHERE tenant_id = @tenant").ExecuteNonQueryAsync(limit.Token);

        var writing = Task.WhenAll(
        [
            .. Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, limit.Token)),
            .. Enumerable.Range(0, LateWriters).Select(_ => WriteLateAsync(owner, limit.Token)),
        ]);
        var reader = new IncidentReader(await _database.OpenAsync(_database.Functions));
        var pages = 0;
        while (!writing.IsCompleted) pages += await ReadAsync(reader, limit.Token) ? 1 : 0;
        await writing;
        Assert.True(pages > 10, $"The follower read only {pages} pages beside the writers.");

        // Whoever named the tenant late may stand at the number of the next transaction.
        await _database.ExecuteAsync(owner, $"UPDATE users SET username = 'bob' WHERE tenant_id = '{Tenant}'");
        var stored = (await _database.LinesAsync(owner, $"SELECT id, raw_text FROM incidents WHERE tenant_id = '{Tenant}'")).Order().ToList();
        List<string> Copied() => [.. _copy.Select(row => $"{row.Key} | {row.Value}").Order()];
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (!soon.IsCancellationRequested && !stored.SequenceEqual(Copied())) await ReadAsync(reader, limit.Token);
        Assert.Equal(stored, Copied());
    }

    private async Task<bool> ReadAsync(IncidentReader reader, CancellationToken cancellationToken)
    {
        var page = await reader.ChangesAsync(All, _last, PageSize, cancellationToken);
        foreach (var (row, position) in page)
        {
            Assert.True(_last is null || (position.WrittenIn, position.Id).CompareTo((_last.WrittenIn, _last.Id)) > 0, "A page goes back.");
            Assert.True(_seen.Add((row.Id, row.RawText)), $"{row.RawText} came twice.");
            _copy[row.Id] = row.RawText;
            _last = position;
        }

        return page.Count > 0;
    }

    /// <summary>As a function writes: inserts, then changes of rows of its own; each fifth transaction is given up.</summary>
    private async Task WriteAsync(int writer, CancellationToken cancellationToken)
    {
        var source = await _database.OpenAsync(_database.Functions);
        for (var i = 0; i < Transactions; i++)
        {
            await using var session = await TenantSession.BeginAsync(source, Tenant, cancellationToken);
            await using var write = session.Command("""
                SELECT pg_sleep(random() * 0.01);
                INSERT INTO incidents (id, tenant_id, domain_id, raw_text, created_by) VALUES (gen_random_uuid(), @tenant, 'civic', @text, @by);
                SELECT pg_sleep(random() * 0.01);
                UPDATE incidents SET raw_text = raw_text || '.' WHERE tenant_id = @tenant AND raw_text LIKE @mine;
                SELECT pg_sleep(random() * 0.01);
                """);
            write.Parameters.AddWithValue("text", $"w{writer} {i}");
            write.Parameters.AddWithValue("mine", $"w{writer} {i - (i % 4)}%");
            write.Parameters.AddWithValue("by", SeededDatabase.User);
            await write.ExecuteNonQueryAsync(cancellationToken);
            if (i % 5 != 4) await session.CommitAsync(cancellationToken);
        }
    }

    /// <summary>As the owner by hand: the transaction has its number before it touches the tenant.</summary>
    private static async Task WriteLateAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Transactions; i++)
        {
            await using var write = owner.CreateCommand($"""
                BEGIN;
                SELECT pg_current_xact_id(), pg_sleep(random() * 0.02);
                INSERT INTO incidents (id, tenant_id, domain_id, raw_text, created_by)
                VALUES (gen_random_uuid(), '{Tenant}', 'civic', 'late', '{SeededDatabase.User}');
                SELECT pg_sleep(random() * 0.01);
                COMMIT;
                """);
            await write.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
