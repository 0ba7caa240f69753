using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DomainFlow.Stores.Tests.Secrets;

/// <summary>moto's server (an AWS emulator) of the run's own. Where moto_server is not on the PATH its tests are skipped.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private Process? _process;
    private Uri? _url;

    public Uri Url
    {
        get
        {
            Skip.If(_url is null, "moto_server is not on the PATH (pip install 'moto[server]')");
            return _url!;
        }
    }

    public async Task InitializeAsync()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "moto_server"));
        if (path.FirstOrDefault(File.Exists) is not { } program) return;
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        _process = Process.Start(new ProcessStartInfo(program, ["-H", "127.0.0.1", "-p", $"{url.Port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await AnswersAsync(url);
        _url = url;
    }

    public async Task DisposeAsync()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task AnswersAsync(Uri url)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url, "/moto-api/"), limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token); // it does not listen yet
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
