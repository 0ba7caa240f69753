using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace DomainFlow.Stores.Tests.Servers;

/// <summary>A server's process on a port of 127.0.0.1. Where it does not come up it is ended, and what it said is in the error.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Attempts = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Of one question: somebody else on the port may take it and say nothing.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(ProcessStartInfo start, int port)
    {
        Port = port;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>On a free port, and on another where somebody took it meanwhile.</summary>
    /// <param name="command">What to start on a port.</param>
    /// <param name="answers">Whether the server on a port answers; one that nobody listens on may throw what a network throws.</param>
    public static async Task<ServerProcess> StartAsync(Func<int, ProcessStartInfo> command, Func<int, CancellationToken, Task<bool>> answers)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var port = FreePort.Find();
                return await StartAsync(command(port), port, answers);
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
            }
        }
    }

    /// <summary>On a port of the caller's.</summary>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo command, int port, Func<int, CancellationToken, Task<bool>> answers)
    {
        var server = new ServerProcess(command, port);
        try
        {
            await server.AnswersAsync(answers);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AnswersAsync(Func<int, CancellationToken, Task<bool>> answers)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            while (!await IsUpAsync(answers, limit.Token))
            {
                // Whoever answers on its port after its end is another.
                if (_process.HasExited) break;
                await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} does not answer on port {Port}:\n{Said()}");
        }

        if (!_process.HasExited) return;
        await _process.WaitForExitAsync();
        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}:\n{Said()}");
    }

    private async Task<bool> IsUpAsync(Func<int, CancellationToken, Task<bool>> answers, CancellationToken limit)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(limit);
        asking.CancelAfter(AskLimit);
        try
        {
            return await answers(Port, asking.Token);
        }
        catch (Exception early) when (!limit.IsCancellationRequested && early is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            return false; // it does not listen yet
        }
    }

    private void Keep(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }

    private string Said()
    {
        lock (_output) return _output.ToString();
    }
}
