using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Local.Gateway;
using DomainFlow.Local.Signing;
using Npgsql;
using Xunit;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>The whole system as its users run it: a PostgreSQL cluster of its own, the host as a process, functions frozen between invocations.</summary>
public sealed partial class RunningSystem : IAsyncLifetime
{
    public const string Domain = "civic-complaints";

    private readonly string _folder = Directory.CreateTempSubdirectory("domainflow-").FullName;
    private readonly StringBuilder _log = new();
    private Process? _host;
    private readonly Dictionary<string, string> _more = [];
    private Dictionary<string, string> _variables = [];
    private TokenKey? _key;

    public static string Root { get; } = FindRoot(new(AppContext.BaseDirectory));

    /// <summary>The folder of the functions that run: those that were built, or, as ./verify has it, those that are deployed.</summary>
    public static string Functions { get; } = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_FUNCTIONS") ?? Path.Combine(Root, "artifacts", "bin");

    /// <summary>DOMAINFLOW_TEST_STORAGE=aws: the functions use the AWS adapters, on servers of this system's own.</summary>
    public static bool OnAws { get; } = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_STORAGE") == "aws";

    /// <summary>Given, it runs on the AWS adapters in any case: what the host is told of its servers, in the place of <see cref="AwsServers.Variables"/>.</summary>
    public Func<AwsServers, Task<IReadOnlyDictionary<string, string>>>? Between { get; init; }

    /// <summary>More of what the host takes on its command line.</summary>
    public IReadOnlyList<string> ServeOptions { get; init; } = [];

    private bool IsOnAws => OnAws || Between is not null;

    /// <summary>The servers; null on the embedded stores.</summary>
    public AwsServers? Aws { get; private set; }

    public Guid Tenant { get; } = Guid.NewGuid();

    public Guid OtherTenant { get; } = Guid.NewGuid();

    public Guid User { get; } = Guid.NewGuid();

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(40) };

    public string Url { get; private set; } = "";

    /// <summary>The address without the API's base path.</summary>
    public string Origin => new Uri(Url).GetLeftPart(UriPartial.Authority);

    /// <summary>The host's state folder.</summary>
    public string State => Path.Combine(_folder, "state");

    public string Objects => Path.Combine(State, "objects");

    /// <summary>Connection string of the owner role.</summary>
    public string Database { get; private set; } = "";

    /// <summary>The same database as the superuser.</summary>
    public string Superuser { get; private set; } = "";

    /// <summary>Why these tests cannot run here; null where they can.</summary>
    public string? Missing { get; private set; }

    /// <summary>A variable that the host is given beside its own; before it starts.</summary>
    public RunningSystem With(string variable, string value)
    {
        _more[variable] = value;
        return this;
    }

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_POSTGRES") is null)
        {
            Missing = "DOMAINFLOW_TEST_POSTGRES is not set: no PostgreSQL for tests";
            return;
        }

        if (IsOnAws && (Missing = AwsServers.Missing) is not null) return;

        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        _variables = await StartDatabaseAsync();
        if (IsOnAws)
        {
            Aws = await AwsServers.StartAsync();
            foreach (var (name, value) in Between is null ? Aws.Variables : await Between(Aws)) _variables[name] = value;
        }

        foreach (var (name, value) in _more) _variables[name] = value;
        Directory.CreateDirectory(State);
        await StartHostAsync(port: 0);
        _key = TokenKey.Open(State);
        await MakeTenantAsync(Tenant);
        await MakeTenantAsync(OtherTenant);
    }

    /// <summary>Makes a tenant with the sample city's domain.</summary>
    public async Task MakeTenantAsync(Guid tenant) => Assert.Null((await InvokeAsync("DbInit", Payloads.Tenant(tenant)))["errors"]);

    public async Task DisposeAsync()
    {
        if (_host is { HasExited: false })
        {
            (await Process.Start("/bin/sh", ["-c", $"kill -TERM {_host.Id}"])!.WaitedAsync()).Dispose();
            await _host.WaitForExitAsync();
        }

        _host?.Dispose();
        _key?.Dispose();
        Http.Dispose();
        if (Missing is null)
        {
            (await Process.Start(Path.Combine(Root, "scripts", "postgres"), ["stop", Path.Combine(_folder, "postgres")])!.WaitedAsync()).Dispose();
        }

        if (Aws is not null) await Aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public string Token(Guid? tenant = null, Guid? user = null, TimeSpan? validFor = null, string? email = null, params string[] groups) =>
        _key!.Mint(
            new(tenant ?? Tenant, user ?? User, validFor ?? TimeSpan.FromHours(1))
            {
                Email = email ?? $"{(user ?? User).ToString()[..8]}@city.example",
                Username = "user-" + (user ?? User).ToString()[..8],
                Groups = groups.Length == 0 ? ["operator"] : groups,
            },
            TimeProvider.System.GetUtcNow());

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, null, token);

    public Task<Answer> PostAsync(string path, JsonNode body, string? token = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, body.ToJsonString(), token, idempotencyKey);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body, string? token = null, string? idempotencyKey = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, Url + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token());
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Invokes a function as `aws lambda invoke` does.</summary>
    public async Task<JsonNode> InvokeAsync(string function, JsonNode payload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Origin}/2015-03-31/functions/{function}/invocations");
        request.Content = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await SendSignedAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode && !response.Headers.Contains("X-Amz-Function-Error"), text + "\n" + Log);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Sends a request to one of the host's endpoints for its operator.</summary>
    public async Task<HttpResponseMessage> SendSignedAsync(HttpRequestMessage request)
    {
        await OperatorSigner.Open(State).SignAsync(request, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return await Http.SendAsync(request);
    }

    /// <summary>Sends a report and waits until every store shows it.</summary>
    public async Task<JsonObject> ReportAsync(JsonObject body)
    {
        var accepted = await PostAsync("/reports", body);
        Assert.True(accepted.Status == 202, accepted.Text + "\n" + Log);
        return await SettledAsync((string)accepted.Json["incident_id"]!);
    }

    /// <summary>The report once every store shows its last version.</summary>
    public async Task<JsonObject> SettledAsync(string incident, Func<JsonObject, bool>? until = null)
    {
        JsonObject report = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                report = (await GetAsync($"/reports/{incident}")).Json;
                return (string?)report["status"] != "received" && (string?)report["stores"]?["postgres"] == "projected" && (until?.Invoke(report) ?? true);
            },
            TimeSpan.FromSeconds(60),
            () => $"report {incident} is not settled: {report.ToJsonString()}\n{Log}");
        return report;
    }

    /// <summary>On AWS's stores: copies what they hold to where statements over the embedded stores look for it.</summary>
    public Task MirrorAsync() => Aws is null
        ? Task.CompletedTask
        : new AwsMirror(Database, new(Aws.DynamoDb.Settings["DYNAMODB_URL"]), new(Aws.OpenSearch.Settings["OPENSEARCH_URL"])).CopyAsync();

    public async Task<T?> QueryAsync<T>(string sql, params (string Name, object Value)[] parameters)
    {
        if (sql.Contains("embedded.", StringComparison.Ordinal)) await MirrorAsync();
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return await command.ExecuteScalarAsync() is T found ? found : default;
    }

    public static JsonObject NewReport(string text) => new() { ["domain_id"] = Domain, ["text"] = text };

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Serverless.sln")) ? folder.FullName : FindRoot(folder.Parent!);
}

[CollectionDefinition(Name)]
public sealed class SystemCollection : ICollectionFixture<RunningSystem>
{
    public const string Name = "the running system";
}
