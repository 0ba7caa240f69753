using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using DomainFlow.Topology;

namespace DomainFlow.Hosting;

/// <summary>Runs a function: reads its environment, wires it once, then takes invocations until the process ends.</summary>
public static class FunctionHost
{
    /// <param name="name">The function's name in <see cref="SystemMap"/>.</param>
    /// <param name="wire">Makes the handlers; what it throws ends the initialisation with that error.</param>
    public static async Task RunAsync(string name, Func<FunctionEnvironment, Task<FunctionHandlers>> wire)
    {
        EventDispatcher? dispatcher = null;

        async Task<bool> InitialiseAsync()
        {
            var environment = FunctionEnvironment.Read(SystemMap.Function(name), Environment.GetEnvironmentVariable);
            dispatcher = new(await wire(environment));
            return true;
        }

        async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
        {
            using var invocation = new Invocation(context);
            return await dispatcher!.HandleAsync(input, invocation);
        }

        using var bootstrap = LambdaBootstrapBuilder.Create((Func<Stream, ILambdaContext, Task<Stream>>)HandleAsync)
            .UseBootstrapHandler(InitialiseAsync).Build();
        await bootstrap.RunAsync();
    }
}
