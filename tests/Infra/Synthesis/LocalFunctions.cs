using DomainFlow.Local;
using DomainFlow.Local.Console;
using DomainFlow.Local.Lambda;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>The local host's functions, made as it makes them; no process is started.</summary>
internal sealed class LocalFunctions : IDisposable
{
    private readonly FunctionVariables variables;

    public LocalFunctions(HostOptions options, HostLog log)
    {
        variables = new FunctionVariables(options, gatewayPort: 1, runtimeApi: "127.0.0.1:2/secret");
        Pools = new FunctionPools(options, variables, log);
    }

    public FunctionPools Pools { get; }

    /// <summary>The environment of a function's first process.</summary>
    public IReadOnlyDictionary<string, string> Of(FunctionPool pool) => variables.For(pool.Definition, slot: 0);

    public void Dispose() => Pools.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
