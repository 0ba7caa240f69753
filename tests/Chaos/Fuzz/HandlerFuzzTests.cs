using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;
using FsCheck;
using FsCheck.Fluent;

namespace DomainFlow.Chaos.Tests.Fuzz;

/// <summary>Whatever is sent gets a clear answer; no process dies or grows.</summary>
[Collection(SystemCollection.Name)]
public sealed class HandlerFuzzTests(RunningSystem system)
{
    private const int Parts = 10;
    private const int Size = 20;
    private static readonly string[] Invoked = [SystemMap.Ingest, SystemMap.Synthesis, SystemMap.Query];
    private readonly ConcurrentBag<string> _bad = [];
    private readonly ConcurrentDictionary<int, int> _statuses = [];

    [SkippableFact]
    public async Task Mutated_requests_get_an_answer_below_500_and_leave_the_processes_as_they_were()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var tenant = Guid.NewGuid();
        await system.MakeTenantAsync(tenant);
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("DOMAINFLOW_CHAOS_SEED"), out var given) ? given : 7;
        var requests = new RequestGenerator(await IdsAsync(tenant)).Any();
        // Some thousand large bodies at eight at a time take the processes to the size that they keep.
        var count = ProofSize.Of(small: 500, full: 100_000, tenth: 40_000);
        var token = system.Token(tenant, groups: "admin");
        var memory = new List<IReadOnlyDictionary<int, long>>();
        for (var part = 0; part < Parts; part++)
        {
            var sent = requests.Sample(count / Parts, new Rnd(seed + (ulong)part), Size);
            await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, stop) => await SendAsync(request, token, stop));
            memory.Add(MemoryWatch.Resident(system));
        }

        Assert.True(_bad.IsEmpty, $"seed {seed}, {_bad.Count} of {count}:\n{string.Join('\n', _bad.Take(10))}\n{system.Log}");
        Assert.Equal(count, _statuses.Values.Sum());
        var grown = Grown(memory);
        await Found.SayAsync($"{count} requests (seed {seed}): {string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} x {s.Key}"))}; {grown}");
    }

    [SkippableFact]
    public async Task Junk_events_end_no_process()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var before = Processes();
        foreach (var payload in Hostile.Json(4).Sample(ProofSize.Of(small: 30, full: 3_000), new Rnd(11), Size).Select(Event))
        {
            foreach (var function in Invoked)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{system.Origin}/2015-03-31/functions/{function}/invocations");
                request.Content = new StringContent(payload);
                using var response = await system.SendSignedAsync(request);
                // A function may refuse an event with an error; it may not die of it.
                Assert.True(response.IsSuccessStatusCode, $"{function} {payload}: {response.StatusCode}");
            }
        }

        Assert.Equal(before, Processes());
    }

    private static string Event(JsonNode? junk, int place)
    {
        var record = (place % 4) switch
        {
            0 => new JsonObject { ["eventSource"] = "aws:sqs", ["messageId"] = $"m{place}", ["body"] = junk?.ToJsonString() ?? "", ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" } },
            1 => new JsonObject { ["eventSource"] = "aws:s3", ["s3"] = new JsonObject { ["bucket"] = new JsonObject { ["name"] = "evidence" }, ["object"] = new JsonObject { ["key"] = junk?.ToString() ?? "" } } },
            2 => new JsonObject { ["eventSource"] = "aws:sqs", ["body"] = junk?.DeepClone() },
            _ => null,
        };
        return record is null ? junk?.ToJsonString() ?? "null" : new JsonObject { ["Records"] = new JsonArray(record) }.ToJsonString();
    }

    private async Task SendAsync(FuzzedRequest fuzzed, string token, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(new HttpMethod(fuzzed.Method), new Uri(system.Url + fuzzed.Path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (fuzzed.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in fuzzed.Headers)
        {
            if (value.Any(c => c is < ' ' or > '~')) continue;
            if (name == "Content-Type") request.Content?.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        var watch = Stopwatch.StartNew();
        try
        {
            using var response = await system.Http.SendAsync(request, stop);
            var status = (int)response.StatusCode;
            _statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
            // An address that is none (%00, too long) the server refuses by itself, before there is a request.
            var unread = status is 414 or 431 || (status == 400 && fuzzed.Path.Contains("%00", StringComparison.Ordinal));
            var unclear = status >= 400 && !unread && response.Content.Headers.ContentType?.MediaType != "application/problem+json";
            if (status is >= 500 and not 503 || unclear)
                _bad.Add($"{status} after {watch.Elapsed}: {fuzzed}\n    {await response.Content.ReadAsStringAsync(stop)}");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            _bad.Add($"{error.Message} after {watch.Elapsed}: {fuzzed}");
        }
    }

    /// <summary>The end against the middle.</summary>
    private static string Grown(List<IReadOnlyDictionary<int, long>> memory)
    {
        // In the first half a process takes what it keeps: connections, plans, caches.
        var (middle, last) = (memory[memory.Count / 2 - 1], memory[^1]);
        Assert.Equal(middle.Keys.Order(), last.Keys.Order());
        var worst = middle.Max(process => (double)last[process.Key] / process.Value);
        if (ProofSize.Full) Assert.All(middle, process => Assert.True(last[process.Key] <= process.Value * 1.2, Series(process.Key, memory)));
        return $"memory at most x {worst:0.00}";
    }

    private static string Series(int process, List<IReadOnlyDictionary<int, long>> memory) =>
        $"{MemoryWatch.Name(process)} grew, MiB: {string.Join(" ", memory.Select(part => part.TryGetValue(process, out var kib) ? kib / 1024 : 0))}";

    private List<int> Processes() => [.. Invoked.SelectMany(function => system.FunctionProcesses(function)).Order()];

    private async Task<IReadOnlyList<string>> IdsAsync(Guid tenant)
    {
        var token = system.Token(tenant);
        var session = await system.PostAsync("/sessions", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["title"] = "Fuzz" }, token);
        var query = await system.PostAsync("/queries", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["question"] = "Where?", ["wait_seconds"] = 0 }, token);
        var ids = new List<string> { (string)session.Json["session_id"]!, (string)query.Json["query_id"]! };
        for (var i = 0; i < 5; i++) ids.Add((string)(await system.PostAsync("/reports", RunningSystem.NewReport($"Pothole {i} on Tinsmith Street"), token)).Json["incident_id"]!);
        return ids;
    }
}
