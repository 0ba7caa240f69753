using System.Net;
using System.Text;
using DomainFlow.Stores.Tests.Servers;

namespace DomainFlow.Integration.Tests.Infrastructure;

/// <summary>A server on a free port of 127.0.0.1 that answers each request by a function.</summary>
internal sealed class OneShotServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<string, string, string, Task<(int Status, string Body, Dictionary<string, string> Headers)>> _answer;
    private readonly Task _loop;

    /// <param name="answer">Takes method, path and body.</param>
    public OneShotServer(Func<string, string, string, Task<(int Status, string Body, Dictionary<string, string> Headers)>> answer)
    {
        _answer = answer;
        (_listener, Address) = Listen();
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

    /// <summary>On another port where somebody took the first meanwhile.</summary>
    private static (HttpListener Listener, string Address) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = $"127.0.0.1:{FreePort.Find()}";
            var listener = new HttpListener { Prefixes = { $"http://{address}/" } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 3)
            {
                listener.Close();
            }
        }
    }
}
