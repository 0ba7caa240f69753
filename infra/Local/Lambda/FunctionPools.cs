using DomainFlow.Local.Console;

namespace DomainFlow.Local.Lambda;

/// <summary>The functions of the system, each with its processes.</summary>
internal sealed class FunctionPools : IAsyncDisposable
{
    private readonly Dictionary<string, FunctionPool> pools;
    private readonly ProcessLauncher launcher = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly HostOptions options;
    private Task[] environments = [];

    public FunctionPools(HostOptions options, FunctionVariables variables, HostLog log)
    {
        this.options = options;
        pools = options.System.Functions.ToDictionary(function => function.Name, function =>
        {
            EnvironmentSpec Spec(int slot) => new(
                function.Name, $"{function.Name}/{slot}", options.Executable(function.Name), variables.For(function, slot),
                TimeSpan.FromSeconds(function.TimeoutSeconds), options.Freeze);
            var hasRoutes = options.System.Routes.Any(route => route.Function == function.Name);
            return new FunctionPool(function, options, hasRoutes, Spec, launcher, log);
        });
    }

    public IReadOnlyCollection<FunctionPool> All => pools.Values;

    public FunctionPool? Find(string function) => pools.GetValueOrDefault(function);

    public FunctionPool Get(string function) => pools[function];

    /// <summary>Starts every process and waits until each has asked for its first invocation.</summary>
    /// <exception cref="HostException">A function could not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var all = pools.Values.SelectMany(pool => pool.Environments).ToArray();
        environments = [.. all.Select(environment => environment.RunAsync(stopping.Token))];
        var waiting = all.Select(environment => environment.Ready).ToList();
        using var bound = new CancellationTokenSource(options.StartupBound, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            while (waiting.Count > 0)
            {
                var first = await Task.WhenAny(waiting).WaitAsync(either.Token);
                waiting.Remove(first);
                await first;
            }
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            var late = pools.Values.First(pool => pool.Environments.Any(environment => !environment.Ready.IsCompleted));
            throw new HostException($"{late.Definition.Name} did not start within {options.StartupBound.TotalSeconds:0} seconds");
        }
    }

    /// <summary>Lets running invocations end, within the bound; takes no new ones.</summary>
    public Task DrainAsync() => Task.WhenAll(pools.Values.Select(pool => pool.DrainAsync(options.DrainBound)));

    /// <summary>Kills every process and waits until all are gone.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(environments);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        launcher.Dispose();
        foreach (var pool in pools.Values) pool.Dispose();
        stopping.Dispose();
    }
}
