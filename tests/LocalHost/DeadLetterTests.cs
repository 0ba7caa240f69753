using System.Text.Json.Nodes;
using Dapper;
using DomainFlow.Local;
using DomainFlow.Topology;

namespace DomainFlow.LocalHost.Tests;

public sealed class DeadLetterTests : IAsyncLifetime
{
    private const string Queue = "things-changed";

    private Database database = null!;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_POSTGRES") is null) return;
        database = await Database.CreateAsync();
        host = await TestHost.StartAsync(System(), options => options with { Database = database.Settings, QueueVisibility = TimeSpan.FromMilliseconds(100) });
    }

    public async Task DisposeAsync()
    {
        if (host is null) return;
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData("die", "Runtime.ExitError")]
    [InlineData("throw", "Echo.Thrown: thrown as told")]
    [InlineData("hang", "Sandbox.Timedout")]
    public async Task The_dead_letter_of_an_invocation_says_how_it_ended(string command, string reason)
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        using var response = await host.InvokeAsync("Echo", new { command }, ("X-Amz-Invocation-Type", "Event"));
        var letter = (await LettersAsync(1)).Single()!;
        Assert.Equal(("echo-failures", "async:Echo", "2"), (letter["queue"]!.ToString(), letter["source"]!.ToString(), letter["deliveries"]!.ToString()));
        Assert.StartsWith(reason, letter["reason"]!.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_dead_letter_says_what_it_is_about_and_goes_back_alone()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var (one, other) = (await BuryAsync("7"), await BuryAsync("8"));
        var letters = await LettersAsync(2);
        Assert.Equal(["thing_id=7", "thing_id=8"], letters.Select(letter => letter!["about"]!.ToString()));
        Assert.Equal("it failed", letters[0]!["reason"]!.ToString());

        var dry = await RedriveAsync(new { message = one, dry_run = true });
        Assert.Equal(("0", "1"), (dry["redriven"]!.ToString(), dry["would"]!.ToString()));
        Assert.Equal(2, (await LettersAsync(2)).Count);

        Assert.Equal("1", (await RedriveAsync(new { message = one }))["redriven"]!.ToString());
        Assert.Equal(other.ToString(), (await LettersAsync(1)).Single()!["id"]!.ToString());
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM host.messages") == 0, "the message is handled");
        Assert.Contains($"redriven: {one} from {Queue}-dead-letters to {Queue}; it had failed 3 times: it failed", host.Log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Redriven_messages_start_to_count_anew()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var file = Path.Combine(host.Folder("deliveries"), "lines");
        await BuryAsync("9", file);
        await BuryAsync("10", file);
        Assert.Equal("2", (await RedriveAsync(new { queue = Queue }))["redriven"]!.ToString());
        await Eventually.TrueAsync(() => File.Exists(file) && File.ReadAllLines(file).Length == 2, "both are delivered");
        Assert.All(File.ReadAllLines(file), line => Assert.Equal("1", line.Split(' ', 3)[1]));
        Assert.Empty(await LettersAsync(0));
    }

    [SkippableFact]
    public async Task The_door_is_closed_to_web_pages()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        using var read = await host.Client.GetAsync("_queues/dead-letters");
        using var write = await host.Client.PostAsync("_queues/redrive", TestHost.Json(new { }));
        Assert.Equal((403, 403), ((int)read.StatusCode, (int)write.StatusCode));
    }

    [SkippableFact]
    public async Task A_schedule_invokes_its_function_and_waits_over_restarts_for_its_time()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await host.System.DisposeAsync();
        var file = Path.Combine(host.Folder("kept"), "lines");
        var payload = new JsonObject { ["command"] = "keep", ["file"] = file, ["text"] = "ran" }.ToJsonString();
        var system = System() with { Schedules = [new ScheduleDefinition("often", "Echo", EveryMinutes: 60, payload)] };
        await using (var second = await TestHost.StartAsync(system, options => options with { Database = database.Settings }))
            await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM host.schedules") == 1, "the schedule is known");
        Assert.InRange(await database.ScalarAsync<double>("SELECT extract(epoch FROM due_at - now()) / 60 FROM host.schedules"), 55, 60);
        Assert.False(File.Exists(file));

        // Several runs were missed: one makes up for them.
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("UPDATE host.schedules SET due_at = now() - interval '5 hours'");
        await using (var third = await TestHost.StartAsync(system, options => options with { Database = database.Settings }))
            await Eventually.TrueAsync(() => File.Exists(file), "it ran");
        Assert.Equal(["ran"], await File.ReadAllLinesAsync(file));
        Assert.InRange(await database.ScalarAsync<double>("SELECT extract(epoch FROM due_at - now()) / 60 FROM host.schedules"), 55, 60);
    }

    [SkippableFact]
    public async Task A_shortened_schedule_runs_again_and_again()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await host.System.DisposeAsync();
        var file = Path.Combine(host.Folder("kept"), "lines");
        var payload = new JsonObject { ["command"] = "keep", ["file"] = file, ["text"] = "ran" }.ToJsonString();
        var system = System() with { Schedules = [new ScheduleDefinition("often", "Echo", EveryMinutes: 60, payload)] };
        await using var second = await TestHost.StartAsync(
            system, options => options with { Database = database.Settings, ScheduleInterval = TimeSpan.FromMilliseconds(50) });
        await Eventually.TrueAsync(() => File.Exists(file) && File.ReadAllLines(file).Length >= 3, "it ran three times");
    }

    [SkippableFact]
    public async Task What_was_kept_as_long_as_any_is_dropped()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var old = await BuryAsync("old");
        await BuryAsync("young");
        await host.System.DisposeAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("UPDATE host.dead_letters SET died_at = now() - interval '15 days' WHERE id = @old", new { old });
        await connection.ExecuteAsync("""
            INSERT INTO host.messages (queue, body, sent_at, visible_at)
                VALUES (@Queue, '{}', now() - interval '3 days', now() + interval '1 day'), (@Queue, '{}', now(), now() + interval '1 day')
            """, new { Queue });
        await using var second = await TestHost.StartAsync(System(), options => options with { Database = database.Settings });
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM host.messages") == 1, "the old message is dropped");
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM host.dead_letters"));
    }

    private static SystemDescription System() => TestHost.Echo(TestHost.Function(timeout: 2)) with
    {
        Queues = [new QueueDefinition(Queue, VisibilitySeconds: 60, MaxReceives: 3, RetentionDays: 2)],
        QueueTriggers = [new QueueTrigger(Queue, "Echo", BatchSize: 10)],
        AsyncInvocations = [new AsyncInvocation("Echo", MaxRetries: 1, "echo-failures")],
    };

    /// <summary>Puts a message among the dead letters, as one that had failed three times.</summary>
    private async Task<Guid> BuryAsync(string id, string? file = null)
    {
        var body = new JsonObject { ["table"] = "Things", ["keys"] = new JsonObject { ["thing_id"] = id }, ["id"] = id, ["file"] = file };
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<Guid>(
            """
            INSERT INTO host.dead_letters (id, queue, source, body, reason, receive_count, sent_at)
            VALUES (gen_random_uuid(), @Queue || '-dead-letters', @Queue, @body, 'it failed', 3, now()) RETURNING id
            """,
            new { Queue, body = body.ToJsonString() });
    }

    /// <summary>What the door lists, once there are so many.</summary>
    private async Task<JsonArray> LettersAsync(int count)
    {
        JsonNode answer = new JsonObject();
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await SendAsync(HttpMethod.Get, "_queues/dead-letters", null);
                answer = await TestHost.ReadAsync(response);
                return (int)answer["total"]! == count;
            },
            $"there are {count} dead letters");
        return answer["items"]!.AsArray();
    }

    private async Task<JsonNode> RedriveAsync(object body)
    {
        using var response = await SendAsync(HttpMethod.Post, "_queues/redrive", TestHost.Json(body));
        return await TestHost.ReadAsync(response);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        return host.SendSignedAsync(request);
    }
}
