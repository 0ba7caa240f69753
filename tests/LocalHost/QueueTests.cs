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
        Assert.InRange(long.Parse(record["attributes"]!["SentTimestamp"]!.ToString()),
            1, long.Parse(record["attributes"]!["ApproximateFirstReceiveTimestamp"]!.ToString()));
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
            INSERT INTO embedded.changes (table_name, keys, event)
                VALUES ('Things', '{"thing_id": "7", "fail": "throw"}', 'MODIFY'), ('Others', '{"other_id": "8"}', 'INSERT');
            NOTIFY embedded_changes
            """);
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM embedded.changes") == 0, "the changes are moved");
        await EmptyAsync();
        // Told to fail by the keys, the function leaves a trace: it has seen the change of Things, and only that.
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM host.dead_letters"));
        var body = await database.ScalarAsync<string>("SELECT body FROM host.dead_letters");
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"table":"Things","keys":{"thing_id":"7","fail":"throw"},"event":"MODIFY"}"""), JsonNode.Parse(body)), body);
    }

    [SkippableFact]
    public async Task Each_of_a_thousand_changes_becomes_one_message()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await host.System.DisposeAsync();
        await database.CreateChangesAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "INSERT INTO embedded.changes (table_name, keys, event) SELECT 'Unread', jsonb_build_object('id', n), 'INSERT' FROM generate_series(1, 1200) n");
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

    [SkippableFact]
    public async Task An_uploaded_object_is_told_to_the_function_of_its_suffix()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        var events = Path.Combine(host.Folder("events"), "lines");
        var system = TestHost.Echo(TestHost.Function(concurrency: 1,
            variables: new EnvironmentVariable("ECHO_EVENTS_FILE", VariableSource.Literal, events))) with
        {
            Buckets = [new BucketDefinition("photos", [])],
            ObjectTriggers = [new ObjectTrigger("photos", ".jpg", "Echo"), new ObjectTrigger("photos", ".png", "Echo")],
        };
        await host.System.DisposeAsync();
        await using var second = await TestHost.StartAsync(system, options => options with { Database = database.Settings });
        var grants = new Grants(File.ReadAllLines(Path.Combine(second.State, "keys", "objects.key")), second.System.Port);
        foreach (var key in (string[])["t/a b/ü.jpg", "t/display"])
        {
            using var stored = await second.Client.PostAsync("_objects/photos", ObjectsTests.Form(grants.Upload(key, "image/jpeg", 100), [1, 2, 3]));
            Assert.Equal(204, (int)stored.StatusCode);
        }

        await Eventually.TrueAsync(() => File.Exists(events), "the event arrived");
        await EmptyAsync();
        var record = JsonNode.Parse((await File.ReadAllLinesAsync(events)).Single())!["Records"]![0]!;
        Assert.Equal(("2.1", "aws:s3", "ObjectCreated:Post"),
            (record["eventVersion"]!.ToString(), record["eventSource"]!.ToString(), record["eventName"]!.ToString()));
        Assert.Equal("photos", record["s3"]!["bucket"]!["name"]!.ToString());
        Assert.Equal("t/a+b/%C3%BC.jpg", record["s3"]!["object"]!["key"]!.ToString());
        Assert.Equal(("3", "5289df737df57326fcdd22597afb1fac"), (record["s3"]!["object"]!["size"]!.ToString(), record["s3"]!["object"]!["eTag"]!.ToString()));
        Assert.Empty(Directory.GetFiles(Path.Combine(second.State, "objects", ".events")));

        // Noted by a writer who died before it was sent, or by a function that asks for it.
        Note(second, "t/never-came.jpg");
        Note(second, "t/a b/ü.jpg");
        await Eventually.TrueAsync(() => File.ReadAllLines(events).Length == 2, "the noted event arrived");
        await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(second.State, "objects", ".events")).Length == 0, "both notes are gone");
        var again = JsonNode.Parse((await File.ReadAllLinesAsync(events))[1])!["Records"]![0]!["s3"]!["object"]!;
        var first = record["s3"]!["object"]!;
        Assert.Equal((first["key"]!.ToString(), first["versionId"]!.ToString()), (again["key"]!.ToString(), again["versionId"]!.ToString()));
        Assert.True(string.CompareOrdinal(again["sequencer"]!.ToString(), first["sequencer"]!.ToString()) > 0);
    }

    private static void Note(TestHost host, string key)
    {
        var path = Path.Combine(host.State, "objects", ".events", Guid.NewGuid() + ".json");
        var at = TimeProvider.System.GetUtcNow();
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(new { bucket = "photos", key, at }));
        File.Move(path + ".new", path);
    }

    [SkippableFact]
    public async Task Background_work_never_holds_a_functions_last_process()
    {
        var folder = host is null ? "" : host.Folder("meeting");
        await SendAsync(new { id = "one", meet = folder, guests = 3 });
        await Eventually.TrueAsync(() => Directory.GetFiles(folder).Length == 1, "a batch is being handled");
        using var accepted = await host!.InvokeAsync("Echo", new { command = "meet", folder, guests = 3 }, ("X-Amz-Invocation-Type", "Event"));
        await Eventually.TrueAsync(
            async () => await database.ScalarAsync<long>("SELECT count(*) FROM host.messages WHERE receive_count = 1") == 2, "both wait for processes");
        using var response = await host.CommandAsync(new { command = "about" });
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Single(Directory.GetFiles(folder));
        foreach (var guest in (string[])["second", "third"]) await File.WriteAllTextAsync(Path.Combine(folder, guest), "");
        await EmptyAsync();
    }

    [SkippableFact]
    public async Task Expired_items_are_deleted()
    {
        Skip.If(host is null, "DOMAINFLOW_TEST_POSTGRES is not set");
        await host.System.DisposeAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("""
            CREATE SCHEMA embedded;
            CREATE TABLE embedded.expiring (expires_at bigint);
            INSERT INTO embedded.expiring VALUES (1), (2), (99999999999);
            CREATE FUNCTION embedded.delete_expired(at_epoch bigint, at_most integer) RETURNS integer LANGUAGE sql AS
                'WITH gone AS (DELETE FROM embedded.expiring WHERE expires_at <= at_epoch RETURNING 1) SELECT count(*)::integer FROM gone'
            """);
        await using var second = await TestHost.StartAsync(System(), options => options with { Database = database.Settings });
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT count(*) FROM embedded.expiring") == 1, "what expired is gone");
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
        Eventually.TrueAsync(
            async () => await database.ScalarAsync<long>("SELECT count(*) FROM host.messages WHERE queue <> 'unread'") == 0, "the queues are empty");

    private Task<string> DeadLetterAsync() => database.ScalarAsync<string>("SELECT queue || ': ' || reason || ', ' || receive_count FROM host.dead_letters");
}
