using DomainFlow.Local.Console;
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
            else await RefuseAsync(context, 403, "The Host header must be 127.0.0.1 or localhost");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e)
        {
            log.Write("host", LogLevel.Error, $"{context.Request.Method} {context.Request.Path}: {e}");
            await RefuseAsync(context, 500, "Internal server error");
        }

        var elapsed = clock.GetElapsedTime(started);
        var status = context.RequestAborted.IsCancellationRequested ? "gone" : context.Response.StatusCode.ToString();
        var level = context.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Info;
        log.Write("http", level, $"{context.Request.Method} {context.Request.Path} {status} {elapsed.TotalMilliseconds:0} ms");
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { message }, context.RequestAborted);
    }
}
