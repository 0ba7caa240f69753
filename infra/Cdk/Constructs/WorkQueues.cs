using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>Topology's queues, each with its dead letters, the dead letters of the pipes and of asynchronous invocations.</summary>
public sealed class WorkQueues : Construct
{
    private readonly PhysicalNames names;
    private readonly Dictionary<string, Queue> queues = [];
    private readonly List<Queue> deadLetters = [];

    public WorkQueues(Construct scope, EnvironmentConfiguration configuration)
        : base(scope, "Queues")
    {
        names = new PhysicalNames(configuration);
        foreach (var definition in SystemMap.Queues)
            AddWork(definition);
        foreach (var pipe in SystemMap.Pipes)
            AddDeadLetters(PipeFailures(pipe));
        foreach (var failures in SystemMap.AsyncInvocations.Select(invocation => invocation.FailureQueue).Distinct())
            AddDeadLetters(failures);
    }

    /// <summary>Queues in which a message means that something failed for good.</summary>
    public IReadOnlyList<Queue> DeadLetters => deadLetters;

    public Queue this[string name] => queues[name];

    /// <summary>Logical name of the queue for changes that a pipe could not deliver.</summary>
    public static string PipeFailures(PipeDefinition pipe) => pipe.Name + "-failures";

    private void AddWork(QueueDefinition definition)
    {
        var dead = AddDeadLetters(definition.DeadLetters);
        queues.Add(definition.Name, new Queue(this, definition.Name, new QueueProps
        {
            QueueName = names.Of(definition.Name),
            VisibilityTimeout = Duration.Seconds(definition.VisibilitySeconds),
            RetentionPeriod = Duration.Days(definition.RetentionDays),
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            DeadLetterQueue = new DeadLetterQueue { Queue = dead, MaxReceiveCount = definition.MaxReceives },
        }));
    }

    private Queue AddDeadLetters(string name)
    {
        var queue = new Queue(this, name, new QueueProps
        {
            QueueName = names.Of(name),
            RetentionPeriod = Duration.Days(14),
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
        });
        queues.Add(name, queue);
        deadLetters.Add(queue);
        return queue;
    }
}
