using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class TriggerTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void Each_queue_of_the_topology_has_its_times_and_its_dead_letters(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Queues, definition =>
        {
            var queue = Queue(system, definition.Name);
            Assert.Equal($"{definition.VisibilitySeconds}", queue["VisibilityTimeout"]);
            Assert.Equal($"{definition.RetentionDays * 24 * 3600}", queue["MessageRetentionPeriod"]);
            Assert.Equal($"{definition.MaxReceives}", queue["RedrivePolicy.maxReceiveCount"]);
            Assert.Equal(Arn("sqs", Name(system, definition.DeadLetters)), queue["RedrivePolicy.deadLetterTargetArn"]);
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Every_queue_is_encrypted_and_takes_TLS_only(string environment)
    {
        var template = Systems[environment].Functions;
        var closed = template.OfType("AWS::SQS::QueuePolicy")
            .Where(policy => policy["PolicyDocument"].Contains("aws:SecureTransport", StringComparison.Ordinal));
        var queues = template.OfType("AWS::SQS::Queue");
        Assert.All(queues, queue => Assert.Equal("true", queue["SqsManagedSseEnabled"]));
        Assert.Equal(queues.Select(queue => $"${{{queue.LogicalId}}}").Order(), closed.Select(policy => policy["Queues"]).Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Queues_feed_the_functions_of_the_topology_with_failures_by_message(string environment)
    {
        var system = Systems[environment];
        var expected = SystemMap.QueueTriggers.Select(t =>
            $"{Arn("sqs", Name(system, t.Queue))} {Name(system, t.Function)} {t.BatchSize} ReportBatchItemFailures {system.Configuration.Queues.Concurrency}");
        var actual = system.Functions.OfType("AWS::Lambda::EventSourceMapping").Select(m =>
            $"{m["EventSourceArn"]} {m["FunctionName"]} {m["BatchSize"]} {m["FunctionResponseTypes"]} {m["ScalingConfig.MaximumConcurrency"]}");
        Assert.Equal(expected.Order(), actual.Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_pipe_carries_each_stream_to_its_queue_and_gives_up_into_dead_letters(string environment)
    {
        var system = Systems[environment];
        Assert.Equal(SystemMap.Pipes.Count, system.Functions.OfType("AWS::Pipes::Pipe").Count);
        Assert.All(SystemMap.Pipes, definition =>
        {
            var pipe = Pipe(system, definition);
            var table = system.Data.OfType("AWS::DynamoDB::Table").Single(t => t["TableName"] == Name(system, definition.Table));
            Assert.Equal($"${{{table.LogicalId}.StreamArn}}", pipe["Source"]);
            Assert.Equal(Arn("sqs", Name(system, definition.Queue)), pipe["Target"]);
            Assert.Equal($"{system.Configuration.Queues.PipeRetries}", pipe["SourceParameters.DynamoDBStreamParameters.MaximumRetryAttempts"]);
            Assert.Equal(Arn("sqs", Name(system, definition.Name + "-failures")), pipe["SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn"]);
            Assert.Equal("TRIM_HORIZON", pipe["SourceParameters.DynamoDBStreamParameters.StartingPosition"]);
        });
    }

    [Fact]
    public void A_pipes_message_holds_the_table_the_keys_and_the_event_and_nothing_else() =>
        Assert.All(SystemMap.Pipes, definition =>
        {
            var template = Pipe(Systems.Dev, definition)["TargetParameters.InputTemplate"];
            var message = JsonNode.Parse(template.Replace("<", "\"").Replace(">", "\""))!.AsObject();
            Assert.Equal(["table", "keys", "event"], message.Select(pair => pair.Key));
            Assert.Equal(definition.Table, message["table"]!.ToString());
            Assert.Equal("$.eventName", message["event"]!.ToString());
            var table = SystemMap.Table(definition.Table);
            var keys = new[] { table.PartitionKey, table.SortKey }.OfType<string>();
            Assert.Equal(keys.Select(key => $"{key}=$.dynamodb.Keys.{key}.S"), message["keys"]!.AsObject().Select(pair => $"{pair.Key}={pair.Value}"));
        });

    [Theory]
    [MemberData(nameof(Environments))]
    public void An_asynchronous_call_that_fails_for_good_is_kept(string environment)
    {
        var system = Systems[environment];
        var expected = SystemMap.AsyncInvocations.Select(a => $"{Name(system, a.Function)} {a.MaxRetries} {Arn("sqs", Name(system, a.FailureQueue))}");
        var actual = system.Functions.OfType("AWS::Lambda::EventInvokeConfig")
            .Select(c => $"{c["FunctionName"]} {c["MaximumRetryAttempts"]} {c["DestinationConfig.OnFailure.Destination"]}");
        Assert.Equal(expected.Order(), actual.Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Each_suffix_of_the_topology_is_told_to_its_function(string environment)
    {
        var system = Systems[environment];
        var expected = SystemMap.ObjectTriggers.Select(t =>
            $"{Bucket(system, t.Bucket)} s3:ObjectCreated:* suffix {t.Suffix} {Arn("lambda", "function:" + Name(system, t.Function))}");
        Assert.Equal(expected.Order(), system.Functions.OfType("AWS::S3::Bucket").SelectMany(bucket => Notifications(system, bucket)).Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_bucket_is_made_after_the_permission_to_notify_and_nothing_goes_round(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Buckets, definition =>
        {
            var bucket = system.Functions.OfType("AWS::S3::Bucket").Single(b => b["BucketName"] == Bucket(system, definition.Name));
            var permission = system.Functions.Find(Assert.Single(bucket.DependsOn, id => system.Functions.Find(id).Type == "AWS::Lambda::Permission"));
            Assert.Equal("s3.amazonaws.com", permission["Principal"]);
            Assert.Equal($"arn:${{AWS::Partition}}:s3:::{Bucket(system, definition.Name)}", permission["SourceArn"]);
            Assert.Equal("${AWS::AccountId}", permission["SourceAccount"]);
        });
        Assert.All(system.Both, template => Assert.Null(References.Cycle(template)));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_schedule_invokes_its_function_with_its_payload_and_only_it_may(string environment)
    {
        var system = Systems[environment];
        var rules = system.Functions.OfType("AWS::Events::Rule").ToDictionary(rule => rule["Name"]);
        Assert.Equal(SystemMap.Schedules.Select(schedule => Name(system, schedule.Name)).Order(), rules.Keys.Order());
        Assert.All(SystemMap.Schedules, schedule =>
        {
            var rule = rules[Name(system, schedule.Name)];
            var target = Assert.Single(rule.Properties["Targets"]!.AsArray())!;
            var function = Arn("lambda", "function:" + Name(system, schedule.Function));
            Assert.Equal($"rate({schedule.EveryMinutes} minutes)", rule["ScheduleExpression"]);
            Assert.Equal((function, schedule.Payload), (system.Functions.Text(target["Arn"]), target["Input"]!.ToString()));
            Assert.InRange((double)target["RetryPolicy"]!["MaximumRetryAttempts"]!, 0, 2);
            var permission = Assert.Single(system.Functions.OfType("AWS::Lambda::Permission"), p => p["SourceArn"] == $"${{{rule.LogicalId}.Arn}}");
            Assert.Equal(("events.amazonaws.com", "lambda:InvokeFunction", function), (permission["Principal"], permission["Action"], permission["FunctionName"]));
        });
    }

    private static IEnumerable<string> Notifications(SynthesisedSystem system, Resource bucket) =>
        (bucket.Properties["NotificationConfiguration"]?["LambdaConfigurations"]?.AsArray() ?? []).Select(notification =>
        {
            var rule = Assert.Single(notification!["Filter"]!["S3Key"]!["Rules"]!.AsArray())!;
            return $"{bucket["BucketName"]} {notification["Event"]} {rule["Name"]} {rule["Value"]} {system.Functions.Text(notification["Function"])}";
        });

    private static Resource Queue(SynthesisedSystem system, string name) =>
        system.Functions.OfType("AWS::SQS::Queue").Single(queue => queue["QueueName"] == Name(system, name));

    private static Resource Pipe(SynthesisedSystem system, PipeDefinition definition) =>
        system.Functions.OfType("AWS::Pipes::Pipe").Single(pipe => pipe["Name"] == Name(system, definition.Name));
}
