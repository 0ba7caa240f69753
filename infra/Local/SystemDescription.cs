using DomainFlow.Topology;

namespace DomainFlow.Local;

/// <summary>What the host runs. <see cref="Default"/> is the product's own system; tests run smaller ones.</summary>
public sealed record SystemDescription
{
    public static SystemDescription Default { get; } = new()
    {
        ApiBase = SystemMap.ApiBase,
        IntegrationTimeout = TimeSpan.FromSeconds(SystemMap.IntegrationTimeoutSeconds),
        Functions = SystemMap.Functions,
        Routes = SystemMap.Routes,
        Buckets = SystemMap.Buckets,
        Queues = SystemMap.Queues,
        Pipes = SystemMap.Pipes,
        QueueTriggers = SystemMap.QueueTriggers,
        ObjectTriggers = SystemMap.ObjectTriggers,
        AsyncInvocations = SystemMap.AsyncInvocations,
        Schedules = SystemMap.Schedules,
        Initialiser = SystemMap.DbInit,
    };

    public required string ApiBase { get; init; }

    public required TimeSpan IntegrationTimeout { get; init; }

    public required IReadOnlyList<FunctionDefinition> Functions { get; init; }

    public IReadOnlyList<RouteDefinition> Routes { get; init; } = [];

    public IReadOnlyList<BucketDefinition> Buckets { get; init; } = [];

    public IReadOnlyList<QueueDefinition> Queues { get; init; } = [];

    public IReadOnlyList<PipeDefinition> Pipes { get; init; } = [];

    public IReadOnlyList<QueueTrigger> QueueTriggers { get; init; } = [];

    public IReadOnlyList<ObjectTrigger> ObjectTriggers { get; init; } = [];

    public IReadOnlyList<AsyncInvocation> AsyncInvocations { get; init; } = [];

    public IReadOnlyList<ScheduleDefinition> Schedules { get; init; } = [];

    /// <summary>The function that is invoked with {} before any other starts, as a deployment does.</summary>
    public string? Initialiser { get; init; }

    /// <summary>Content types whose bodies reach a function in base64; a trailing * stands for the rest.</summary>
    public IReadOnlyList<string> BinaryMediaTypes { get; init; } = SystemMap.BinaryMediaTypes;
}
