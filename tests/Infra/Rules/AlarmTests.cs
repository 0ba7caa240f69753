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

    [Fact]
    public void Alarms_are_told_to_the_configured_address_or_to_no_one()
    {
        Assert.Equal("duty@example.org", Systems.Unusual.Functions.Only("AWS::SNS::Subscription")["Endpoint"]);
        Assert.All(Systems.Unusual.Functions.OfType("AWS::CloudWatch::Alarm"), alarm => Assert.NotEqual("", alarm["AlarmActions"]));
        Assert.All(Systems.Dev.Functions.OfType("AWS::CloudWatch::Alarm"), alarm => Assert.Equal("", alarm["AlarmActions"]));
    }
}
