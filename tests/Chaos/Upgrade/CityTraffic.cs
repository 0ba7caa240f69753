using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Upgrade;

/// <summary>Fifty requests a second of a city's people, whether or not the last ones were answered.</summary>
internal sealed class CityTraffic(RunningSystem system, Guid tenant)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly string _token = system.Token(tenant, groups: "manager");

    /// <summary>Reports that were accepted.</summary>
    public ConcurrentQueue<string> Accepted { get; } = [];

    /// <summary>Answers, by status.</summary>
    public ConcurrentDictionary<int, int> Answers { get; } = [];

    /// <summary>What was refused, failed or had no answer.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    public TimeSpan Slowest { get; private set; }

    /// <summary>Whether more were served than were told to come again.</summary>
    public bool ServedMost => Served > Answers.Values.Sum() / 2;

    public int Served => Answers.Where(answer => answer.Key < 300).Sum(answer => answer.Value);

    /// <summary>Sends until it is told to stop, then waits for the last answers.</summary>
    public async Task SendAsync(CancellationToken stop)
    {
        using var tick = new PeriodicTimer(Between);
        var sent = new List<Task>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            sent.Add(SendAsync(i));
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(sent);
    }

    private async Task SendAsync(int i)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var answer = await AskAsync(i);
            Answers.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            // 429 is what a function says that has no process free: the machine's measure, not the upgrade's.
            if (answer.Status is >= 300 and not 429) Wrong.Enqueue($"request {i}: {answer.Status} {answer.Text}");
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            Wrong.Enqueue($"request {i}: {lost.Message}");
        }

        lock (Accepted) Slowest = watch.Elapsed > Slowest ? watch.Elapsed : Slowest;
    }

    private async Task<Answer> AskAsync(int i)
    {
        switch (i % 10)
        {
            case 0 or 4:
                var posted = await system.PostAsync("/reports", RunningSystem.NewReport($"Deep pothole number {i} near the market, cars swerve"), _token);
                if (posted.Status == 202) Accepted.Enqueue((string)posted.Json["incident_id"]!);
                return posted;
            case 2 when Accepted.TryPeek(out var known):
                return await system.SendAsync(HttpMethod.Patch, $"/reports/{known}", """{"category":"flooding"}""", _token);
            case 3 or 7 when Accepted.TryPeek(out var known):
                return await system.GetAsync($"/reports/{known}", _token);
            case 5:
                return await system.GetAsync("/data/geo?bbox=-72.9,41.3,-72.88,41.31", _token);
            case 6:
                return await system.GetAsync("/search?text=market%20street&mode=text", _token);
            case 8:
                return await system.PostAsync("/sessions", new JsonObject { ["domain_id"] = RunningSystem.Domain }, _token);
            default:
                return await system.GetAsync($"/reports?domain_id={RunningSystem.Domain}&limit=20", _token);
        }
    }
}
