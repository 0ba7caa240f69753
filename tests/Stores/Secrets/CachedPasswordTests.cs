using DomainFlow.Embedded.Tests.Support;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Stores.Tests.Secrets;

/// <summary>How often a password is read, and what is done without its source.</summary>
public sealed class CachedPasswordTests
{
    private readonly ManualClock clock = new();
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
    public async Task A_refused_password_is_not_used_again_while_its_source_is_away()
    {
        await using var role = await RotatedRole.MakeAsync();
        var credentials = role.Credentials;
        await using var pool = await OpenAsync(role, () => reads == 1 ? credentials : throw new IOException("the source is away"));
        await role.RotateAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(pool));
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
        var opening = Enumerable.Range(0, 4).Select(_ => PostgresDataSource.OpenAsync(pool, default)).ToList();
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

    /// <summary>By a connection of its own.</summary>
    private static async Task ConnectAsync(NpgsqlDataSource pool)
    {
        pool.Clear();
        await using var connection = await PostgresDataSource.OpenAsync(pool, default);
    }
}
