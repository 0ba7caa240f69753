using System.Text.Json.Nodes;
using DomainFlow.Local;
using DomainFlow.Local.Lambda;
using DomainFlow.Local.Signing;
using DomainFlow.Topology;

namespace DomainFlow.Benchmarks.Running;

/// <summary>One database with the schema laid and a tenant who is asked, and the functions that can be started on it.</summary>
internal sealed class Store
{
    public const string Domain = "civic-complaints";

    private readonly HostOptions options;

    private Store(Cluster cluster, string database, HostOptions options)
    {
        Cluster = cluster;
        Database = database;
        this.options = options;
    }

    public Cluster Cluster { get; }

    public string Database { get; }

    public Guid Tenant { get; } = Guid.NewGuid();

    public Guid User { get; } = Guid.NewGuid();

    public string Superuser => Cluster.Superuser(Database);

    /// <summary>Makes the database and, by DbInit, its schema and the tenant.</summary>
    public static async Task<Store> MakeAsync(Workbench bench, string database, CancellationToken stop)
    {
        await bench.Cluster.MakeAsync(database, stop);
        var state = Path.Combine(bench.Folder, database);
        Directory.CreateDirectory(state);
        AccessKey.OpenObjects(state);
        var options = new HostOptions(SystemDescription.Default, state, name => BuiltFunctions.Executable(bench.Functions, name))
        {
            Database = bench.Cluster.Settings with { Name = database },
        };
        var store = new Store(bench.Cluster, database, options);
        await using var initialiser = await store.StartAsync(SystemMap.DbInit, stop);
        foreach (var payload in new[] { new JsonObject(), bench.TenantPayload(store.Tenant) })
        {
            var (answer, _) = await initialiser.InvokeAsync(payload.ToUtf8(), stop);
            if (JsonNode.Parse(answer)?["errors"] is { } errors) throw new InvalidOperationException($"DbInit refused: {errors.ToJsonString()}");
        }

        return store;
    }

    /// <summary>The variables of a function on this store.</summary>
    public Dictionary<string, string> Variables(string function) =>
        new(new FunctionVariables(options, gatewayPort: 9, runtimeApi: "127.0.0.1:9").For(SystemMap.Function(function), slot: 0));

    public Task<MeasuredFunction> StartAsync(string function, CancellationToken stop) => StartAsync(function, options.Executable(function), stop);

    public Task<MeasuredFunction> StartAsync(string function, string executable, CancellationToken stop) =>
        MeasuredFunction.StartAsync(executable, Variables(function), function, stop);
}
