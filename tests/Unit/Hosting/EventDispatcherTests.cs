using System.Text.Json.Nodes;
using Amazon.Lambda.SQSEvents;
using Amazon.Lambda.TestUtilities;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Batches;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class EventDispatcherTests
{
    [Fact]
    public async Task A_message_that_fails_comes_again_and_holds_up_no_other()
    {
        var handled = new List<string>();
        var handlers = new FunctionHandlers
        {
            Message = (message, _) =>
            {
                handled.Add(message.MessageId);
                return message.Body switch
                {
                    "bad" => throw new InvalidOperationException("no"),
                    "leased" => throw new MessageAgainException("later"),
                    _ => Task.CompletedTask,
                };
            },
        };
        var answer = await Requests.SendAsync(handlers, Batch(("1", "good"), ("2", "bad"), ("3", "good"), ("4", "leased")));
        Assert.Equal(["1", "2", "3", "4"], handled);
        Assert.Equal(["2", "4"], Failures(answer));
    }

    [Fact]
    public async Task Messages_past_the_deadline_come_again_untouched()
    {
        var handled = 0;
        using var ended = new Invocation(new TestLambdaContext { AwsRequestId = "late", RemainingTime = Invocation.Margin });
        var batch = new SQSEvent { Records = [new() { MessageId = "1" }, new() { MessageId = "2" }] };
        var answer = await QueueBatch.HandleAsync(batch, (_, _) => Task.FromResult(++handled), ended);
        Assert.Equal(0, handled);
        Assert.Equal(["1", "2"], answer.BatchItemFailures.Select(failure => failure.ItemIdentifier));
    }

    [Theory]
    [InlineData("waits")]
    [InlineData("computes")]
    public async Task Of_nine_good_messages_and_a_poisonous_one_only_that_one_fails(string poison)
    {
        var handled = new List<string>();
        using var released = new ManualResetEventSlim();
        var handlers = new FunctionHandlers
        {
            Message = (message, share) =>
            {
                handled.Add(message.MessageId);
                if (message.Body == "computes")
                {
                    // Ignores its deadline, as a loop without a look at its token does.
                    released.Wait();
                }

                return message.Body == "waits" ? Task.Delay(Timeout.Infinite, share.Deadline) : Task.CompletedTask;
            },
        };
        var batch = Batch([("poison", poison), .. Enumerable.Range(1, 9).Select(n => ($"good-{n}", "good"))]);
        var answer = await Requests.SendAsync(handlers, batch, TimeSpan.FromSeconds(4));
        released.Set();
        Assert.Equal(["poison", .. Enumerable.Range(1, 9).Select(n => $"good-{n}")], handled);
        Assert.Equal(["poison"], Failures(answer));
    }

    [Fact]
    public async Task A_redelivered_message_runs_last_and_has_the_time_that_the_others_left()
    {
        var shares = new List<(string Id, TimeSpan Time)>();
        var handlers = new FunctionHandlers
        {
            Message = (message, share) =>
            {
                shares.Add((message.MessageId, share.Remaining));
                return Task.CompletedTask;
            },
        };
        var batch = Batch(("again", "good"), ("a", "good"), ("b", "good"), ("c", "good"));
        batch["Records"]![0]!["attributes"]!["ApproximateReceiveCount"] = "2";
        Assert.Empty(Failures(await Requests.SendAsync(handlers, batch, TimeSpan.FromSeconds(40))));
        Assert.Equal(["a", "b", "c", "again"], shares.Select(share => share.Id));
        Assert.InRange(shares[0].Time, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(shares[3].Time, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task An_event_of_no_trigger_is_an_error() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => Requests.SendAsync(new(), new JsonObject { ["hello"] = 1 }));

    [Theory]
    [InlineData("STORAGE", null)]
    [InlineData("STORAGE", "disk")]
    [InlineData("DB_HOST", null)]
    [InlineData("DB_PASSWORD", null)]
    [InlineData("MODEL_PROVIDER", "bedrock")]
    [InlineData("SEARCH_BACKEND", "elastic")]
    [InlineData("TABLE_REPORTS", "")]
    public void A_variable_that_is_missing_or_unknown_is_named(string name, string? value)
    {
        var function = SystemMap.Function(SystemMap.Synthesis);
        var variables = function.Environment.ToDictionary(v => v.Name, v => v.Name == "STORAGE" ? "embedded" : "x");
        variables["SEARCH_BACKEND"] = "postgres";
        variables["MODEL_PROVIDER"] = "offline";
        FunctionEnvironment.Read(function, variables.GetValueOrDefault);
        var error = Assert.Throws<ConfigurationException>(() => FunctionEnvironment.Read(function, n => n == name ? value : variables.GetValueOrDefault(n)));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPENSEARCH_ENDPOINT", null)]
    [InlineData("DB_SECRET_ARN", "DB_USER")]
    public void With_the_stores_of_a_deployment_their_variables_are_needed_or_what_may_stand_in_their_place(string name, string? instead)
    {
        var function = SystemMap.Function(SystemMap.Synthesis);
        var variables = function.Environment.Where(v => v.Scope != VariableScope.Local).ToDictionary(v => v.Name, _ => "x");
        variables["STORAGE"] = "aws";
        variables["SEARCH_BACKEND"] = "opensearch";
        variables["MODEL_PROVIDER"] = "offline";
        Assert.False(FunctionEnvironment.Read(function, variables.GetValueOrDefault).IsEmbedded);
        variables.Remove(name);
        var error = Assert.Throws<ConfigurationException>(() => FunctionEnvironment.Read(function, variables.GetValueOrDefault));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        if (instead is null) return;
        variables[instead] = "x";
        Assert.Null(FunctionEnvironment.Read(function, variables.GetValueOrDefault).Optional(name));
    }

    private static IEnumerable<string?> Failures(JsonNode answer) => answer["batchItemFailures"]!.AsArray().Select(f => (string?)f!["itemIdentifier"]);

    private static JsonObject Batch(params (string Id, string Body)[] messages) => new()
    {
        ["Records"] = new JsonArray([.. messages.Select(m => new JsonObject
        {
            ["messageId"] = m.Id,
            ["body"] = m.Body,
            ["eventSource"] = "aws:sqs",
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
        })]),
    };
}
