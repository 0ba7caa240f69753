using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Local.Console;
using DomainFlow.Local.Lambda;
using DomainFlow.Local.Web;
using DomainFlow.Topology;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Gateway;

/// <summary>The REST API: route, token, proxy event, function, answer; with the gateway's own refusals where those fail.</summary>
internal sealed class RestApi(
    SystemDescription system, AllowedOrigins origins, FunctionPools pools, Authorizer authorizer, HostLog log, TimeProvider clock)
{
    private const int MaxBody = 10 * 1024 * 1024;

    private readonly RouteTable routes = new(system.Routes);

    public async Task HandleAsync(HttpContext context)
    {
        var now = clock.GetUtcNow();
        var call = new GatewayCall(Guid.NewGuid().ToString(), now, $"1-{now.ToUnixTimeSeconds():x8}-{RandomNumberGenerator.GetHexString(24, lowercase: true)}");
        context.Response.Headers[Refusals.RequestIdHeader] = call.RequestId;
        var path = ProxyEvent.RawPath(context);
        var below = path.StartsWith(system.ApiBase + "/", StringComparison.Ordinal) ? path[system.ApiBase.Length..] : null;
        if (below is null || routes.Find(below) is not { } found) await context.RefuseAsync(GatewayRefusals.RouteNotFound);
        else if (found.Route(context.Request.Method) is { } match) await RunAsync(context, match, call);
        else if (context.Request.Method == ResourceDefinition.PreflightMethod) context.AnswerOptions(origins, found.Resource.Allow, Cors.AllowHeaders);
        else
        {
            context.Response.Headers.Allow = found.Resource.Allow;
            await context.RefuseAsync(GatewayRefusals.MethodNotAllowed);
        }
    }

    private async Task RunAsync(HttpContext context, RouteMatch match, GatewayCall call)
    {
        JsonObject? claims = null;
        if (!match.Route.Public)
        {
            var check = await authorizer.CheckAsync(context.Request.Headers.Authorization);
            if (check is not TokenCheck.Valid valid)
            {
                await context.RefuseAsync(check is TokenCheck.Expired ? GatewayRefusals.TokenExpired : GatewayRefusals.Unauthorized);
                return;
            }

            claims = valid.Claims;
        }

        if (await Bodies.ReadAsync(context.Request, MaxBody) is not { } body)
        {
            await context.RefuseAsync(GatewayRefusals.BodyTooLarge);
            return;
        }

        var binary = IsBinary(context.Request.ContentType);
        await CallAsync(context, match, ProxyEvent.Create(context, match, claims, body, call, binary));
    }

    private async Task CallAsync(HttpContext context, RouteMatch match, JsonObject proxyEvent)
    {
        var payload = Encoding.UTF8.GetBytes(proxyEvent.ToJsonString());
        if (payload.Length > InvokeApi.MaxPayload)
        {
            await context.RefuseAsync(GatewayRefusals.BodyTooLarge);
            return;
        }

        InvocationResult result;
        try
        {
            // The client may go; the function ends what it began.
            (_, result) = await pools.Get(match.Route.Function).InvokeAsync(payload, InvocationKind.Interactive, CancellationToken.None)
                .WaitAsync(system.IntegrationTimeout, clock, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            await context.RefuseAsync(GatewayRefusals.TimedOut);
            return;
        }

        await AnswerAsync(context, match, result);
    }

    private Task AnswerAsync(HttpContext context, RouteMatch match, InvocationResult result)
    {
        switch (result)
        {
            case InvocationResult.Answered answered when ProxyResponse.Parse(answered.Payload) is { } response:
                return WriteAsync(context, response);
            case InvocationResult.Answered:
                log.Write("gateway", LogLevel.Error, $"{match.Route.Function} gave no proxy response to {match.Route.Method} {match.Route.Path}");
                break;
            case InvocationResult.Failed failed:
                log.Write("gateway", LogLevel.Error, $"{match.Route.Function} failed: {failed.ErrorType}: {failed.Message}");
                break;
            case InvocationResult.Throttled:
                return context.RefuseAsync(GatewayRefusals.TooManyRequests);
        }

        return context.RefuseAsync(GatewayRefusals.Failed);
    }

    private static async Task WriteAsync(HttpContext context, ProxyResponse answer)
    {
        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        foreach (var (name, values) in answer.Headers) response.Headers[name] = values;
        if (answer.StatusCode is 204 or 304) return;
        if (string.IsNullOrEmpty(response.ContentType)) response.ContentType = "application/json";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private bool IsBinary(string? contentType)
    {
        // API Gateway takes a body without a type for JSON.
        var media = contentType?.Split(';')[0].Trim() ?? "application/json";
        return system.BinaryMediaTypes.Any(type => type.EndsWith('*')
            ? media.StartsWith(type[..^1], StringComparison.OrdinalIgnoreCase)
            : media.Equals(type, StringComparison.OrdinalIgnoreCase));
    }
}
