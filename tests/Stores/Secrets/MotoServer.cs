using System.Diagnostics;
using DomainFlow.Stores.Tests.Servers;

namespace DomainFlow.Stores.Tests.Secrets;

/// <summary>moto's server (an AWS emulator) of the run's own. Where moto_server is not on the PATH its tests are skipped.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private ServerProcess? _process;

    public Uri Url
    {
        get
        {
            Skip.If(_process is null, "moto_server is not on the PATH (pip install 'moto[server]')");
            return Address(_process!.Port);
        }
    }

    public async Task InitializeAsync()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "moto_server"));
        if (path.FirstOrDefault(File.Exists) is not { } program) return;
        using var http = new HttpClient();
        _process = await ServerProcess.StartAsync(
            port => new ProcessStartInfo(program, ["-H", "127.0.0.1", "-p", $"{port}"]),
            async (port, token) =>
            {
                using var answer = await http.GetAsync(new Uri(Address(port), "/moto-api/"), token);
                return true;
            });
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}");
}
