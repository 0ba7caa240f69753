using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>Alarms on what failed for good, on errors and on the database's space; told to one address where one is configured.</summary>
public sealed class Alarms : Construct
{
    private readonly PhysicalNames names;
    private readonly SnsAction? tell;

    public Alarms(
        Construct scope,
        EnvironmentConfiguration configuration,
        WorkQueues queues,
        IReadOnlyDictionary<string, LambdaFunction> functions,
        RestApiGateway api)
        : base(scope, "Alarms")
    {
        names = new PhysicalNames(configuration);
        tell = configuration.AlarmEmail is { } address ? new SnsAction(Topic(address)) : null;
        foreach (var queue in queues.DeadLetters)
            Add(queue.Node.Id, 1, "Messages failed for good", queue.MetricApproximateNumberOfMessagesVisible(Maximum()));
        foreach (var (name, function) in functions)
            Add($"{name}-errors", 1, $"{name} failed", function.Function.MetricErrors(Sum()));
        Add("given-up", 1, "Reports or questions that nothing could move were given up", GivenUp(configuration));
        Add("api-server-errors", 5, "The API answered with 5xx", api.Api.MetricServerError(Sum()));
    }

    public void WatchStorage(IDatabaseInstance database, int storageGb)
    {
        var tenth = storageGb * 1024.0 * 1024 * 1024 / 10;
        Add(
            "database-space",
            tenth,
            "Less than a tenth of the database's space is free",
            database.MetricFreeStorageSpace(Maximum()),
            ComparisonOperator.LESS_THAN_THRESHOLD);
    }

    private void Add(
        string name,
        double threshold,
        string description,
        Metric metric,
        ComparisonOperator comparison = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
    {
        var alarm = new Alarm(this, name, new AlarmProps
        {
            AlarmName = names.Of(name),
            AlarmDescription = description,
            Metric = metric,
            Threshold = threshold,
            ComparisonOperator = comparison,
            EvaluationPeriods = 1,
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
        if (tell is not null)
            alarm.AddAlarmAction(tell);
    }

    private Topic Topic(string address)
    {
        var topic = new Topic(this, "Topic", new TopicProps { TopicName = names.Of("alarms"), EnforceSSL = true });
        topic.AddSubscription(new EmailSubscription(address));
        return topic;
    }

    /// <summary>What Upkeep counts by the embedded metric format.</summary>
    private static Metric GivenUp(EnvironmentConfiguration configuration) => new(new MetricProps
    {
        Namespace = configuration.MetricsNamespace,
        MetricName = MetricNames.GivenUp,
        DimensionsMap = new Dictionary<string, string> { [MetricNames.Dimension] = SystemMap.Upkeep },
        Statistic = "Sum",
        Period = Duration.Minutes(5),
    });

    private static MetricOptions Maximum() => new() { Statistic = "Maximum", Period = Duration.Minutes(5) };

    private static MetricOptions Sum() => new() { Statistic = "Sum", Period = Duration.Minutes(5) };
}
