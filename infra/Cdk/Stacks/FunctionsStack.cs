using Amazon.CDK;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Constructs;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Stacks;

/// <summary>
/// What changes with a release: functions, triggers, API, and the buckets that notify functions. DbInit lays the schema before any
/// other function is made or changed.
/// </summary>
public sealed class FunctionsStack : Stack
{
    public FunctionsStack(Construct scope, EnvironmentConfiguration configuration, BuildInputs inputs, DataStack data, StackProps properties)
        : base(scope, $"{configuration.Prefix}-functions", properties)
    {
        var queues = new WorkQueues(this, configuration);
        var functions = SystemMap.Functions.ToDictionary(
            definition => definition.Name,
            definition => new LambdaFunction(this, definition, configuration, inputs, data));
        LaySchemaFirst(functions, configuration, inputs);
        _ = new QueueFeeds(this, configuration, queues, functions);
        foreach (var pipe in SystemMap.Pipes)
            _ = new StreamPipe(this, pipe, configuration, data, queues);
        _ = new ScheduledInvocations(this, configuration, functions);
        _ = new ObjectBuckets(this, configuration, functions);
        var api = new RestApiGateway(this, configuration, data.Users.Pool, functions);
        new Alarms(this, configuration, queues, functions, api).WatchStorage(data.Database.Instance, configuration.Database.StorageGb);
        _ = new CfnOutput(this, "ApiUrl", new CfnOutputProps { Value = api.BaseUrl });
        _ = new CfnOutput(this, "DbInitFunction", new CfnOutputProps { Value = functions[SystemMap.DbInit].Function.FunctionName });
    }

    // New code may need the new schema; the old code gets on with it (scripts expand first, contract a release later).
    private void LaySchemaFirst(Dictionary<string, LambdaFunction> functions, EnvironmentConfiguration configuration, BuildInputs inputs)
    {
        var schema = new DbInitResource(this, functions[SystemMap.DbInit], configuration, inputs);
        if (configuration.SearchCollection is { } collection)
            schema.Resource.Node.AddDependency(new CollectionAccess(this, configuration, collection, functions.Values));
        foreach (var function in functions.Values.Where(function => function.Definition.Name != SystemMap.DbInit))
            function.Function.Node.AddDependency(schema);
    }
}
