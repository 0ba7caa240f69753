using System.Net.Http.Headers;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Stores.Tests.Cache;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>Requests a minute, counted by all processes together in Redis; by each for itself while Redis is away. The system is its own, and mostly waits: it runs beside the others.</summary>
public class Limits
{
    private const int PerUser = 10;
    private const int PerTenant = 25;

    [SkippableFact]
    public async Task All_processes_count_together_and_without_Redis_each_counts_for_itself()
    {
        await using var redis = await RedisServer.StartAsync();
        var system = new RunningSystem().With("CACHE_URL", redis.Url)
            .With("REQUESTS_PER_MINUTE_USER", $"{PerUser}").With("REQUESTS_PER_MINUTE_TENANT", $"{PerTenant}");
        try
        {
            await system.InitializeAsync();
            Skip.If(system.Missing is not null, system.Missing);
            await CountTogetherAsync(system);
            await TenantsAreHeldAsync(system);

            await redis.KillAsync();
            await GoOnAsync(system);
            await RefuseInTheEndAsync(system);
            await redis.StartAgainAsync();
            await CountTogetherAsync(system);

            await redis.StopAsync();
            await GoOnAsync(system);
            await redis.ContinueAsync();
            await CountTogetherAsync(system);
            Assert.Contains("is left alone for a while", system.Log, StringComparison.Ordinal);
            Assert.Contains("answers again", system.Log, StringComparison.Ordinal);
        }
        finally
        {
            await system.DisposeAsync();
        }
    }

    /// <summary>A user's requests to two functions, half of the limit each, pass; the next is refused, whichever takes it.</summary>
    private static Task CountTogetherAsync(RunningSystem system) => Eventually.HoldsAsync(
        async () =>
        {
            var token = system.Token(Guid.NewGuid(), Guid.NewGuid());
            for (var i = 0; i < PerUser; i++) Assert.Equal(200, (await SendAsync(system, i % 2 == 0 ? "/reports" : "/sessions", token)).Status);
            var (first, second) = (await SendAsync(system, "/sessions", token), await SendAsync(system, "/reports", token));
            // A process that has not asked Redis again yet counts for itself.
            if (first.Status == 200 || second.Status == 200) return false;
            Assert.All([first, second], refused =>
            {
                Assert.Equal((429, "application/problem+json"), (refused.Status, refused.Type));
                Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, 1, 60);
            });
            return true;
        },
        TimeSpan.FromSeconds(60),
        () => "the processes do not count together\n" + system.Log);

    private static async Task TenantsAreHeldAsync(RunningSystem system)
    {
        var statuses = new List<int>();
        await Eventually.HoldsAsync(
            async () =>
            {
                // A count that Redis was too slow for is the process's own: the next tenant may have all of its counts in Redis.
                var tenant = Guid.NewGuid();
                statuses.Clear();
                for (var i = 0; i < PerTenant + 1; i++)
                    statuses.Add((await SendAsync(system, "/reports", system.Token(tenant, User(i / PerUser)))).Status);
                return statuses.SequenceEqual([.. Enumerable.Repeat(200, PerTenant), 429]);
            },
            TimeSpan.FromSeconds(60),
            () => $"the tenant is not held: {string.Join(", ", statuses)}\n{system.Log}");
        Assert.Equal(200, (await SendAsync(system, "/reports", system.Token(Guid.NewGuid(), User(0)))).Status);
    }

    /// <summary>More than the limit over two functions passes: no process knows of the others.</summary>
    private static async Task GoOnAsync(RunningSystem system)
    {
        var token = system.Token(Guid.NewGuid(), Guid.NewGuid());
        for (var i = 0; i < 2 * PerUser; i++)
        {
            var answer = await SendAsync(system, i % 2 == 0 ? "/reports" : "/sessions", token);
            Assert.True(answer.Status == 200, $"request {i + 1}: {answer.Status}\n{system.Log}");
        }
    }

    private static async Task RefuseInTheEndAsync(RunningSystem system)
    {
        var token = system.Token(Guid.NewGuid(), Guid.NewGuid());
        var passed = 0;
        while (await SendAsync(system, "/reports", token) is { Status: not 429 } answer)
        {
            Assert.Equal(200, answer.Status);
            Assert.InRange(++passed, 1, 20 * PerUser);
        }

        Assert.InRange(passed, PerUser, 20 * PerUser);
    }

    private static Guid User(int number) => new(number + 1, 0, 0, new byte[8]);

    private static async Task<(int Status, string? Type, TimeSpan? RetryAfter)> SendAsync(RunningSystem system, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, system.Url + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await system.Http.SendAsync(request);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta);
    }
}
