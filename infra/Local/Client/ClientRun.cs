using System.Net;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client;

/// <summary>What a client command works with: a terminal, a clock and connections.</summary>
internal sealed class ClientRun : IDisposable
{
    private readonly SocketsHttpHandler handler = new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.All,
        AllowAutoRedirect = false,
    };

    public ClientRun() => Http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Bounded call by call, not as a whole.</summary>
    public HttpClient Http { get; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TextWriter Out { get; init; } = System.Console.Out;

    /// <summary>A person watches: lines may be drawn over.</summary>
    public bool IsTerminal { get; init; } = !System.Console.IsOutputRedirected;

    /// <exception cref="ClientException">The state folder holds no token key that can be read.</exception>
    /// <param name="patience">How long a system that is away is waited for; a few attempts unless given.</param>
    public ApiClient Api(string url, string state, DemoTenant tenant, TimeSpan? patience = null)
    {
        var tokens = new TokenSource(state, tenant.TenantId, tenant.UserId, Clock);
        // Found out before anything is sent.
        tokens.Current();
        return new ApiClient(Http, url, tokens.Current, Retries(patience), Clock);
    }

    /// <summary>The host's endpoints for its operator.</summary>
    public SignedDoor Operator(string url, string state) => new(Http, url, state, Clock);

    private RetryPolicy Retries(TimeSpan? patience) =>
        patience is null ? new RetryPolicy(Clock) : new RetryPolicy(Clock) { Patience = patience, LongestDelay = TimeSpan.FromSeconds(5) };

    public ProgressLine Progress(string what, int total, TimeSpan interval) => new(what, total, Out, IsTerminal, interval, Clock);

    /// <summary>For work of which nobody knows how much there is.</summary>
    public ProgressLine Counter(string what, TimeSpan interval) => new(what, null, Out, IsTerminal, interval, Clock);

    /// <summary>Runs a command; what it cannot go on with becomes one line, and exit code 1 (130 after Ctrl-C).</summary>
    public static async Task<int> GuardAsync(Func<ClientRun, Task<int>> command, CancellationToken cancellationToken)
    {
        using var run = new ClientRun();
        try
        {
            return await command(run);
        }
        catch (Exception e) when (e is ClientException or ApiException or HttpRequestException or TimeoutException)
        {
            await System.Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await System.Console.Error.WriteLineAsync("stopped");
            return 130;
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}
