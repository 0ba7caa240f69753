using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DomainFlow.StandIns;

/// <summary>The other side of the Runtime API, for one process, under a path as the local host serves it.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    private const string Root = "/Ingest/0/2018-06-01/runtime/";

    private readonly Channel<Invocation> _invocations = Channel.CreateUnbounded<Invocation>();
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly WebApplication _application;

    private FakeRuntimeApi(WebApplication application) => _application = application;

    /// <summary>What AWS_LAMBDA_RUNTIME_API is for the process.</summary>
    public string Endpoint => $"{new Uri(_application.Urls.First()).Authority}/Ingest/0";

    /// <summary>The status of every answer to a POST.</summary>
    public int Status { get; set; } = StatusCodes.Status202Accepted;

    public static async Task<FakeRuntimeApi> StartAsync(CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestHeadersTotalSize = 1024 * 1024;
        });
        var application = builder.Build();
        var api = new FakeRuntimeApi(application);
        application.Run(api.ServeAsync);
        await application.StartAsync(token);
        return api;
    }

    /// <summary>Queues an invocation.</summary>
    public void Invoke(string id, string payload, params (string Name, string Value)[] headers) =>
        _invocations.Writer.TryWrite(new Invocation(id, payload, headers));

    /// <summary>The next call that the process made, besides asking for invocations.</summary>
    public ValueTask<Call> CallAsync(CancellationToken token) => _calls.Reader.ReadAsync(token);

    /// <summary>Whether all calls were looked at.</summary>
    public bool HasNoCall => _calls.Reader.Count == 0;

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Assert.StartsWith(Root, path, StringComparison.Ordinal);
        path = path[Root.Length..];
        if (path == "invocation/next")
        {
            await HandOverAsync(context.Response, context.RequestAborted);
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method) ? StatusCodes.Status200OK : Status;
        await context.Response.WriteAsync("""{"status":"OK"}""", context.RequestAborted);
        await _calls.Writer.WriteAsync(new Call(path, body, headers), CancellationToken.None);
    }

    private async Task HandOverAsync(HttpResponse response, CancellationToken token)
    {
        var invocation = await _invocations.Reader.ReadAsync(token);
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        foreach (var (name, value) in invocation.Headers) response.Headers[name] = value;
        response.ContentType = "application/json";
        await response.WriteAsync(invocation.Payload, token);
    }

    private sealed record Invocation(string Id, string Payload, (string Name, string Value)[] Headers);
}

/// <summary>A call that the process made.</summary>
internal sealed record Call(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}
