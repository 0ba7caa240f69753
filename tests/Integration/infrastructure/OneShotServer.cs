using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DomainFlow.Integration.Tests.Infrastructure;

/// <summary>A server on a free port of 127.0.0.1 that answers each request by a function.</summary>
internal sealed class OneShotServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, string, string, Task<(int Status, string Body, Dictionary<string, string> Headers)>> _answer;
    private readonly Task _loop;

    /// <param name="answer">Takes method, path and body.</param>
    public OneShotServer(Func<string, string, string, Task<(int Status, string Body, Dictionary<string, string> Headers)>> answer)
    {
        _answer = answer;
        var port = FreePort();
        Address = $"127.0.0.1:{port}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _loop = RunAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new StreamReader(context.Request.InputStream);
        var (status, text, headers) = await _answer(context.Request.HttpMethod, context.Request.Url!.PathAndQuery, await body.ReadToEndAsync());
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.AddHeader(name, value);
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
