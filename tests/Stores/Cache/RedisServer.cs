using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DomainFlow.Stores.Tests.Servers;
using Xunit;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>A redis-server of a test's own on 127.0.0.1 that keeps nothing on disk. Where there is none on the PATH the test is skipped.</summary>
public sealed partial class RedisServer : IAsyncDisposable
{
    private readonly string[] _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("domainflow-redis-");
    private ServerProcess? _process;
    private int _port;

    private RedisServer(string[] options) => _options = options;

    /// <summary>Null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    public string Url => $"redis://127.0.0.1:{_port}";

    /// <param name="options">More of the command line; {port} is the one to listen on.</param>
    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        SkipWithout();
        var server = new RedisServer(options);
        try
        {
            server._process = await ServerProcess.StartAsync(server.Command, server.AnswersAsync);
            server._port = server._process.Port;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static void SkipWithout() => Skip.If(Program is null, "redis-server is not on the PATH (Debian: apt-get install redis-server)");

    /// <summary>On the same port, empty.</summary>
    public async Task StartAgainAsync() => _process = await ServerProcess.StartAsync(Command(_port), _port, AnswersAsync);

    public async Task KillAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>It hangs: the kernel takes connections, nobody answers.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private ProcessStartInfo Command(int port)
    {
        string[] fixedOptions = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName];
        string[] given = _options.Length > 0 ? [.. _options.Select(o => o.Replace("{port}", $"{port}", StringComparison.Ordinal))] : ["--port", $"{port}"];
        return new(Program!, [.. fixedOptions, .. given]);
    }

    /// <summary>It answers PING, or asks for the password; over TLS a connection is enough.</summary>
    private async Task<bool> AnswersAsync(int port, CancellationToken limit)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, limit);
        if (_options.Contains("--tls-port")) return true;
        var answer = new byte[7];
        await socket.GetStream().WriteAsync("PING\r\n"u8.ToArray(), limit);
        var read = await socket.GetStream().ReadAsync(answer, limit);
        return Encoding.ASCII.GetString(answer, 0, read) is "+PONG\r\n" or "-NOAUTH";
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
