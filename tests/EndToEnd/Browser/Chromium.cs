using System.Diagnostics;

namespace DomainFlow.EndToEnd.Tests.Browser;

/// <summary>Debian's Chromium without a window, on an empty profile.</summary>
internal sealed class Chromium : IDisposable
{
    private readonly Process _process;
    private readonly string _profile = Directory.CreateTempSubdirectory("domainflow-browser-").FullName;

    public Chromium(string url)
    {
        var start = new ProcessStartInfo(Executable!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir=" + _profile, "--remote-debugging-port=0", url,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        Output = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    public static string? Executable { get; } = new[] { "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    /// <summary>What it says, once it has ended.</summary>
    public Task<string[]> Output { get; }

    public Task ExitAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }
}
