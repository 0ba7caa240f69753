using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>A redis-server of a test's own on 127.0.0.1 that keeps nothing on disk. Where there is none on the PATH the test is skipped.</summary>
public sealed partial class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly string _program;
    private readonly string[] _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("domainflow-redis-");
    private readonly int _port;
    private Process? _process;

    private RedisServer(string program, int port, string[] options) => (_program, _port, _options) = (program, port, options);

    /// <summary>Null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    public string Url => $"redis://127.0.0.1:{_port}";

    /// <param name="options">More of the command line; {port} is the one to listen on.</param>
    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        SkipWithout();
        var server = new RedisServer(Program!, FreePort(), options);
        await server.StartAgainAsync();
        return server;
    }

    public static void SkipWithout() => Skip.If(Program is null, "redis-server is not on the PATH (Debian: apt-get install redis-server)");

    /// <summary>On the same port, empty.</summary>
    public async Task StartAgainAsync()
    {
        string[] fixedOptions = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName];
        string[] given = _options.Length > 0 ? [.. _options.Select(o => o.Replace("{port}", $"{_port}", StringComparison.Ordinal))] : ["--port", $"{_port}"];
        _process = Process.Start(new ProcessStartInfo(_program, [.. fixedOptions, .. given]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, _port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token); // it does not listen yet
            }
        }
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>It hangs: the kernel takes connections, nobody answers.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
