using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Local;
using DomainFlow.Local.Gateway;
using DomainFlow.Local.Signing;
using DomainFlow.Topology;

namespace DomainFlow.LocalHost.Tests;

/// <summary>A running host with a small system of test functions, and a client for it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public static readonly Guid Tenant = Guid.Parse("0b0e7b54-5f0a-4b61-9b1e-6b7a6f0d1c11");
    public static readonly Guid User = Guid.Parse("7f9c24e8-3b12-4fef-91e0-cbfaa0c6c3d0");

    private readonly StringWriter terminal;
    private readonly DirectoryInfo folder;

    private TestHost(LocalSystem system, StringWriter terminal, DirectoryInfo folder)
    {
        System = system;
        this.terminal = terminal;
        this.folder = folder;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{system.Port}/") };
        using var key = TokenKey.Open(State);
        Token = key.Mint(
            new TokenRequest(Tenant, User, TimeSpan.FromHours(1)) { Email = "ann@example.org", Groups = ["admin", "analyst"] },
            TimeProvider.System.GetUtcNow());
    }

    public LocalSystem System { get; }

    public HttpClient Client { get; }

    public string Token { get; }

    public string State => StateOf(folder);

    /// <summary>What the terminal shows.</summary>
    public string Log
    {
        get
        {
            lock (terminal) return terminal.ToString();
        }
    }

    /// <summary>An empty folder that goes with the host.</summary>
    public string Folder(string name) => folder.CreateSubdirectory(name).FullName;

    public static string Executable => Path.Combine(Artifacts, "EchoFunction", Configuration, "DomainFlow.EchoFunction");

    public static string Artifacts =>
        typeof(TestHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Artifacts").Value!;

    /// <summary>debug or release: the folder that this test itself was built into.</summary>
    public static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static FunctionDefinition Function(string name = "Echo", int timeout = 20, int concurrency = 2, params EnvironmentVariable[] variables) =>
        new(name, "A test function", 256, timeout, concurrency, DatabaseRole.Functions, variables, [], []);

    public static SystemDescription Echo(params FunctionDefinition[] functions) => new()
    {
        ApiBase = "/api/v1",
        IntegrationTimeout = TimeSpan.FromSeconds(29),
        Functions = functions.Length == 0 ? [Function()] : functions,
        Routes =
        [
            new("POST", "/echo", "Echo", "Run a command"),
            new("GET", "/things/{id}/parts/{part}", "Echo", "Parameters"),
            new("GET", "/things/{id}", "Echo", "A parameter"),
            new("GET", "/things/all", "Echo", "A literal"),
            new("GET", "/open", "Echo", "Open to all") { Public = true },
        ],
    };

    public static async Task<TestHost> StartAsync(SystemDescription? system = null, Func<HostOptions, HostOptions>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("domainflow-host-");
        var terminal = new StringWriter();
        var options = new HostOptions(system ?? Echo(), StateOf(folder), _ => Executable);
        try
        {
            var running = await LocalSystem.StartAsync(
                change?.Invoke(options) ?? options, TextWriter.Synchronized(terminal), colour: false, CancellationToken.None);
            return new TestHost(running, terminal, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Calls the REST API with the host's token.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, "api/v1" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return Client.SendAsync(request);
    }

    /// <summary>Gives the test function a command through the REST API.</summary>
    public Task<HttpResponseMessage> CommandAsync(object command) => SendAsync(HttpMethod.Post, "/echo", Json(command));

    /// <summary>Calls the Invoke API.</summary>
    public async Task<HttpResponseMessage> InvokeAsync(string function, object? payload, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"2015-03-31/functions/{function}/invocations")
        { Content = payload is null ? null : Json(payload) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await SendSignedAsync(request);
    }

    /// <summary>Sends as the operator does.</summary>
    public async Task<HttpResponseMessage> SendSignedAsync(HttpRequestMessage request)
    {
        request.RequestUri = new Uri(Client.BaseAddress!, request.RequestUri!);
        await OperatorSigner.Open(State).SignAsync(request, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return await Client.SendAsync(request);
    }

    public static StringContent Json(object value) => new(global::System.Text.Json.JsonSerializer.Serialize(value), Encoding.UTF8, "application/json");

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>A problem document with the request's own id.</summary>
    public static async Task<JsonNode> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        var problem = await ReadAsync(response);
        Assert.Equal(response.Headers.GetValues("x-amzn-RequestId").Single(), problem["request_id"]!.ToString());
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await System.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static string StateOf(DirectoryInfo folder) => Path.Combine(folder.FullName, "state");
}
