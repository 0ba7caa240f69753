using Amazon.CDK.AWS.Lambda;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>Queues that feed functions, and where asynchronous invocations end that failed for good.</summary>
public sealed class QueueFeeds : Construct
{
    public QueueFeeds(Construct scope, EnvironmentConfiguration configuration, WorkQueues queues, IReadOnlyDictionary<string, LambdaFunction> functions)
        : base(scope, "Feeds")
    {
        foreach (var trigger in SystemMap.QueueTriggers)
        {
            _ = new CfnEventSourceMapping(this, trigger.Queue, new CfnEventSourceMappingProps
            {
                EventSourceArn = queues[trigger.Queue].QueueArn,
                FunctionName = functions[trigger.Function].Function.FunctionName,
                BatchSize = trigger.BatchSize,
                FunctionResponseTypes = ["ReportBatchItemFailures"],
                ScalingConfig = new CfnEventSourceMapping.ScalingConfigProperty { MaximumConcurrency = configuration.Queues.Concurrency },
            });
        }

        foreach (var invocation in SystemMap.AsyncInvocations)
        {
            _ = new CfnEventInvokeConfig(this, invocation.FailureQueue, new CfnEventInvokeConfigProps
            {
                FunctionName = functions[invocation.Function].Function.FunctionName,
                Qualifier = "$LATEST",
                MaximumRetryAttempts = invocation.MaxRetries,
                DestinationConfig = new CfnEventInvokeConfig.DestinationConfigProperty
                {
                    OnFailure = new CfnEventInvokeConfig.OnFailureProperty { Destination = queues[invocation.FailureQueue].QueueArn },
                },
            });
        }
    }
}
