using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainFlow.Judge.Tests.Recording;

/// <summary>Stands before one server on a port of its own and records what passes. Address, Host header and body stay as they were signed.</summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    // Of one connection; Kestrel and HttpClient set their own.
    private static readonly string[] OfConnection = ["Connection", "Keep-Alive", "Transfer-Encoding", "Host", "Expect"];

    private readonly WebApplication application;
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    private readonly string service;
    private readonly Uri server;
    private readonly CallLog log;

    private RecordingProxy(string service, Uri server, CallLog log, X509Certificate2? certificate)
    {
        (this.service, this.server, this.log) = (service, server, log);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // A frozen process neither reads nor notices that its connection was closed.
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null) listen.UseHttps(certificate);
            });
        });
        application = builder.Build();
        application.Run(PassAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <param name="service">As IAM names it.</param>
    /// <param name="certificate">Its own, to be reached by https; null: by http.</param>
    public static async Task<RecordingProxy> StartAsync(string service, Uri server, CallLog log, X509Certificate2? certificate = null)
    {
        var proxy = new RecordingProxy(service, server, log, certificate);
        await proxy.application.StartAsync();
        var address = proxy.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        proxy.Url = new Uri(address);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
        client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var call = await RequestReader.ReadAsync(service, context.Request, target, body.ToArray(), context.RequestAborted);
        using var request = Request(context.Request, target, body.ToArray());
        using var answer = await client.SendAsync(request, context.RequestAborted);
        log.Add(call with { Status = (int)answer.StatusCode });
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfConnection.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (context.Request.Method != "HEAD") await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private HttpRequestMessage Request(HttpRequest request, string target, byte[] body)
    {
        // Uri would unescape what it finds needlessly escaped, and the signature would not hold.
        var address = new Uri(server.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var passed = new HttpRequestMessage(new HttpMethod(request.Method), address);
        if (body.Length > 0 || request.ContentLength is not null) passed.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Headers.Where(header => !OfConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!passed.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) passed.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        passed.Headers.Host = request.Host.Value;
        return passed;
    }
}
