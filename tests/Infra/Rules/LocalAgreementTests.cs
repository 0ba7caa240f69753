using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Local;
using DomainFlow.Local.Console;
using DomainFlow.Local.Gateway;
using DomainFlow.Local.Lambda;
using DomainFlow.Local.Objects;
using DomainFlow.Local.Queues;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

/// <summary>What is deployed against what runs on one machine: the template beside the local host's own parts, by logical names.</summary>
public sealed class LocalAgreementTests(Systems systems) : SystemTests(systems), IDisposable
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly SystemDescription Local = SystemDescription.Default;

    private readonly HostLog log = new(_ => { }, colour: false, TimeProvider.System);
    private readonly HostOptions options = new(Local, Path.Combine(Path.GetTempPath(), "no-state"), name => name)
    {
        Database = new DatabaseSettings("127.0.0.1", 5432, "domainflow", "/ca.pem", new("domainflow_owner", "one"), new("domainflow_functions", "two")),
        CacheUrl = "redis://127.0.0.1:6379",
        RequestsPerMinute = ("600", "6000"),
    };

    public void Dispose() => log.Dispose();

    [Fact]
    public void The_same_functions_run_with_the_same_memory_and_time()
    {
        using var variables = new LocalFunctions(options, log);
        var local = variables.Pools.All.Select(pool =>
            $"{pool.Definition.Name} {variables.Of(pool)["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]} MB {pool.Definition.TimeoutSeconds} s");
        Assert.Equal(DeployedFunctions().Select(f => $"{f.Name} {f.Resource["MemorySize"]} MB {f.Resource["Timeout"]} s").Order(), local.Order());
    }

    /// <summary>The environment with a search domain, where every variable of a deployment has a value.</summary>
    [Fact]
    public void A_variable_is_on_both_sides_unless_the_topology_says_which_side_it_is_for()
    {
        using var functions = new LocalFunctions(options, log);
        foreach (var (name, resource) in DeployedFunctions())
        {
            var deployed = resource.Properties["Environment"]!["Variables"]!.AsObject().Select(pair => pair.Key).ToHashSet();
            var local = functions.Of(functions.Pools.Get(name)).Keys.Where(variable => !IsLambdasOwn(variable)).ToHashSet();
            var scopes = SystemMap.Function(name).Environment.ToDictionary(variable => variable.Name, variable => variable.Scope);
            Assert.Equal(scopes.Keys.Order(), deployed.Union(local).Order());
            Assert.All(deployed.Intersect(local), both => Assert.Equal(VariableScope.Both, scopes[both]));
            Assert.All(deployed.Except(local), only => Assert.Equal(VariableScope.Deployment, scopes[only]));
            Assert.All(local.Except(deployed), only => Assert.Equal(VariableScope.Local, scopes[only]));
        }
    }

    [Fact]
    public void A_variable_that_names_a_table_or_a_bucket_names_the_same_one()
    {
        using var functions = new LocalFunctions(options, log);
        var system = Systems.Unusual;
        var tables = system.Data.OfType("AWS::DynamoDB::Table").Select(table => table["TableName"]).ToHashSet();
        var buckets = system.Functions.OfType("AWS::S3::Bucket").Select(bucket => bucket["BucketName"]).ToHashSet();
        foreach (var (function, resource) in DeployedFunctions())
        {
            foreach (var (variable, value) in functions.Of(functions.Pools.Get(function)))
            {
                var (made, physical) = variable.Split('_')[0] switch
                {
                    "TABLE" => (tables, Name(system, value)),
                    "BUCKET" => (buckets, Bucket(system, value)),
                    _ => (null, ""),
                };
                if (made is null) continue;
                Assert.Contains(physical, made);
                Assert.Equal(physical, resource[$"Environment.Variables.{variable}"]);
            }
        }
    }

    [Fact]
    public void A_path_and_method_is_a_route_of_both_for_the_same_function_or_of_none()
    {
        var deployed = Systems.Unusual.Functions.OfType("AWS::ApiGateway::Method").Where(method => method["Integration.Type"] != "MOCK")
            .ToDictionary(method => $"{method["HttpMethod"]} {GatewayPaths.Of(method)}", Describe);
        var table = new RouteTable(Local.Routes);
        var paths = deployed.Keys.Select(key => key.Split(' ')[1]).Append("/nowhere").Distinct();
        foreach (var (method, path) in paths.SelectMany(path => Methods.Select(method => (method, path))))
        {
            var below = path.StartsWith(SystemMap.VersionBase, StringComparison.Ordinal) ? path[SystemMap.VersionBase.Length..] : path;
            var local = table.Find(below.Replace("{id}", "1"))?.Route(method) is { } match
                ? $"{match.Route.Resource} {match.Route.Function} {(match.Route.Public ? "NONE" : "COGNITO_USER_POOLS")}"
                : null;
            Assert.Equal(deployed.GetValueOrDefault($"{method} {path}"), local);
        }

        Assert.Equal(deployed.Count, Local.Routes.Sum(route => route.Methods.Count));
        Assert.Equal($"{(int)Local.IntegrationTimeout.TotalMilliseconds}", Systems.Unusual.Functions.OfType("AWS::ApiGateway::Method")
            .Where(method => method["Integration.Type"] != "MOCK").Select(method => method["Integration.TimeoutInMillis"]).Distinct().Single());
        var mapping = Systems.Unusual.Functions.Only("AWS::ApiGatewayV2::ApiMapping")["ApiMappingKey"];
        Assert.Equal(Local.ApiBase, $"/{mapping}{SystemMap.VersionBase}");
        Assert.Equal("1024", Systems.Unusual.Functions.Only("AWS::ApiGateway::RestApi")["MinimumCompressionSize"]);
    }

    [Fact]
    public void A_queue_feeds_the_same_function_in_the_same_batches_and_gives_up_after_the_same_deliveries()
    {
        var system = Systems.Unusual;
        using var functions = new LocalFunctions(options, log);
        var local = Local.QueueTriggers.Select(trigger =>
        {
            var mapping = new EventSourceMapping(trigger, Local.Queues.Single(q => q.Name == trigger.Queue), functions.Pools.Get(trigger.Function), options);
            var consumer = mapping.Settings;
            return $"{Name(system, consumer.Queue)} to {Name(system, trigger.Function)} by {consumer.BatchSize}, hidden {consumer.Again(1).TotalSeconds} s, "
                + $"{consumer.MaxReceives} times, then {Arn("sqs", Name(system, consumer.DeadLetters))}";
        });
        var deployed = system.Functions.OfType("AWS::Lambda::EventSourceMapping").Select(mapping =>
        {
            var queue = system.Functions.OfType("AWS::SQS::Queue").Single(q => Arn("sqs", q["QueueName"]) == mapping["EventSourceArn"]);
            return $"{queue["QueueName"]} to {mapping["FunctionName"]} by {mapping["BatchSize"]}, hidden {queue["VisibilityTimeout"]} s, "
                + $"{queue["RedrivePolicy.maxReceiveCount"]} times, then {queue["RedrivePolicy.deadLetterTargetArn"]}";
        });
        Assert.Equal(deployed.Order(), local.Order());
    }

    [Fact]
    public void An_asynchronous_call_is_tried_as_often_and_ends_in_the_same_place()
    {
        var system = Systems.Unusual;
        using var functions = new LocalFunctions(options, log);
        var calls = new AsyncInvocations(null!, options);
        var deployed = system.Functions.OfType("AWS::Lambda::EventInvokeConfig").ToDictionary(
            c => c["FunctionName"], c => $"{int.Parse(c["MaximumRetryAttempts"], null) + 1} {c["DestinationConfig.OnFailure.Destination"]}");
        foreach (var invocation in Local.AsyncInvocations)
        {
            var settings = calls.SettingsOf(functions.Pools.Get(invocation.Function));
            Assert.Equal(deployed[Name(system, invocation.Function)], $"{settings.MaxReceives} {Arn("sqs", Name(system, settings.DeadLetters))}");
        }

        Assert.Equal(deployed.Count, Local.AsyncInvocations.Count);
    }

    [Fact]
    public void A_schedule_runs_as_often_with_the_same_payload()
    {
        var system = Systems.Unusual;
        var local = Local.Schedules.Select(schedule =>
            $"{Name(system, schedule.Name)} every {Schedules.IntervalOf(schedule, options).TotalMinutes} minutes: "
            + $"{Arn("lambda", "function:" + Name(system, schedule.Function))} {schedule.Payload}");
        var deployed = system.Functions.OfType("AWS::Events::Rule").Select(rule =>
        {
            var target = rule.Properties["Targets"]![0]!;
            var every = rule["ScheduleExpression"].Replace("rate(", "every ").TrimEnd(')');
            return $"{rule["Name"]} {every}: {system.Functions.Text(target["Arn"])} {target["Input"]}";
        });
        Assert.Equal(deployed.Order(), local.Order());
    }

    [Fact]
    public void A_pipe_carries_the_same_stream_to_the_same_queue()
    {
        var system = Systems.Unusual;
        var tables = system.Data.OfType("AWS::DynamoDB::Table").ToDictionary(table => $"${{{table.LogicalId}.StreamArn}}", table => table["TableName"]);
        var deployed = system.Functions.OfType("AWS::Pipes::Pipe").Select(pipe => $"{tables[pipe["Source"]]} -> {pipe["Target"]}");
        Assert.Equal(deployed.Order(), Local.Pipes.Select(pipe => $"{Name(system, pipe.Table)} -> {Arn("sqs", Name(system, pipe.Queue))}").Order());
    }

    [Theory]
    [InlineData("evidence", "t/d/i/image_001.jpg")]
    [InlineData("evidence", "t/d/i/image_002.png")]
    [InlineData("evidence", "t/d/i/image_003.webp")]
    [InlineData("evidence", "t/d/i/image_004.heic")]
    [InlineData("evidence", "t/d/i/image_005.JPG")]
    [InlineData("evidence", "t/d/i/thumbnail.jpeg")]
    [InlineData("elsewhere", "t/d/i/image_001.jpg")]
    public void A_new_object_is_told_to_the_same_functions(string bucket, string key)
    {
        var system = Systems.Unusual;
        var local = new ObjectEvents(Local.ObjectTriggers, null).Told(bucket, key);
        var notifying = system.Functions.OfType("AWS::S3::Bucket").Where(b => b["BucketName"] == Bucket(system, bucket));
        var deployed = notifying.SelectMany(Notifications).Where(n => key.EndsWith(n.Suffix, StringComparison.Ordinal)).Select(n => n.Function);
        Assert.Equal(deployed.Order(), local.Select(function => Arn("lambda", "function:" + Name(system, function))).Order());
    }

    private IEnumerable<(string Name, Resource Resource)> DeployedFunctions() =>
        Systems.Unusual.Functions.OfType("AWS::Lambda::Function")
            .Select(f => (SystemMap.Functions.Single(d => Name(Systems.Unusual, d.Name) == f["FunctionName"]).Name, f));

    private string Describe(Resource method)
    {
        var function = DeployedFunctions()
            .Single(f => method["Integration.Uri"].Contains($"function:{f.Resource["FunctionName"]}/", StringComparison.Ordinal));
        return $"{GatewayPaths.Of(method)} {function.Name} {method["AuthorizationType"]}";
    }

    private static IEnumerable<(string Suffix, string Function)> Notifications(Resource bucket) =>
        bucket.Properties["NotificationConfiguration"]!["LambdaConfigurations"]!.AsArray().Select(c => (
            c!["Filter"]!["S3Key"]!["Rules"]!.AsArray().Single(rule => rule!["Name"]!.ToString() == "suffix")!["Value"]!.ToString(),
            bucket.Template.Text(c["Function"])));

    /// <summary>Set by Lambda itself in a deployment, and by the host in its place.</summary>
    private static bool IsLambdasOwn(string variable) =>
        variable.StartsWith("AWS_", StringComparison.Ordinal) || variable is "_HANDLER" or "TZ" or "PATH" or "DOTNET_ROOT" or "DOTNET_CLI_TELEMETRY_OPTOUT";
}
