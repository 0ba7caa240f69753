using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using DomainFlow.StandIns.Function;

// A function that does what its event says, so that the tests see the runtime client from outside.
Amazon.Lambda.Core.SnapshotRestore.RegisterBeforeSnapshot(() => Hook("before"));
Amazon.Lambda.Core.SnapshotRestore.RegisterAfterRestore(() => Hook("after"));

await LambdaBootstrapBuilder
    .Create<Order, Answer>(Handler.HandleAsync, new SourceGeneratorLambdaJsonSerializer<FunctionJson>())
    .UseBootstrapHandler(() => Task.FromResult(Environment.GetEnvironmentVariable("TEST_INIT") switch
    {
        "throw" => throw new InvalidOperationException("DB_HOST is not set"),
        var mode => mode != "stop",
    }))
    .Build()
    .RunAsync();

static ValueTask Hook(string name)
{
    Console.WriteLine($"hook {name}");
    return Environment.GetEnvironmentVariable("TEST_HOOK_FAILS") == name ? throw new InvalidOperationException($"hook {name} failed") : ValueTask.CompletedTask;
}
