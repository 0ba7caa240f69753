using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Stores.Tests.Secrets;

/// <summary>How often a password is read, and what is done without its source.</summary>
public sealed class CachedPasswordTests
{
    private readonly CountingClock clock = new();
    private int reads;

    [SkippableFact]
    public async Task An_old_password_is_read_again()
    {
        await using var role = await RotatedRole.MakeAsync();
        await using var pool = await OpenAsync(role, () => role.Credentials);
        clock.Now += TimeSpan.FromMinutes(9);
        await ConnectAsync(pool);
        Assert.Equal(1, reads);
        clock.Now += TimeSpan.FromMinutes(2);
        await ConnectAsync(pool);
        await ConnectAsync(pool);
        Assert.Equal(2, reads);
    }

    [SkippableFact]
    public async Task Without_its_source_an_old_password_serves_on()
    {
        await using var role = await RotatedRole.MakeAsync();
        await using var pool = await OpenAsync(role, () => reads == 1 ? role.Credentials : throw new IOException("the source is away"));
        clock.Now += TimeSpan.FromHours(1);
        await ConnectAsync(pool);
        Assert.Equal(2, reads);
    }

    [SkippableFact]
    public async Task A_refused_password_is_read_once_for_each_try_and_told_when_it_stays_refused()
    {
        await using var role = await RotatedRole.MakeAsync();
        await using var pool = await OpenAsync(role, () => new(role.Credentials.Username, "another"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ConnectAsync(pool));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.Equal(2, reads);
    }

    [SkippableFact]
    public async Task Another_user_in_the_secret_is_named()
    {
        await using var role = await RotatedRole.MakeAsync();
        await using var pool = await OpenAsync(role, () => reads == 1 ? role.Credentials : new("another", role.Credentials.Password));
        clock.Now += TimeSpan.FromHours(1);
        var wrong = await Assert.ThrowsAsync<NpgsqlException>(() => ConnectAsync(pool));
        Assert.Contains($"was {role.Credentials.Username} and is now another", wrong.GetBaseException().Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_refused_password_is_not_used_again_while_its_source_is_away()
    {
        await using var role = await RotatedRole.MakeAsync();
        var credentials = role.Credentials;
        await using var pool = await OpenAsync(role, () => reads == 1 ? credentials : throw new IOException("the source is away"));
        await role.RotateAsync();
        var away = await Assert.ThrowsAsync<NpgsqlException>(() => ConnectAsync(pool));
        Assert.IsType<IOException>(away.GetBaseException());
        credentials = role.Credentials;
        reads = 0;
        await ConnectAsync(pool);
        Assert.Equal(1, reads);
    }

    [SkippableFact]
    public async Task Whoever_comes_while_it_is_read_waits_for_the_one_reading()
    {
        await using var role = await RotatedRole.MakeAsync();
        var gate = new TaskCompletionSource();
        await using var pool = await PostgresDataSource.CreateAsync(role.Settings, async _ =>
        {
            if (Interlocked.Increment(ref reads) > 1) await gate.Task;
            return role.Credentials;
        }, default, clock);
        clock.Now += TimeSpan.FromHours(1);
        var asked = clock.Asked;
        var opening = Enumerable.Range(0, 4).Select(_ => PostgresDataSource.OpenAsync(pool, default)).ToList();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (clock.Asked < asked + 5) await Task.Delay(5, limit.Token); // four see that it is old, one of them twice
        gate.SetResult();
        foreach (var connection in await Task.WhenAll(opening)) await connection.DisposeAsync();
        Assert.Equal(2, reads);
    }

    private Task<NpgsqlDataSource> OpenAsync(RotatedRole role, Func<DatabaseCredentials> read) => PostgresDataSource.CreateAsync(
        role.Settings,
        _ =>
        {
            Interlocked.Increment(ref reads);
            return Task.FromResult(read());
        },
        default,
        clock);

    /// <summary>Tells how often it was asked.</summary>
    private sealed class CountingClock : TimeProvider
    {
        private int _asked;

        public int Asked => _asked;

        public DateTimeOffset Now { get; set; } = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Increment(ref _asked);
            return Now;
        }
    }

    /// <summary>By a connection of its own.</summary>
    private static async Task ConnectAsync(NpgsqlDataSource pool)
    {
        pool.Clear();
        await using var connection = await PostgresDataSource.OpenAsync(pool, default);
    }
}
