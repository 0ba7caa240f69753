using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Answers one invocation. What it throws is reported to Lambda.</summary>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs once before the first invocation; false ends the process quietly.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>The loop of a Lambda process: initialise once, then take an invocation, run the handler and send its answer, again and again.</summary>
public class LambdaBootstrap : IDisposable
{
    // A frozen process waits for its next invocation as long as Lambda keeps it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly LambdaEnvironment _environment = new();
    private readonly ConsoleLog _log;
    private readonly RuntimeApi _api;

    /// <summary>A loop around a handler.</summary>
    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handler, null, initializer)
    {
    }

    /// <summary>A loop around a handler, with options.</summary>
    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handler, lambdaBootstrapOptions, initializer)
    {
    }

    /// <summary>A loop around a handler over the caller's HTTP client.</summary>
    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, false, handler, null, initializer)
    {
    }

    /// <summary>A loop around a wrapped handler.</summary>
    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handlerWrapper.Handler, null, initializer)
    {
    }

    /// <summary>A loop around a wrapped handler, with options.</summary>
    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handlerWrapper.Handler, lambdaBootstrapOptions, initializer)
    {
    }

    /// <summary>A loop around a wrapped handler over the caller's HTTP client.</summary>
    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, false, handlerWrapper.Handler, null, initializer)
    {
    }

    /// <summary>A loop around a wrapped handler over the caller's HTTP client, with options.</summary>
    public LambdaBootstrap(
        HttpClient httpClient,
        HandlerWrapper handlerWrapper,
        LambdaBootstrapOptions lambdaBootstrapOptions,
        LambdaBootstrapInitializer initializer = null)
        : this(httpClient, false, handlerWrapper.Handler, lambdaBootstrapOptions, initializer)
    {
    }

    private LambdaBootstrap(
        HttpClient httpClient,
        bool ownsHttpClient,
        LambdaBootstrapHandler handler,
        LambdaBootstrapOptions options,
        LambdaBootstrapInitializer initializer)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
        _initializer = initializer;
        _httpClient = httpClient;
        _ownsHttpClient = ownsHttpClient;
        _httpClient.Timeout = LongestWait;
        _api = new RuntimeApi(httpClient, options?.RuntimeApiEndpoint ?? _environment.RuntimeServerHostAndPort);
        _log = ConsoleLog.ForProcess();
    }

    /// <summary>
    /// Initialises, then serves invocations until the token is cancelled. A failed initialisation and a Runtime API that refuses
    /// an answer are thrown; a handler that fails is reported, and the loop goes on.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        MemoryLimit.Apply(_environment.FunctionMemorySize);
        if (!await InitializeAsync(cancellationToken).ConfigureAwait(false)) return;
        if (_environment.IsSnapStart && !await new SnapStart(_api, _log).RunAsync(cancellationToken).ConfigureAwait(false)) return;

        var once = string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"), "true", StringComparison.OrdinalIgnoreCase);
        try
        {
            do await InvokeOnceAsync(cancellationToken).ConfigureAwait(false);
            while (!once && !cancellationToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>The HTTP client that a loop makes for itself.</summary>
    public static HttpClient ConstructHttpClient()
    {
        // A handler of its own starts quicker than HttpClientHandler; the Runtime API is always on this machine, so no proxy.
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"aws-lambda-dotnet/{Environment.Version}");
        return client;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the HTTP client that the loop made for itself.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _ownsHttpClient) _httpClient.Dispose();
    }

    private async Task<bool> InitializeAsync(CancellationToken cancellationToken)
    {
        if (_initializer is null) return true;
        try
        {
            return await _initializer().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _log.Write(LogLevel.Error, exception, null);
            await _api.ReportInitErrorAsync(exception, null, cancellationToken).ConfigureAwait(false);
            if (_environment.IsSnapStart) Environment.Exit(1);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        var next = await _api.NextAsync(cancellationToken).ConfigureAwait(false);
        Environment.SetEnvironmentVariable(LambdaEnvironment.TraceIdVariable, next.TraceId);
        _log.Invocation = next;
        using var invocation = new InvocationRequest(next.Event, new LambdaContext(next, _environment, _log));

        // The answer is sent even when the token is cancelled meanwhile: the work is done and the caller waits for it.
        InvocationResponse response;
        try
        {
            response = await _handler(invocation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _log.Write(LogLevel.Error, exception, null);
            await _api.ReportInvocationErrorAsync(next.RequestId, exception, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        try
        {
            await _api.RespondAsync(next.RequestId, response?.OutputStream, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            if (response is { DisposeOutputStream: true, OutputStream: { } output }) await output.DisposeAsync().ConfigureAwait(false);
        }
    }
}
