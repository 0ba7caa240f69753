using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Local;
using DomainFlow.Local.Gateway;
using DomainFlow.Local.Signing;

namespace DomainFlow.Benchmarks.Running;

/// <summary>The local host as `./run` starts it: gateway, queues, objects, and each function in its processes, frozen between invocations.</summary>
internal sealed class LocalHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly TokenKey key;
    private readonly OperatorSigner signer;
    private readonly string url;

    private LocalHostProcess(Process process, TokenKey key, OperatorSigner signer, string url)
    {
        this.process = process;
        this.key = key;
        this.signer = signer;
        this.url = url;
    }

    public int ProcessId => process.Id;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <param name="functions">Folder of the functions that run.</param>
    /// <exception cref="HostException">The host ended, or was not ready in time.</exception>
    public static async Task<LocalHostProcess> StartAsync(Workbench bench, string functions, string database, CancellationToken stop)
    {
        var state = Path.Combine(bench.Folder, database);
        var ready = Path.Combine(state, "ready.json");
        Directory.CreateDirectory(state);
        File.Delete(ready);
        var process = Process.Start(StartInfo(bench, functions, database, state, ready))!;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bound.CancelAfter(StartBound);
        while (!File.Exists(ready))
        {
            if (process.HasExited) throw new HostException($"the local host ended with exit code {process.ExitCode}; see {state}/log/host.log");
            await Task.Delay(TimeSpan.FromMilliseconds(50), bound.Token);
        }

        var url = (string)JsonNode.Parse(await File.ReadAllTextAsync(ready, stop))!["url"]!;
        return new(process, TokenKey.Open(state), OperatorSigner.Open(state), url);
    }

    /// <summary>Makes a tenant by DbInit, through Lambda's Invoke API.</summary>
    public async Task MakeTenantAsync(JsonObject payload, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(url), "/2015-03-31/functions/DbInit/invocations"));
        request.Content = new StringContent(payload.ToJsonString());
        await signer.SignAsync(request, TimeProvider.System.GetUtcNow(), stop);
        using var response = await Http.SendAsync(request, stop);
        var text = await response.Content.ReadAsStringAsync(stop);
        if (JsonNode.Parse(text)?["ok"] is null && JsonNode.Parse(text)?["errors"] is not null) throw new HostException($"DbInit refused: {text}");
    }

    public string Token(Guid tenant, Guid user) =>
        key.Mint(new(tenant, user, TimeSpan.FromHours(2)) { Groups = ["operator"], Email = "benchmarks@city.example" }, TimeProvider.System.GetUtcNow());

    /// <summary>POST /reports.</summary>
    /// <returns>The report's id.</returns>
    /// <exception cref="InvalidOperationException">Another answer than 202.</exception>
    public async Task<Guid> PostAsync(string token, JsonObject body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "/reports");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request, stop);
        var text = await response.Content.ReadAsStringAsync(stop);
        return (int)response.StatusCode == 202
            ? Guid.Parse((string)JsonNode.Parse(text)!["incident_id"]!)
            : throw new InvalidOperationException($"POST /reports was answered {(int)response.StatusCode}: {text}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var told = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"]);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        key.Dispose();
        Http.Dispose();
    }

    private static ProcessStartInfo StartInfo(Workbench bench, string functions, string database, string state, string ready)
    {
        var start = new ProcessStartInfo(
            "/bin/sh",
            [
                "-c", "exec \"$@\" >/dev/null 2>&1", "sh",
                Path.Combine(bench.Built, "Local", "release", "DomainFlow.Local"), "serve", "--state", state, "--functions", functions, "--port", "0", "--ready-file", ready,
            ]);
        start.Environment["DB_NAME"] = database;
        return start;
    }
}
