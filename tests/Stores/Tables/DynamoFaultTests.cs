using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Aws.Tables;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>What DynamoDB does on bad days and no server does for a test: the faults are planned on the wire, the rest is the server's.</summary>
public sealed class DynamoFaultTests(DynamoServer server) : IClassFixture<DynamoServer>
{
    private readonly Guid tenant = Guid.NewGuid();
    private readonly string id = NewId();
    private readonly HastyClock clock = new();
    private readonly ScriptedEndpoint wire = new();

    private DynamoTables Store => new(server.ClientOn(wire), DynamoServer.PhysicalNames(All), clock, null, All);

    public static TheoryData<string, int> Faults => new()
    {
        { "ProvisionedThroughputExceededException", 400 },
        { "ThrottlingException", 400 },
        { "RequestLimitExceeded", 400 },
        { "InternalServerError", 500 },
        { "ServiceUnavailable", 503 },
        { "TransactionConflictException", 400 },
        { "TransactionInProgressException", 400 },
    };

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public async Task Every_call_is_tried_again_after_a_passing_fault(string code, int status)
    {
        var fault = ScriptedEndpoint.Error(code, status);
        await EveryCallSurvivesAsync(fault, fault, fault);
    }

    [SkippableFact]
    public async Task Every_call_is_tried_again_after_a_broken_connection_or_a_time_out()
    {
        await EveryCallSurvivesAsync(
            ScriptedEndpoint.Broken(new HttpRequestException("refused")),
            ScriptedEndpoint.Broken(new IOException("reset")),
            ScriptedEndpoint.Broken(new TaskCanceledException("the answer did not come", new TimeoutException())));
    }

    [SkippableFact]
    public async Task A_call_that_can_never_succeed_is_made_once()
    {
        wire.Plan(ScriptedEndpoint.Error("ValidationException"));
        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Store.GetAsync(Things, new ItemKey(id), tenant, default));
        wire.Plan(ScriptedEndpoint.Error("AccessDeniedException"));
        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Store.WriteAsync(Put(Thing(tenant, id)), tenant, default));
        wire.Plan(ScriptedEndpoint.Error("ResourceNotFoundException"));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Store.QueryAsync(Things, new ItemQuery(ByOwner, id), tenant, default));
        Assert.Equal(["GetItem", "PutItem", "Query"], wire.Calls.Select(call => call.Operation));
        Assert.Empty(clock.Waits);
    }

    [SkippableFact]
    public async Task Tries_end_with_the_deadline_and_tell_what_failed()
    {
        using var deadline = new CancellationTokenSource();
        wire.Plan([.. Enumerable.Repeat(ScriptedEndpoint.Error("ThrottlingException"), 50)]);
        wire.OnCall = _ =>
        {
            if (wire.Calls.Count == 12)
                deadline.Cancel();
        };
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => Store.GetAsync(Things, new ItemKey(id), tenant, deadline.Token));
        Assert.Contains("ThrottlingException was planned", error.Message, StringComparison.Ordinal);
        Assert.Equal(deadline.Token, error.CancellationToken);
        Assert.InRange(wire.Calls.Count, 12, 13);
    }

    [SkippableFact]
    public async Task Waits_are_spread_from_nothing_to_a_bound_that_doubles()
    {
        var rounds = new List<IReadOnlyList<TimeSpan>>();
        for (var round = 0; round < 60; round++)
        {
            var before = clock.Waits.Count;
            wire.Plan([.. Enumerable.Repeat(ScriptedEndpoint.Error("ThrottlingException"), 10)]);
            await Store.GetAsync(Things, new ItemKey(id), tenant, default);
            rounds.Add([.. clock.Waits.Skip(before)]);
        }

        // A wait of less than a millisecond makes no timer, and moves the later ones of its round.
        rounds.RemoveAll(round => round.Count != 10);

        for (var attempt = 0; attempt < 10; attempt++)
        {
            var bound = Math.Min(5000, 50 * Math.Pow(2, attempt));
            var waits = rounds.Select(round => round[attempt].TotalMilliseconds).ToList();
            Assert.InRange(waits.Max(), bound / 2, bound);
            Assert.InRange(waits.Min(), 0, bound / 2);
        }
    }

    [SkippableFact]
    public async Task A_write_whose_answer_was_lost_is_told_as_written()
    {
        foreach (var (write, operation) in new[]
        {
            (Put(Owned(tenant, id, "o", "1"), WriteCondition.IfAbsent), "PutItem"),
            (Put(Thing(tenant, id, 2), WriteCondition.IfVersion(1)), "PutItem"),
            (Delete(id, WriteCondition.IfVersion(2)), "DeleteItem"),
        })
        {
            wire.Plan(ScriptedEndpoint.LostAnswer);
            Assert.True(await Store.WriteAsync(write, tenant, default));
            Assert.Equal([operation, operation], wire.Calls.TakeLast(2).Select(call => call.Operation));
        }
    }

    [SkippableFact]
    public async Task A_write_that_failed_before_another_writer_came_is_refused()
    {
        await Store.WriteAsync(Put(Thing(tenant, id, 1)), tenant, default);
        var other = Thing(tenant, id, 2);
        other["writer"] = "another";
        wire.Plan(ScriptedEndpoint.After(
            () => server.Store(TimeProvider.System).WriteAsync(Put(other, WriteCondition.IfVersion(1)), tenant, default),
            ScriptedEndpoint.Error("InternalServerError", 500)));
        Assert.False(await Store.WriteAsync(Put(Thing(tenant, id, 2), WriteCondition.IfVersion(1)), tenant, default));
        Assert.Equal("another", (string)(await Store.GetAsync(Things, new ItemKey(id), tenant, default))!["writer"]!);
    }

    [SkippableFact]
    public async Task A_refused_try_is_not_taken_for_one_that_happened()
    {
        var same = Thing(tenant, id, 2);
        await Store.WriteAsync(Put(same), tenant, default);
        wire.Plan(ScriptedEndpoint.Error("ThrottlingException"));
        Assert.False(await Store.WriteAsync(Put(same, WriteCondition.IfVersion(1)), tenant, default));
    }

    [SkippableFact]
    public async Task A_transaction_whose_answer_was_lost_is_told_as_written()
    {
        wire.Plan(ScriptedEndpoint.LostAnswer, ScriptedEndpoint.Error("TransactionInProgressException"));
        TableWrite[] writes = [Put(Thing(tenant, id), WriteCondition.IfAbsent), Put(Thing(tenant, NewId()), WriteCondition.IfAbsent)];
        Assert.Null(await Store.TransactAsync(writes, tenant, default));
        Assert.Equal(3, wire.Calls.Count);
        Assert.Single(wire.Calls.Select(call => (string?)call.Request["ClientRequestToken"]).Distinct());
    }

    [SkippableFact]
    public async Task A_transaction_in_another_ones_way_is_tried_again()
    {
        wire.Plan(Cancelled("None", "TransactionConflict"), Cancelled("ThrottlingError", "None"), Cancelled("None", "ProvisionedThroughputExceeded"));
        Assert.Null(await Store.TransactAsync([Put(Thing(tenant, id)), Put(Thing(tenant, NewId()))], tenant, default));
        Assert.Equal(4, wire.Calls.Count);
    }

    [SkippableFact]
    public async Task The_place_of_the_first_failed_condition_is_told_after_conflicts_before_it_are_over()
    {
        wire.Plan(Cancelled("TransactionConflict", "ConditionalCheckFailed"), Cancelled("None", "ConditionalCheckFailed"));
        Assert.Equal(1, await Store.TransactAsync([Put(Thing(tenant, id)), Put(Thing(tenant, NewId()))], tenant, default));
        wire.Plan(Cancelled("ConditionalCheckFailed", "TransactionConflict"));
        Assert.Equal(0, await Store.TransactAsync([Put(Thing(tenant, id)), Put(Thing(tenant, NewId()))], tenant, default));
        wire.Plan(Cancelled("None", "ValidationError"));
        await Assert.ThrowsAsync<TransactionCanceledException>(
            () => Store.TransactAsync([Put(Thing(tenant, id)), Put(Thing(tenant, NewId()))], tenant, default));
    }

    [SkippableFact]
    public async Task What_a_batch_leaves_unprocessed_is_sent_again_and_nothing_else()
    {
        var ids = Enumerable.Range(0, 30).Select(_ => NewId()).ToList();
        foreach (var thing in ids)
            await server.Store(TimeProvider.System).WriteAsync(Put(Thing(tenant, thing)), tenant, default);
        wire.Plan(
            ScriptedEndpoint.Json(UnreadKeys(ids)),
            ScriptedEndpoint.Forward,
            ScriptedEndpoint.Json(UndeletedItems(ids.Take(25))),
            ScriptedEndpoint.Json(UndeletedItems(ids.Skip(3).Take(2))));
        await Store.DeleteManyAsync(Things, [.. ids.Select(thing => new ItemKey(thing))], tenant, default);
        Assert.Equal(
            ["BatchGetItem", "BatchGetItem", "BatchWriteItem", "BatchWriteItem", "BatchWriteItem", "BatchWriteItem"],
            wire.Calls.Select(call => call.Operation));
        Assert.Equal(
            [25, 25, 2, 5], wire.Calls.Skip(2).Select(call => call.Request["RequestItems"]!["test-things"]!.AsArray().Count));
        // The planned answers deleted nothing; of the first 25 the server saw the two of the last request only.
        var left = await Task.WhenAll(ids.Select(thing => Store.GetAsync(Things, new ItemKey(thing), tenant, default)));
        Assert.Equal(23, left.Count(item => item is not null));
    }

    [SkippableFact]
    public async Task Items_and_tables_are_read_consistently_and_nothing_but_what_is_asked_is_called()
    {
        await Store.GetAsync(Things, new ItemKey(id), tenant, default);
        await Store.GetForWorkerAsync(Things, new ItemKey(id), default);
        await Store.QueryAsync(Parts, new ItemQuery(null, id), tenant, default);
        Assert.All(wire.Calls, call => Assert.True((bool)call.Request["ConsistentRead"]!));
        Assert.Equal(["GetItem", "GetItem", "Query"], wire.Calls.Select(call => call.Operation));
    }

    [SkippableFact]
    public async Task Whose_items_are_deleted_is_read_consistently()
    {
        await Store.DeleteManyAsync(Things, [new ItemKey(id)], tenant, default);
        var read = wire.Calls.First(call => call.Operation == "BatchGetItem").Request["RequestItems"]!.AsObject().Single().Value!;
        Assert.True((bool)read["ConsistentRead"]!);
    }

    private static ScriptedEndpoint.Answer Cancelled(params string[] codes)
    {
        var reasons = new JsonArray([.. codes.Select(code => new JsonObject { ["Code"] = code })]);
        return ScriptedEndpoint.Error("TransactionCanceledException", more: $",\"CancellationReasons\":{reasons.ToJsonString()}");
    }

    private static string UnreadKeys(IEnumerable<string> ids)
    {
        var keys = ids.Select(thing => (JsonNode)new JsonObject { ["thing_id"] = new JsonObject { ["S"] = thing } });
        var left = new JsonObject { ["Keys"] = new JsonArray([.. keys]), ["ConsistentRead"] = true };
        return new JsonObject { ["Responses"] = new JsonObject(), ["UnprocessedKeys"] = new JsonObject { ["test-things"] = left } }.ToJsonString();
    }

    private static string UndeletedItems(IEnumerable<string> ids)
    {
        var left = ids.Select(thing => (JsonNode)new JsonObject
        {
            ["DeleteRequest"] = new JsonObject { ["Key"] = new JsonObject { ["thing_id"] = new JsonObject { ["S"] = thing } } },
        });
        return new JsonObject { ["UnprocessedItems"] = new JsonObject { ["test-things"] = new JsonArray([.. left]) } }.ToJsonString();
    }

    private async Task EveryCallSurvivesAsync(params ScriptedEndpoint.Answer[] faults)
    {
        var calls = new Func<Task>[]
        {
            async () => Assert.True(await Store.WriteAsync(Put(Owned(tenant, id, id, "1"), WriteCondition.IfAbsent), tenant, default)),
            async () => Assert.NotNull(await Store.GetAsync(Things, new ItemKey(id), tenant, default)),
            async () => Assert.Single((await Store.QueryAsync(Things, new ItemQuery(ByOwner, id), tenant, default)).Items),
            async () => Assert.Null(await Store.TransactAsync([Put(Thing(tenant, id, 2)), Put(Thing(tenant, NewId()))], tenant, default)),
            async () => Assert.True(await Store.WriteAsync(Delete(id, WriteCondition.IfVersion(2)), tenant, default)),
            () => Store.DeleteManyAsync(Things, [new ItemKey(id)], tenant, default),
        };
        foreach (var call in calls)
        {
            var before = wire.Calls.Count;
            wire.Plan(faults);
            await call();
            Assert.Equal(before + faults.Length + 1, wire.Calls.Count);
        }
    }
}
