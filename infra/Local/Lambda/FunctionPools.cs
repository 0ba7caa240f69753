using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Local.Console;

namespace DomainFlow.Local.Lambda;

/// <summary>The functions of the system, each with its processes.</summary>
internal sealed class FunctionPools : IAsyncDisposable
{
    private readonly Dictionary<string, FunctionPool> pools;
    private readonly ProcessLauncher launcher = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly HostOptions options;
    private readonly List<Task> environments = [];

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

    /// <summary>Starts every process and waits until each has asked for its first invocation; the initialiser runs before any other starts.</summary>
    /// <exception cref="HostException">A function could not start, or the initialiser failed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.System.Initialiser is { } first)
        {
            await StartAsync([pools[first]], cancellationToken);
            await InitialiseAsync(pools[first], cancellationToken);
        }

        await StartAsync([.. pools.Values.Where(pool => pool.Definition.Name != options.System.Initialiser)], cancellationToken);
    }

    private static async Task InitialiseAsync(FunctionPool initialiser, CancellationToken cancellationToken)
    {
        var (_, result) = await initialiser.InvokeAsync("{}"u8.ToArray(), InvocationKind.Interactive, cancellationToken);
        var answer = result switch
        {
            InvocationResult.Answered answered => Encoding.UTF8.GetString(answered.Payload.Span),
            InvocationResult.Failed failed => throw new HostException($"{initialiser.Definition.Name} failed: {failed.Message}"),
            _ => throw new HostException($"{initialiser.Definition.Name} was stopped before it had run"),
        };
        if (JsonNode.Parse(answer)?["errors"] is JsonArray { Count: > 0 } errors)
            throw new HostException($"{initialiser.Definition.Name} refused: {errors[0]?["message"]}");
    }

    private async Task StartAsync(IReadOnlyList<FunctionPool> started, CancellationToken cancellationToken)
    {
        var all = started.SelectMany(pool => pool.Environments).ToArray();
        environments.AddRange(all.Select(environment => environment.RunAsync(stopping.Token)));
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
            var late = started.First(pool => pool.Environments.Any(environment => !environment.Ready.IsCompleted));
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
