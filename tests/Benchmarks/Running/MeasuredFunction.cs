using System.Diagnostics;
using System.Threading.Channels;
using DomainFlow.Local.Web;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Benchmarks.Running;

/// <summary>One process of a function behind a Runtime API of its own: one invocation after the other, nothing else in between.</summary>
internal sealed class MeasuredFunction : IAsyncDisposable
{
    private const int KeptLines = 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private static readonly byte[] Accepted = "{\"status\":\"OK\"}"u8.ToArray();

    private readonly Channel<byte[]> events = Channel.CreateBounded<byte[]>(1);
    private readonly LoopbackServer api;
    private readonly string name;
    private readonly Process process;
    private readonly Task ended;
    private readonly Task output;
    private TaskCompletionSource<(byte[] Answer, long At)> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> lastLines = [];
    private bool disposed;

    private MeasuredFunction(LoopbackServer api, string name, ProcessStartInfo start)
    {
        this.api = api;
        this.name = name;
        api.Serve(HandleAsync);
        process = Process.Start(start)!;
        ended = process.WaitForExitAsync();
        output = Task.WhenAll(DrainAsync(process.StandardOutput), DrainAsync(process.StandardError));
    }

    public int ProcessId => process.Id;

    /// <summary>Processor time that the process has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the process; it may still be initialising when this returns.</summary>
    public static async Task<MeasuredFunction> StartAsync(
        string executable, IReadOnlyDictionary<string, string> variables, string name, CancellationToken stop)
    {
        var api = await LoopbackServer.StartPrivateAsync(stop);
        var start = new ProcessStartInfo(executable)
        {
            WorkingDirectory = Path.GetDirectoryName(executable)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (variable, value) in variables) start.Environment[variable] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{api.Port}";
        return new MeasuredFunction(api, name, start);
    }

    /// <summary>Hands an event over and waits for the answer.</summary>
    /// <returns>The answer and the time from handing over to its last byte; with a process that is still starting, its start is part of it.</returns>
    /// <exception cref="InvalidOperationException">The function failed, or its process ended.</exception>
    public async Task<(byte[] Answer, TimeSpan Latency)> InvokeAsync(byte[] payload, CancellationToken stop)
    {
        answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = Stopwatch.GetTimestamp();
        await events.Writer.WriteAsync(payload, stop);
        if (await Task.WhenAny(answered.Task, ended).WaitAsync(LongestWait, stop) == ended)
            throw new InvalidOperationException($"{name} ended with exit code {process.ExitCode}: {LastLines()}");
        var (answer, at) = await answered.Task;
        return (answer, Stopwatch.GetElapsedTime(started, at));
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        process.Kill();
        await ended;
        await output;
        process.Dispose();
        await api.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/invocation/next", StringComparison.Ordinal)) return NextAsync(context);
        return path.EndsWith("/response", StringComparison.Ordinal) ? AnswerAsync(context) : FailAsync(context);
    }

    private async Task NextAsync(HttpContext context)
    {
        byte[] payload;
        try
        {
            payload = await events.Reader.ReadAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = Guid.NewGuid().ToString();
        headers["Lambda-Runtime-Deadline-Ms"] = TimeProvider.System.GetUtcNow().Add(LongestWait).ToUnixTimeMilliseconds().ToString();
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:local-1:000000000000:function:" + name;
        headers["Lambda-Runtime-Trace-Id"] = "Root=1-00000000-000000000000000000000000;Sampled=0";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = payload.Length;
        await context.Response.Body.WriteAsync(payload, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await BodyAsync(context);
        var at = Stopwatch.GetTimestamp();
        await AcceptAsync(context);
        answered.TrySetResult((body, at));
    }

    private async Task FailAsync(HttpContext context)
    {
        var text = System.Text.Encoding.UTF8.GetString(await BodyAsync(context));
        await AcceptAsync(context);
        answered.TrySetException(new InvalidOperationException($"{name} failed: {text}"));
    }

    private static async Task AcceptAsync(HttpContext context)
    {
        context.Response.StatusCode = 202;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Accepted.Length;
        await context.Response.Body.WriteAsync(Accepted, context.RequestAborted);
        await context.Response.CompleteAsync();
    }

    private static async Task<byte[]> BodyAsync(HttpContext context) => await Bodies.ReadAsync(context.Request, int.MaxValue) ?? [];

    private async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lastLines)
            {
                lastLines.Enqueue(line);
                if (lastLines.Count > KeptLines) lastLines.Dequeue();
            }
        }
    }

    private string LastLines()
    {
        lock (lastLines) return string.Join('\n', lastLines);
    }
}
