using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class AlarmTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void Every_queue_of_failures_has_an_alarm_at_the_first_message(string environment)
    {
        var system = Systems[environment];
        var fed = SystemMap.QueueTriggers.Select(trigger => Name(system, trigger.Queue));
        var failures = system.Functions.OfType("AWS::SQS::Queue").Where(queue => !fed.Contains(queue["QueueName"])).ToArray();
        Assert.Equal(SystemMap.Queues.Count + SystemMap.Pipes.Count + SystemMap.AsyncInvocations.Count, failures.Length);
        var watched = system.Functions.OfType("AWS::CloudWatch::Alarm").Where(alarm => alarm["Namespace"] == "AWS/SQS").ToArray();
        Assert.All(watched, alarm => Assert.Equal("1", alarm["Threshold"]));
        Assert.Equal(
            failures.Select(queue => $"${{{queue.LogicalId}.QueueName}}").Order(),
            watched.Select(alarm => system.Functions.Text(alarm.Properties["Dimensions"]![0]!["Value"])).Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Every_function_has_an_alarm_on_errors(string environment)
    {
        var alarms = Systems[environment].Functions.OfType("AWS::CloudWatch::Alarm");
        Assert.Equal(SystemMap.Functions.Count, alarms.Count(alarm => alarm["Namespace"] == "AWS/Lambda" && alarm["MetricName"] == "Errors"));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void What_the_sweeper_gives_up_has_an_alarm_in_the_configured_namespace(string environment)
    {
        var system = Systems[environment];
        var alarm = Assert.Single(system.Functions.OfType("AWS::CloudWatch::Alarm"), alarm => alarm["MetricName"] == MetricNames.GivenUp);
        Assert.Equal((system.Configuration.MetricsNamespace, "1", "Sum"), (alarm["Namespace"], alarm["Threshold"], alarm["Statistic"]));
        var dimension = Assert.Single(alarm.Properties["Dimensions"]!.AsArray())!;
        Assert.Equal((MetricNames.Dimension, SystemMap.Upkeep), (dimension["Name"]!.ToString(), dimension["Value"]!.ToString()));
    }

    [Fact]
    public void Alarms_are_told_to_the_configured_address_or_to_no_one()
    {
        Assert.Equal("duty@example.org", Systems.Unusual.Functions.Only("AWS::SNS::Subscription")["Endpoint"]);
        Assert.All(Systems.Unusual.Functions.OfType("AWS::CloudWatch::Alarm"), alarm => Assert.NotEqual("", alarm["AlarmActions"]));
        Assert.All(Systems.Dev.Functions.OfType("AWS::CloudWatch::Alarm"), alarm => Assert.Equal("", alarm["AlarmActions"]));
    }
}
