using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using DomainFlow.Integration.Tests.Infrastructure;

namespace DomainFlow.Integration.Tests.DbInit;

/// <summary>DbInit through its front door: the executable, with the environment that Topology lists, behind a Runtime API.</summary>
public sealed class ProcessTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [SkippableFact]
    public async Task The_executable_lays_the_schema_and_makes_a_tenant()
    {
        database.Needed();
        var answers = await RunAsync([], "{}", $$$"""{"tenant":{"id":"{{{Guid.NewGuid()}}}","name":"Town"}}""", "{}");
        Assert.Contains("0007_incidents.sql", JsonNode.Parse(answers[0])!["created"]!.ToJsonString());
        Assert.Contains("tenant ", JsonNode.Parse(answers[1])!["created"]!.ToJsonString());
        Assert.Equal("[]", JsonNode.Parse(answers[2])!["created"]!.ToJsonString());
        Assert.True((double)JsonNode.Parse(answers[2])!["took_ms"]! > 0);
    }

    [SkippableTheory]
    [InlineData("DB_HOST", null)]
    [InlineData("DB_PORT", "many")]
    [InlineData("DB_CA_FILE", "/nowhere/ca.pem")]
    [InlineData("DB_FUNCTIONS_PASSWORD", null)]
    [InlineData("DB_FUNCTIONS_USER", "no good\"")]
    public async Task A_variable_that_is_missing_or_wrong_is_named(string variable, string? value)
    {
        database.Needed();
        var error = Assert.Single(await RunAsync(new() { [variable] = value }, "{}"));
        Assert.Contains(variable, error);
    }

    /// <summary>What the process posts to the Runtime API: answers, or the error of its initialisation.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(Dictionary<string, string?> changes, params string[] payloads)
    {
        var (posted, given, done) = (new ConcurrentQueue<string>(), 0, new TaskCompletionSource());
        await using var server = new OneShotServer(async (method, path, body) =>
        {
            if (method == "GET")
            {
                var next = Interlocked.Increment(ref given) - 1;
                if (next >= payloads.Length)
                {
                    done.TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, new CancellationTokenSource(Patience).Token);
                }

                return (200, payloads[next], new Dictionary<string, string>
                {
                    ["Lambda-Runtime-Aws-Request-Id"] = Guid.NewGuid().ToString(),
                    ["Lambda-Runtime-Deadline-Ms"] = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds().ToString(),
                });
            }

            posted.Enqueue(body);
            if (path.EndsWith("/init/error", StringComparison.Ordinal)) done.TrySetResult();
            return (202, """{"status":"OK"}""", []);
        });
        using var process = Start(server.Address, changes);
        try
        {
            await Task.WhenAny(done.Task, process.WaitForExitAsync()).WaitAsync(Patience);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
        }

        return [.. posted];
    }

    private Process Start(string runtimeApi, Dictionary<string, string?> changes)
    {
        var artifacts = typeof(ProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Artifacts").Value!;
        var start = new ProcessStartInfo(Path.Combine(artifacts, "DbInit", "release", "bootstrap"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var values = new Dictionary<string, string?>
        {
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
            ["AWS_LAMBDA_FUNCTION_NAME"] = "DbInit",
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512",
            ["STORAGE"] = "embedded",
            ["SEARCH_BACKEND"] = "postgres",
            ["DB_HOST"] = database.Settings.Host,
            ["DB_PORT"] = $"{database.Settings.Port}",
            ["DB_NAME"] = database.Name,
            ["DB_CA_FILE"] = database.Settings.CaFile,
            ["DB_USER"] = database.Owner.Username,
            ["DB_PASSWORD"] = database.Owner.Password,
            ["DB_FUNCTIONS_USER"] = database.Functions.Username,
            ["DB_FUNCTIONS_PASSWORD"] = database.Functions.Password,
        };
        foreach (var (name, value) in values.Concat(changes))
        {
            start.Environment.Remove(name);
            if (value is not null) start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
