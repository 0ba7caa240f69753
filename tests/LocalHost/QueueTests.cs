using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using DomainFlow.Local;
using DomainFlow.Topology;

namespace DomainFlow.LocalHost.Tests;

public sealed class QueueTests : IAsyncLifetime
{
    private const string Queue = "things-changed";

    private Database database = null!;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_POSTGRES") is null) return;
        database = await Database.CreateAsync();
        host = await TestHost.StartAsync(System(), options => options with { Database = database.Settings, QueueVisibility = TimeSpan.FromMilliseconds(200) });
    }

    public async Task DisposeAsync()
    {
        if (host is null) return;
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_message_is_delivered_as_an_SQS_event_and_then_gone()
    {
        var file = await SendAsync(new { id = "a" });
        var record = (await DeliveriesAsync(file, 1)).Single().Record;
        Assert.Equal("aws:sqs", record["eventSource"]!.ToString());
        Assert.Equal($"arn:aws:sqs:local-1:000000000000:{Queue}", record["eventSourceARN"]!.ToString());
        Assert.Equal("1", record["attributes"]!["ApproximateReceiveCount"]!.ToString());
        Assert.InRange(long.Parse(record["attributes"]!["SentTimestamp"]!.ToString()), 1, long.Parse(record["attributes"]!["ApproximateFirstReceiveTimestamp"]!.ToString()));
        Assert.Matches("^[0-9a-f]{32}$", record["md5OfBody"]!.ToString());
        Assert.NotEmpty(record["receiptHandle"]!.ToString());
        await EmptyAsync();
    }

    [SkippableFact]
    public async Task A_message_that_the_function_names_comes_again_and_the_others_do_not()
    {
        var file = await SendAsync(new { id = "good" }, new { id = "bad", fail = "item" }, new { id = "fine" });
        await EmptyAsync();
        var deliveries = await DeliveriesAsync(file, 5);
        Assert.Equal(["1", "2", "3"], deliveries.Where(d => d.Id == "bad").Select(d => d.Count));
        Assert.Single(deliveries, d => d.Id == "good");
        Assert.Single(deliveries, d => d.Id == "fine");
        Assert.Equal("things-changed-dead-letters: the function reported the message as failed, 3", await DeadLetterAsync());
    }

    [SkippableTheory]
    [InlineData("empty", "batchItemFailures names \"\", which is no message of the batch")]
    [InlineData("throw", "Echo.Thrown: the batch failed as told")]
    public async Task An_answer_that_names_no_message_fails_the_whole_batch(string how, string reason)
    {
        await SendAsync(new { id = "only", fail = how });
        await EmptyAsync();
        Assert.Equal($"things-changed-dead-letters: {reason}, 3", await DeadLetterAsync());
    }

    [SkippableFact]
    public async Task An_unknown_message_named_fails_the_messages_beside_it()
    {
        var file = await SendAsync(new { id = "beside" }, new { id = "unknown", fail = "unknown" });
        await EmptyAsync();
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM host.dead_letters"));
        Assert.Equal(3, (await DeliveriesAsync(file, 6)).Count(d => d.Id == "beside"));
    }

    [SkippableFact]
    public async Task Changes_flow_through_the_pipe_and_those_without_one_are_dropped()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await database.CreateChangesAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("""
            INSERT INTO embedded.changes (table_name, keys, event) VALUES ('Things', '{"thing_id": "7", "fail": "throw"}', 'MODIFY'), ('Others', '{"other_id": "8"}', 'INSERT');
            NOTIFY embedded_changes
            """);
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM embedded.changes") == 0, "the changes are moved");
        await EmptyAsync();
        // Told to fail by the keys, the function leaves a trace: it has seen the change of Things, and only that.
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM host.dead_letters"));
        var body = await database.ScalarAsync<string>("SELECT body FROM host.dead_letters");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"table":"Things","keys":{"thing_id":"7","fail":"throw"},"event":"MODIFY"}"""), JsonNode.Parse(body)), body);
    }

    [SkippableFact]
    public async Task Each_of_a_thousand_changes_becomes_one_message()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await host.System.DisposeAsync();
        await database.CreateChangesAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("INSERT INTO embedded.changes (table_name, keys, event) SELECT 'Unread', jsonb_build_object('id', n), 'INSERT' FROM generate_series(1, 1200) n");
        await using var second = await TestHost.StartAsync(System(), options => options with { Database = database.Settings });
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM embedded.changes") == 0, "the changes are moved");
        Assert.Equal(1200, await database.ScalarAsync<long>("SELECT count(DISTINCT body::json->'keys'->>'id') FROM host.messages WHERE queue = 'unread'"));
        Assert.Equal(1200, await database.ScalarAsync<long>("SELECT count(*) FROM host.messages WHERE queue = 'unread'"));
        var body = await database.ScalarAsync<string>("SELECT body FROM host.messages WHERE queue = 'unread' AND body::json->'keys'->>'id' = '7'");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"table":"Unread","keys":{"id":7},"event":"INSERT"}"""), JsonNode.Parse(body)), body);
    }

    [SkippableFact]
    public async Task An_Event_invocation_is_accepted_at_once_and_runs_later()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var file = Path.Combine(host.Folder("kept"), "lines");
        using var response = await host.InvokeAsync("Echo", new { command = "keep", file, text = "ran" }, ("X-Amz-Invocation-Type", "Event"));
        Assert.Equal(202, (int)response.StatusCode);
        await Eventually.TrueAsync(() => File.Exists(file), "the invocation ran");
        await EmptyAsync();
        Assert.Equal(["ran"], await File.ReadAllLinesAsync(file));
    }

    [SkippableFact]
    public async Task An_Event_invocation_that_fails_is_tried_three_times_and_kept_with_its_reason()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var file = Path.Combine(host.Folder("kept"), "lines");
        using var response = await host.InvokeAsync("Echo", new { command = "keep-and-throw", file, text = "ran" }, ("X-Amz-Invocation-Type", "Event"));
        await EmptyAsync();
        Assert.Equal(["ran", "ran", "ran"], await File.ReadAllLinesAsync(file));
        Assert.Equal("echo-failures: Echo.Thrown: thrown after keeping, 3", await DeadLetterAsync());
    }

    [SkippableFact]
    public async Task A_message_survives_the_end_of_the_host()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await host.System.DisposeAsync();
        var file = await SendAsync(new { id = "later" });
        await using var second = await TestHost.StartAsync(System(), options => options with { Database = database.Settings });
        Assert.Equal("later", (await DeliveriesAsync(file, 1)).Single().Id);
    }

    private static SystemDescription System() => TestHost.Echo(TestHost.Function(concurrency: 2)) with
    {
        Queues = [new QueueDefinition(Queue, VisibilitySeconds: 60, MaxReceives: 3), new QueueDefinition("unread", VisibilitySeconds: 60, MaxReceives: 3)],
        Pipes = [new PipeDefinition("things", "Things", Queue), new PipeDefinition("unread", "Unread", "unread")],
        QueueTriggers = [new QueueTrigger(Queue, "Echo", BatchSize: 10)],
        AsyncInvocations = [new AsyncInvocation("Echo", MaxRetries: 2, "echo-failures")],
    };

    /// <summary>Puts messages into the queue, in one statement; each names the file that the function writes its deliveries to.</summary>
    private async Task<string> SendAsync(params object[] messages)
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var file = Path.Combine(host.Folder("deliveries"), Guid.NewGuid().ToString());
        var bodies = messages.Select(message =>
        {
            var body = JsonSerializer.SerializeToNode(message)!;
            body["file"] = file;
            return body.ToJsonString();
        }).ToArray();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("INSERT INTO host.messages (queue, body) SELECT @Queue, unnest(@bodies)", new { Queue, bodies });
        return file;
    }

    private static async Task<List<(string Id, string Count, JsonNode Record)>> DeliveriesAsync(string file, int count)
    {
        await Eventually.TrueAsync(() => File.Exists(file) && File.ReadAllLines(file).Length >= count, $"{count} deliveries");
        return [.. (await File.ReadAllLinesAsync(file)).Select(line => line.Split(' ', 3)).Select(parts => (parts[0], parts[1], JsonNode.Parse(parts[2])!))];
    }

    private Task EmptyAsync() =>
        Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM host.messages WHERE queue <> 'unread'") == 0, "the queues are empty");

    private Task<string> DeadLetterAsync() => database.ScalarAsync<string>("SELECT queue || ': ' || reason || ', ' || receive_count FROM host.dead_letters");
}
