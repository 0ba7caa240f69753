using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DomainFlow.Local.Web;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Lambda;

/// <summary>Lambda's Runtime API, one base address per process: /{secret}/{function}/{slot}/2018-06-01/runtime/...</summary>
internal sealed class RuntimeApi(FunctionPools pools, string secret)
{
    private const string Version = "2018-06-01";

    public Task HandleAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var given, var function, var slot, Version, "runtime", .. var rest]) return ErrorAsync(context, 404, "NotFound", "There is no such path");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(secret)))
            return ErrorAsync(context, 403, "Forbidden", "There is no such process");
        if (pools.Find(function) is not { } pool || !int.TryParse(slot, out var index) || index < 0 || index >= pool.Environments.Count)
            return ErrorAsync(context, 403, "Forbidden", "There is no such process");
        var environment = pool.Environments[index];
        return (context.Request.Method, rest) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(context, pool, environment),
            ("POST", ["invocation", var id, "response"]) => ResponseAsync(context, environment, id),
            ("POST", ["invocation", var id, "error"]) => FunctionErrorAsync(context, environment, id),
            ("POST", ["init", "error"]) => InitErrorAsync(context, environment),
            _ => ErrorAsync(context, 404, "NotFound", "There is no such path"),
        };
    }

    private static async Task NextAsync(HttpContext context, FunctionPool pool, ExecutionEnvironment environment)
    {
        Invocation invocation;
        try
        {
            invocation = await environment.NextAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString();
        headers["Lambda-Runtime-Invoked-Function-Arn"] = pool.Arn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
    }

    private static async Task ResponseAsync(HttpContext context, ExecutionEnvironment environment, string id)
    {
        if (await Bodies.ReadAsync(context.Request, InvokeApi.MaxPayload) is { } payload)
        {
            await AcceptAsync(context, environment.TryComplete(id, new InvocationResult.Answered(payload)));
            return;
        }

        const string Message = "Response payload size exceeded maximum allowed payload size (6291556 bytes).";
        environment.TryComplete(id, InvocationResult.Failed.Of("Function.ResponseSizeTooLarge", Message));
        await ErrorAsync(context, 413, "RequestEntityTooLarge", Message);
    }

    private static async Task FunctionErrorAsync(HttpContext context, ExecutionEnvironment environment, string id)
    {
        var payload = await Bodies.ReadAsync(context.Request, InvokeApi.MaxPayload) ?? [];
        var (type, message) = Describe(context, payload);
        await AcceptAsync(context, environment.TryComplete(id, new InvocationResult.Failed(type, message, payload)));
    }

    private static async Task InitErrorAsync(HttpContext context, ExecutionEnvironment environment)
    {
        var (type, message) = Describe(context, await Bodies.ReadAsync(context.Request, InvokeApi.MaxPayload) ?? []);
        environment.InitFailed($"{type}: {message}");
        await AcceptAsync(context, true);
    }

    private static (string Type, string Message) Describe(HttpContext context, byte[] payload)
    {
        var type = context.Request.Headers["Lambda-Runtime-Function-Error-Type"].ToString();
        try
        {
            using var error = JsonDocument.Parse(payload);
            var root = error.RootElement;
            if (type.Length == 0 && root.TryGetProperty("errorType", out var named)) type = named.ToString();
            return (type.Length == 0 ? "Unknown" : type, root.TryGetProperty("errorMessage", out var message) ? message.ToString() : "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (type.Length == 0 ? "Unknown" : type, "");
        }
    }

    private static Task AcceptAsync(HttpContext context, bool accepted)
    {
        if (!accepted) return ErrorAsync(context, 400, "InvalidRequestID", "The process does not hold this invocation");
        context.Response.StatusCode = 202;
        return context.Response.WriteAsJsonAsync(new { status = "OK" }, context.RequestAborted);
    }

    private static Task ErrorAsync(HttpContext context, int status, string errorType, string errorMessage)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { errorMessage, errorType }, context.RequestAborted);
    }
}
