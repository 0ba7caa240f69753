using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DomainFlow.StandIns;

/// <summary>AWS Secrets Manager's wire protocol: hands out the answers that a test queued and keeps the requests.</summary>
internal sealed class FakeSecretsManager : IAsyncDisposable
{
    private readonly Queue<(int Status, string Body)> _answers;
    private readonly WebApplication _application;

    private FakeSecretsManager(WebApplication application, IEnumerable<(int, string)> answers)
    {
        _application = application;
        _answers = new Queue<(int, string)>(answers);
    }

    public List<Call> Requests { get; } = [];

    public string Url => _application.Urls.First();

    public static async Task<FakeSecretsManager> StartAsync(params (int Status, string Body)[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var service = new FakeSecretsManager(application, answers);
        application.Run(service.ServeAsync);
        await application.StartAsync();
        return service;
    }

    /// <summary>A client with credentials for tests, pointed here.</summary>
    public AmazonSecretsManagerClient Client() => new(
        new BasicAWSCredentials("AKIDEXAMPLE", "not-a-real-key"),
        new AmazonSecretsManagerConfig { ServiceURL = Url, AuthenticationRegion = "eu-west-1" });

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Add(new Call(
            $"{context.Request.Method} {context.Request.Path}",
            body,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));

        var (status, answer) = _answers.Dequeue();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        context.Response.Headers["x-amzn-RequestId"] = "request-1";
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }
}
