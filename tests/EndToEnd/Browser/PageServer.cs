using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainFlow.EndToEnd.Tests.Browser;

/// <summary>Serves one page, on an origin of its own, and takes what the page reports.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TaskCompletionSource<string> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PageServer(WebApplication application) => _application = application;

    public string Url { get; private set; } = "";

    /// <summary>What the page posted to /result.</summary>
    public Task<string> Result => _result.Task;

    public static async Task<PageServer> StartAsync(string page)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var server = new PageServer(builder.Build());
        server._application.Run(context => server.HandleAsync(context, page));
        await server._application.StartAsync();
        server.Url = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context, string page)
    {
        if (context.Request.Path == "/result")
        {
            using var reader = new StreamReader(context.Request.Body);
            _result.TrySetResult(await reader.ReadToEndAsync());
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(context.Request.Path == "/" ? page : "");
    }
}
