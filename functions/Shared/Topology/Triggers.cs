namespace DomainFlow.Topology;

/// <summary>A queue with its dead-letter queue.</summary>
/// <param name="VisibilitySeconds">How long a delivered message stays hidden; at least the function's time-out.</param>
/// <param name="MaxReceives">Deliveries before a message goes to the dead letters.</param>
public sealed record QueueDefinition(string Name, int VisibilitySeconds, int MaxReceives, int RetentionDays = 14)
{
    public string DeadLetters => Name + "-dead-letters";
}

/// <summary>Carries a table's stream into a queue, ids only: {"table","keys":{...},"event":"INSERT|MODIFY|REMOVE"}.</summary>
public sealed record PipeDefinition(string Name, string Table, string Queue);

/// <summary>A queue feeds a function, which reports failures by message.</summary>
public sealed record QueueTrigger(string Queue, string Function, int BatchSize);

/// <summary>Objects created with this suffix are told to the function (asynchronously, with retries).</summary>
public sealed record ObjectTrigger(string Bucket, string Suffix, string Function);

/// <summary>A function that is invoked, asynchronously, every so many minutes with this payload.</summary>
public sealed record ScheduleDefinition(string Name, string Function, int EveryMinutes, string Payload);

/// <summary>Asynchronous invocations of a function: retries, and where what fails for good is kept.</summary>
public sealed record AsyncInvocation(string Function, int MaxRetries, string FailureQueue);
