using System.Security.Cryptography;
using DomainFlow.Local.Aws;
using DomainFlow.Local.Console;
using DomainFlow.Local.Gateway;
using DomainFlow.Local.Lambda;
using DomainFlow.Local.Objects;
using DomainFlow.Local.Queues;
using DomainFlow.Local.Signing;
using DomainFlow.Local.Web;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local;

/// <summary>The whole system, running on this machine.</summary>
public sealed class LocalSystem : IAsyncDisposable
{
    private readonly HostOptions options;
    private readonly HostLog log;
    private TokenKey? key;
    private LoopbackServer? gateway;
    private LoopbackServer? runtime;
    private FunctionPools? pools;
    private QueueWork? queues;
    private AwsStores? aws;
    private ObjectFiles? files;
    private EventOutbox? outbox;
    /// <summary>Part of the Runtime API's address, so that only the functions can take and answer invocations.</summary>
    private readonly string runtimeSecret = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly CancellationTokenSource stopping = new();
    private Task sendingEvents = Task.CompletedTask;
    private bool stopped;

    private LocalSystem(HostOptions options, HostLog log)
    {
        this.options = options;
        this.log = log;
    }

    public int Port => gateway!.Port;

    /// <summary>Base address of the REST API.</summary>
    public string Url => $"http://127.0.0.1:{Port}{options.System.ApiBase}";

    /// <summary>Takes the port, then starts everything; returns when each function has asked for its first invocation.</summary>
    /// <exception cref="HostException">It cannot start; nothing is left running.</exception>
    public static Task<LocalSystem> StartAsync(HostOptions options, TextWriter terminal, bool colour, CancellationToken cancellationToken) =>
        StartAsync(options, new HostLog(terminal.WriteLine, colour, options.Clock), cancellationToken);

    /// <summary>Says on the terminal that people can come in.</summary>
    public void Announce() => log.Plain($"ready  {Url}");

    /// <summary>Runs until told to stop.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        var told = new TaskCompletionSource();
        await using var registration = stop.Register(told.SetResult);
        await told.Task;
        log.Plain("stopping");
    }

    /// <summary>Ids of a function's processes.</summary>
    public IReadOnlyList<int> ProcessIds(string function) =>
        [.. pools!.Get(function).Environments.Select(environment => environment.ProcessId).OfType<int>()];

    /// <summary>Takes nothing new, lets what runs end (bounded), and leaves no process behind.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopped) return;
        stopped = true;
        await stopping.CancelAsync();
        await sendingEvents;
        if (queues is not null) await queues.StopAsync();
        var closing = gateway?.StopAsync(options.DrainBound) ?? Task.CompletedTask;
        if (pools is not null) await pools.DrainAsync();
        await closing;
        if (pools is not null) await pools.StopAsync();
        if (queues is not null) await queues.DisposeAsync();
        if (pools is not null) await pools.DisposeAsync();
        aws?.Dispose();
        if (runtime is not null) await runtime.DisposeAsync();
        if (gateway is not null) await gateway.DisposeAsync();
        key?.Dispose();
        stopping.Dispose();
        log.Dispose();
    }

    private static async Task<LocalSystem> StartAsync(HostOptions options, HostLog log, CancellationToken cancellationToken)
    {
        var system = new LocalSystem(options, log);
        try
        {
            await system.StartAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        RequireExecutables();
        RequireDatabase();
        gateway = await LoopbackServer.StartPublicAsync(options.Port, options.MaxConnections, options.KeepAlive, cancellationToken);
        runtime = await LoopbackServer.StartPrivateAsync(cancellationToken);
        StateFiles.Protect(options.StateFolder);
        log.OpenFile(StateFiles.Log(options.StateFolder));
        key = TokenKey.Open(options.StateFolder);
        if (options.Aws is { } servers)
        {
            aws = new AwsStores(servers, options.System, log, options.Clock);
            await aws.MakeAsync(cancellationToken);
        }

        pools = new FunctionPools(options, new FunctionVariables(options, gateway.Port, $"127.0.0.1:{runtime.Port}/{runtimeSecret}", await SecretsAsync(cancellationToken)), log);
        if (options.Database is { } database) queues = await QueueWork.OpenAsync(options, database, pools, aws, log, cancellationToken);
        files = new ObjectFiles(StateFiles.Objects(options.StateFolder), options.Clock);
        var events = new ObjectEvents(options.System.ObjectTriggers, queues?.AsyncInvocations);
        outbox = new EventOutbox(StateFiles.Objects(options.StateFolder), files, events, log, options.Clock);
        runtime.Serve(new RuntimeApi(pools, runtimeSecret).HandleAsync);
        gateway.Serve(new FrontDoor(Dispatch(key), log, options.Clock).HandleAsync);
        await pools.StartAsync(cancellationToken);
        queues?.Start();
        if (queues is not null) sendingEvents = outbox.RunAsync(stopping.Token);
    }

    private async Task<DatabaseSecrets?> SecretsAsync(CancellationToken cancellationToken) =>
        options is { Aws: { SecretsManager: not null } servers, Database: { } database }
            ? await DatabaseSecrets.StoreAsync(servers, database, cancellationToken)
            : null;

    private RequestDelegate Dispatch(TokenKey key)
    {
        var api = new RestApi(options.System, options.AllowedOrigins, pools!, new Authorizer(key, options.Clock), log, options.Clock);
        var rest = Compression.Of(api.HandleAsync);
        var signed = new SignedRequest(AccessKey.OpenOperator(options.StateFolder), options.Clock);
        var invoke = new InvokeApi(pools!, queues?.AsyncInvocations, signed);
        var store = new SigV4(AccessKey.OpenObjects(options.StateFolder), "s3");
        var objects = new ObjectsApi(options.System, options.AllowedOrigins, files!, store, outbox!, options.Clock);
        var letters = queues is null ? null : new DeadLettersApi(queues.DeadLetters, signed);
        var jwks = key.ToJwks();
        return context => context.Request.Path.Value switch
        {
            "/.well-known/jwks.json" when HttpMethods.IsGet(context.Request.Method) => WriteAsync(context, jwks),
            { } path when path.StartsWith(InvokeApi.PathStart, StringComparison.Ordinal) => invoke.HandleAsync(context),
            { } path when letters is not null && path.StartsWith(DeadLettersApi.PathStart, StringComparison.Ordinal) => letters.HandleAsync(context),
            { } path when path.StartsWith(ObjectsApi.PathStart, StringComparison.Ordinal) => objects.HandleAsync(context),
            _ => rest(context),
        };
    }

    private static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private void RequireDatabase()
    {
        var system = options.System;
        if (options.Database is null && system.QueueTriggers.Count + system.Pipes.Count + system.ObjectTriggers.Count + system.Schedules.Count > 0)
            throw new HostException("Queues, pipes, object triggers and schedules need a database");
    }

    private void RequireExecutables()
    {
        foreach (var function in options.System.Functions)
        {
            if (options.Executable(function.Name) is var path && !File.Exists(path))
                throw new HostException($"{function.Name} is not built: there is no {path}");
        }
    }
}
