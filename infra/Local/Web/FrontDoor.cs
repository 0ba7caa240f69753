using DomainFlow.Local.Console;
using DomainFlow.Topology;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Web;

/// <summary>
/// What every request to the host's public port passes: only this machine's names are answered (a web page that rebinds its own name
/// to 127.0.0.1 is refused), failures become a 500, and each request is one line in the log.
/// </summary>
internal sealed class FrontDoor(RequestDelegate inner, HostLog log, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        try
        {
            if (context.Request.Host.Host is "127.0.0.1" or "localhost") await inner(context);
            else await RefuseAsync(context, Refusal(403, "forbidden_host", "The Host header must be 127.0.0.1 or localhost"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, Refusal(e.StatusCode, "bad_request", "This is no HTTP request that can be read"));
        }
        catch (Exception e)
        {
            log.Write("host", LogLevel.Error, $"{context.Request.Method} {context.Request.Path}: {e}");
            await RefuseAsync(context, GatewayRefusals.Failed);
        }

        var elapsed = clock.GetElapsedTime(started);
        var status = context.RequestAborted.IsCancellationRequested ? "gone" : context.Response.StatusCode.ToString();
        var level = context.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Info;
        log.Write("http", level, $"{context.Request.Method} {context.Request.Path} {status} {elapsed.TotalMilliseconds:0} ms");
    }

    private static GatewayRefusal Refusal(int status, string code, string title) => new("", status, code, title);

    private static Task RefuseAsync(HttpContext context, GatewayRefusal refusal)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return context.RefuseAsync(refusal, StatusCodes.Status500InternalServerError);
    }
}
