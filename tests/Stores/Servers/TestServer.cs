using System.Diagnostics;

namespace DomainFlow.Stores.Tests.Servers;

/// <summary>
/// A server of a test run's own on a free port of 127.0.0.1, started by the scripts of the folder that a variable names:
/// <c>start [PORT [FOLDER]]</c> prints NAME=value lines and leaves the server running, <c>stop FOLDER</c> ends it.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly string _home;
    private readonly DirectoryInfo _folder;

    private TestServer(string home, DirectoryInfo folder, IReadOnlyDictionary<string, string> settings) =>
        (_home, _folder, Settings) = (home, folder, settings);

    /// <summary>What the start script printed, such as DYNAMODB_URL.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; }

    /// <summary>Starts it; null where the variable is not set.</summary>
    /// <param name="variable">DOMAINFLOW_TEST_DYNAMODB, DOMAINFLOW_TEST_S3 or DOMAINFLOW_TEST_OPENSEARCH.</param>
    public static async Task<TestServer?> StartAsync(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } home) return null;
        var folder = Directory.CreateTempSubdirectory("domainflow-server-");
        try
        {
            return new(home, folder, Read(await RunAsync(home, "start", "0", folder.FullName)));
        }
        catch (InvalidOperationException)
        {
            // A script that looks for the server's log before there is one: what it left running is ended first.
            await RunAsync(home, "stop", folder.FullName);
            return new(home, folder, Read(await RunAsync(home, "start", "0", folder.FullName)));
        }
    }

    /// <summary>Starts it again on its port and its data after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync(int port)
    {
        // A client that tries again may hold the port itself for a moment: a connection to a free port of this machine can meet itself.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Settings = Read(await RunAsync(_home, "start", $"{port}", _folder.FullName));
                return;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                await StopAsync();
            }
        }
    }

    public Task StopAsync() => RunAsync(_home, "stop", _folder.FullName);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(_folder.FullName)) _folder.Delete(recursive: true);
    }

    private static async Task<string> RunAsync(string home, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(home, script), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{script} in {home} ended with {process.ExitCode}: {await error}");
    }

    private static Dictionary<string, string> Read(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Replace("export ", "", StringComparison.Ordinal), pair => pair[1].Trim('\'', '"'));
}
