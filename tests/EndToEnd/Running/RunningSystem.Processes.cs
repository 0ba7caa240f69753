using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>Its cluster and its host.</summary>
public sealed partial class RunningSystem
{
    private async Task<Dictionary<string, string>> StartDatabaseAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "scripts", "postgres"), ["start", Path.Combine(_folder, "postgres")]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        var variables = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
        Database = new NpgsqlConnectionStringBuilder
        {
            Host = variables["DB_HOST"],
            Port = int.Parse(variables["DB_PORT"], null),
            Database = variables["DB_NAME"],
            Username = variables["DB_OWNER_USER"],
            Password = variables["DB_OWNER_PASSWORD"],
            SslMode = SslMode.VerifyFull,
            RootCertificate = variables["DB_CA_FILE"],
            Pooling = false,
        }.ConnectionString;
        Superuser = new NpgsqlConnectionStringBuilder(Database) { Username = variables["DB_SUPERUSER"], Password = variables["DB_SUPERUSER_PASSWORD"] }.ConnectionString;
        return variables;
    }

    private async Task StartHostAsync(int port)
    {
        var ready = Path.Combine(State, "ready.json");
        File.Delete(ready);
        _host = StartHost(_variables, State, port, ready);
        await Eventually.HoldsAsync(() => File.Exists(ready) || _host.HasExited, TimeSpan.FromSeconds(60), () => "the host is not ready:\n" + Log);
        Assert.False(_host.HasExited, "the host ended:\n" + Log);
        Url = (string)JsonNode.Parse(await File.ReadAllTextAsync(ready))!["url"]!;
    }

    private Process StartHost(Dictionary<string, string> variables, string state, int port, string ready)
    {
        var bin = Path.Combine(Root, "artifacts", "bin");
        var start = new ProcessStartInfo(
            Path.Combine(bin, "Local", "release", "DomainFlow.Local"),
            ["serve", "--state", state, "--functions", Functions, "--port", $"{port}", "--freeze", "--queue-visibility", "5", "--ready-file", ready, .. IsOnAws ? ["--aws"] : Array.Empty<string>(), .. ServeOptions])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var host = Process.Start(start)!;
        host.OutputDataReceived += (_, line) => Append(line.Data);
        host.ErrorDataReceived += (_, line) => Append(line.Data);
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        return host;
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            if (line is not null && _log.Length < 200_000)
            {
                _log.AppendLine(line);
            }
        }
    }
}
