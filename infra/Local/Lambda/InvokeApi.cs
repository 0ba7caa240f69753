using System.Text;
using System.Text.Json;
using DomainFlow.Local.Queues;
using DomainFlow.Local.Signing;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Lambda;

/// <summary>
/// Lambda's Invoke API: POST /2015-03-31/functions/{name}/invocations. Each request is signed with the operator's key.
/// </summary>
internal sealed class InvokeApi(FunctionPools pools, AsyncInvocations? queue, SignedRequest signed)
{
    /// <summary>Largest payload of an invocation or its answer, in bytes (6 MB and a little, as on Lambda).</summary>
    public const int MaxPayload = 6_291_556;

    public const string PathStart = "/2015-03-31/functions/";

    private static readonly TimeSpan LogSettles = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LogArrives = TimeSpan.FromMilliseconds(600);

    public async Task HandleAsync(HttpContext context)
    {
        var (payload, refused) = await signed.ReadAsync(context, MaxPayload);
        if (payload is null)
        {
            await ErrorAsync(context, refused!.Status, refused.Type, refused.Message);
            return;
        }

        if (context.Request.Method != "POST" || FunctionName(context) is not { } name)
        {
            await ErrorAsync(context, 404, "UnknownOperationException", "Only Invoke is answered here");
            return;
        }

        if (pools.Find(name) is not { } pool)
        {
            await ErrorAsync(context, 404, "ResourceNotFoundException", $"Function not found: {name}");
            return;
        }

        if (payload.Length == 0) payload = "{}"u8.ToArray();
        if (IsJson(payload)) await InvokeAsync(context, pool, payload);
        else await ErrorAsync(context, 400, "InvalidRequestContentException", "Could not parse request body into json");
    }

    private static bool IsJson(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task InvokeAsync(HttpContext context, FunctionPool pool, byte[] payload)
    {
        switch (context.Request.Headers["X-Amz-Invocation-Type"].ToString())
        {
            case "" or "RequestResponse":
                await InvokeAndWaitAsync(context, pool, payload);
                break;
            case "Event" when queue is not null:
                await queue.SendAsync(pool.Definition.Name, Encoding.UTF8.GetString(payload), context.RequestAborted);
                context.Response.StatusCode = 202;
                break;
            case "Event":
                await ErrorAsync(context, 500, "ServiceException", "Asynchronous invocations need the database");
                break;
            case "DryRun":
                context.Response.StatusCode = 204;
                break;
            case var other:
                await ErrorAsync(context, 400, "InvalidParameterValueException", $"X-Amz-Invocation-Type {other} is none of RequestResponse, Event, DryRun");
                break;
        }
    }

    private static async Task InvokeAndWaitAsync(HttpContext context, FunctionPool pool, byte[] payload)
    {
        var (invocation, result) = await pool.InvokeAsync(payload, InvocationKind.Interactive, context.RequestAborted);
        var response = context.Response;
        if (result is InvocationResult.Throttled)
        {
            await ErrorAsync(context, 429, "TooManyRequestsException", "Rate Exceeded.");
            return;
        }

        response.Headers["x-amzn-RequestId"] = invocation.RequestId;
        response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        if (result is InvocationResult.Failed) response.Headers["X-Amz-Function-Error"] = "Unhandled";
        if (context.Request.Headers["X-Amz-Log-Type"] == "Tail")
        {
            await SettleAsync(invocation.Log, context.RequestAborted);
            response.Headers["X-Amz-Log-Result"] = invocation.Log.ToBase64();
        }

        response.ContentType = "application/json";
        var answer = result is InvocationResult.Answered answered ? answered.Payload : ((InvocationResult.Failed)result).Payload;
        await response.Body.WriteAsync(answer, context.RequestAborted);
    }

    /// <summary>The answer may overtake the last printed lines, which come through a pipe.</summary>
    private static async Task SettleAsync(LogTail log, CancellationToken cancellationToken)
    {
        // The line is in the pipe before the answer is sent, but on a busy machine it is read later.
        for (var waited = TimeSpan.Zero; log.Count == 0 && waited < LogArrives; waited += LogSettles)
            await Task.Delay(LogSettles, cancellationToken);
        for (var seen = -1; seen != log.Count;)
        {
            seen = log.Count;
            await Task.Delay(LogSettles, cancellationToken);
        }
    }

    /// <summary>The function of the path: its name, a partial or a whole ARN, with or without a qualifier.</summary>
    private static string? FunctionName(HttpContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Path.Value![PathStart.Length..]);
        if (!path.EndsWith("/invocations", StringComparison.Ordinal)) return null;
        var parts = path[..^"/invocations".Length].Split(':');
        var named = Array.IndexOf(parts, "function") is var at and >= 0 ? at + 1 : 0;
        return named < parts.Length ? parts[named] : null;
    }

    private static Task ErrorAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-amzn-ErrorType"] = type;
        return context.Response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["Type"] = status < 500 ? "User" : "Service", ["Message"] = message }, context.RequestAborted);
    }
}
