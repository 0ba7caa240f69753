using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>Topology's schedules: a rule each, which may call its function and nothing else.</summary>
public sealed class ScheduledInvocations : Construct
{
    private const int DeliveryRetries = 2;

    public ScheduledInvocations(Construct scope, EnvironmentConfiguration configuration, IReadOnlyDictionary<string, LambdaFunction> functions)
        : base(scope, "Schedules")
    {
        var names = new PhysicalNames(configuration);
        foreach (var schedule in SystemMap.Schedules)
        {
            var function = functions[schedule.Function].Function;
            var rule = new CfnRule(this, schedule.Name, new CfnRuleProps
            {
                Name = names.Of(schedule.Name),
                Description = $"Invokes {schedule.Function} every {schedule.EveryMinutes} minutes",
                ScheduleExpression = schedule.EveryMinutes == 1 ? "rate(1 minute)" : $"rate({schedule.EveryMinutes} minutes)",
                State = "ENABLED",
                Targets = new[] { Target(schedule, function) },
            });
            _ = new CfnPermission(this, $"{schedule.Name}-{schedule.Function}", new CfnPermissionProps
            {
                Action = "lambda:InvokeFunction",
                FunctionName = function.FunctionArn,
                Principal = "events.amazonaws.com",
                SourceArn = rule.AttrArn,
            });
        }
    }

    // What could not be delivered until the next run is due is that run's work.
    private static CfnRule.TargetProperty Target(ScheduleDefinition schedule, IFunction function) => new()
    {
        Id = schedule.Function,
        Arn = function.FunctionArn,
        Input = schedule.Payload,
        RetryPolicy = new CfnRule.RetryPolicyProperty
        {
            MaximumRetryAttempts = DeliveryRetries,
            MaximumEventAgeInSeconds = schedule.EveryMinutes * 60,
        },
    };
}
