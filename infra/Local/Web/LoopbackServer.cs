using DomainFlow.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DomainFlow.Local.Web;

/// <summary>An HTTP server on 127.0.0.1. It holds its port from the start and answers 503 until it is told what to serve.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private volatile RequestDelegate? handler;

    private LoopbackServer(WebApplication application) => this.application = application;

    public int Port { get; private set; }

    /// <summary>The port that everybody on this machine may call: connections are bounded, and one that is idle is closed.</summary>
    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="HostException">The port is taken.</exception>
    public static Task<LoopbackServer> StartPublicAsync(int port, int maxConnections, TimeSpan keepAlive, CancellationToken cancellationToken) =>
        StartAsync(port, limits => (limits.MaxConcurrentConnections, limits.KeepAliveTimeout) = (maxConnections, keepAlive), cancellationToken);

    /// <summary>A free port for the functions alone.</summary>
    public static Task<LoopbackServer> StartPrivateAsync(CancellationToken cancellationToken) => StartAsync(0, limits =>
    {
        // A frozen process cannot notice that its connection was closed, and reads nothing.
        limits.KeepAliveTimeout = TimeSpan.FromHours(12);
        limits.MinResponseDataRate = null;
    }, cancellationToken);

    private static async Task<LoopbackServer> StartAsync(int port, Action<KestrelServerLimits> limit, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            limit(kestrel.Limits);
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        var server = new LoopbackServer(builder.Build());
        server.application.Run(server.HandleAsync);
        try
        {
            await server.application.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await server.application.DisposeAsync();
            throw new HostException($"Port {port} is taken: choose another with --port", e);
        }

        var addresses = server.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Port = new Uri(addresses.Addresses.Single()).Port;
        return server;
    }

    public void Serve(RequestDelegate requests) => handler = requests;

    /// <summary>Takes no more requests and lets those that run end, within the bound.</summary>
    public async Task StopAsync(TimeSpan bound)
    {
        using var limit = new CancellationTokenSource(bound);
        try
        {
            await application.StopAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // What has not ended by now is cut off.
        }
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        if (handler is { } requests) return requests(context);
        return context.RefuseAsync(GatewayRefusals.Unavailable);
    }

    /// <summary>The host itself listens for Ctrl-C, once for both of its servers.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
