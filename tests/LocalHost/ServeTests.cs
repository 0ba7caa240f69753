using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using DomainFlow.Topology;

namespace DomainFlow.LocalHost.Tests;

/// <summary>The command itself, as a process, with the product's own topology and test functions in its functions' places.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("domainflow-serve-");

    [SkippableFact]
    public async Task Killing_the_host_leaves_no_function_behind()
    {
        await using var database = await Database.CreateAsync();
        using var host = Start(database);
        await ReadyAsync(host);
        var functions = FunctionsOf(host);
        Assert.Equal(SystemMap.Functions.Sum(function => function.LocalConcurrency), functions.Count);
        host.Kill();
        await Eventually.TrueAsync(() => functions.All(ProcessTable.IsGone), "every function is gone");
        await host.WaitForExitAsync();
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_host_cleanly(string signal)
    {
        await using var database = await Database.CreateAsync();
        using var host = Start(database);
        await ReadyAsync(host);
        var functions = FunctionsOf(host);
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {host.Id}"]);
        await kill.WaitForExitAsync();
        await host.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, host.ExitCode);
        Assert.All(functions, id => Assert.True(ProcessTable.IsGone(id)));
    }

    [SkippableFact]
    public async Task A_minted_token_opens_the_gateway()
    {
        await using var database = await Database.CreateAsync();
        using var host = Start(database);
        var ready = await ReadyAsync(host);
        using var mint = Run("token", "--state", State, "--tenant", TestHost.Tenant.ToString(), "--user", TestHost.User.ToString(), "--group", "admin", "--group", "viewer");
        var token = (await mint.StandardOutput.ReadToEndAsync()).Trim();
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var response = await client.GetAsync(ready["url"] + "/reports/1");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("admin,viewer", (await TestHost.ReadAsync(response))["requestContext"]!["authorizer"]!["claims"]!["cognito:groups"]!.ToString());
        host.Kill();
        await host.WaitForExitAsync();
    }

    [SkippableFact]
    public async Task A_taken_port_is_one_line_and_changes_nothing()
    {
        await using var database = await Database.CreateAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var host = Start(database, port);
        await host.WaitForExitAsync();
        Assert.Equal(1, host.ExitCode);
        Assert.Equal($"Port {port} is taken: choose another with --port", (await host.StandardError.ReadToEndAsync()).Trim());
        Assert.False(Directory.Exists(State));
        Assert.False(await database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'host')"));
    }

    [Fact]
    public async Task A_missing_variable_is_named()
    {
        using var host = Run("serve", "--state", State, "--functions", folder.FullName, "--port", "0");
        await host.WaitForExitAsync();
        Assert.Equal(1, host.ExitCode);
        Assert.StartsWith("DB_HOST is not set", await host.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string State => Path.Combine(folder.FullName, "state");

    private string ReadyFile => Path.Combine(folder.FullName, "ready.json");

    private Process Start(Database database, int port = 0)
    {
        foreach (var function in SystemMap.Functions)
        {
            var release = folder.CreateSubdirectory($"functions/{function.Name}/release");
            File.CreateSymbolicLink(Path.Combine(release.FullName, "bootstrap"), TestHost.Executable);
        }

        var settings = database.Settings;
        return Run(
            ["serve", "--state", State, "--functions", Path.Combine(folder.FullName, "functions"), "--port", port.ToString(), "--ready-file", ReadyFile],
            new()
            {
                ["DB_HOST"] = settings.Host,
                ["DB_PORT"] = settings.Port.ToString(),
                ["DB_NAME"] = settings.Name,
                ["DB_CA_FILE"] = settings.CaFile,
                ["DB_OWNER_USER"] = settings.Owner.User,
                ["DB_OWNER_PASSWORD"] = settings.Owner.Password,
                ["DB_FUNCTIONS_USER"] = settings.Functions.User,
                ["DB_FUNCTIONS_PASSWORD"] = settings.Functions.Password,
            });
    }

    private async Task<JsonNode> ReadyAsync(Process host)
    {
        await Eventually.TrueAsync(() => File.Exists(ReadyFile) || host.HasExited, "the host is ready or gone", seconds: 60);
        Assert.False(host.HasExited, host.HasExited ? await host.StandardError.ReadToEndAsync() : "");
        return JsonNode.Parse(await File.ReadAllTextAsync(ReadyFile))!;
    }

    /// <summary>The host's children: its functions.</summary>
    private static List<int> FunctionsOf(Process host) =>
        [
            .. Directory.GetDirectories($"/proc/{host.Id}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse),
        ];

    private static Process Run(params string[] arguments) => Run(arguments, []);

    private static Process Run(string[] arguments, Dictionary<string, string> variables)
    {
        // Whoever runs the tests in a shell's background has SIGINT ignored, and a child inherits that.
        var host = Path.Combine(TestHost.Artifacts, "Local", TestHost.Configuration, "DomainFlow.Local");
        var info = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", host, .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("DB_", StringComparison.Ordinal)).ToList()) info.Environment.Remove(name);
        foreach (var (name, value) in variables) info.Environment[name] = value;
        return Process.Start(info)!;
    }
}
