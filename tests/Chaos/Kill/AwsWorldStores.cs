using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DomainFlow.Aws.Tables;
using DomainFlow.AwsEndpoints;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Storage;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Search;
using DomainFlow.Stores.Tests.Servers;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>DynamoDB on a server of this world's own, whose stream so stays short; OpenSearch on one node for all worlds.</summary>
internal sealed class AwsWorldStores : WorldStores
{
    private static readonly BasicAWSCredentials AnyKey = new("test", "test");
    private static readonly Dictionary<string, string> Names = SystemMap.Tables.ToDictionary(table => table.Name, table => table.Name);
    private static readonly Lazy<Task<TestServer>> Node = new(StartNodeAsync);

    private readonly OwnedDatabase _database;
    private readonly TestServer _server;
    private readonly Uri _openSearch;
    private readonly AmazonDynamoDBClient _client;
    private readonly Dictionary<Guid, string> _seen = [];

    private AwsWorldStores(OwnedDatabase database, TestServer server, Uri openSearch)
    {
        (_database, _server, _openSearch, _client) = (database, server, openSearch, Client(server));
        Tables = new DynamoTables(_client, Names, TimeProvider.System);
    }

    public override ITableStore Tables { get; }

    public static async Task<AwsWorldStores> OpenAsync(OwnedDatabase database)
    {
        Skip.If(AwsServers.Missing is not null, AwsServers.Missing);
        var stores = new AwsWorldStores(database, (await TestServer.StartAsync("DOMAINFLOW_TEST_DYNAMODB"))!, new((await Node.Value).Settings["OPENSEARCH_URL"]));
        await new DynamoSchema(stores._client, name => name, TimeProvider.System).EnsureAsync(SystemMap.Tables, CancellationToken.None);
        return stores;
    }

    public override ProcessStores ForProcess(NpgsqlDataSource connections)
    {
        var (client, search) = (Client(_server), new OpenSearchIndex(new(_openSearch) { IsSigned = false }));
        return new(new DynamoTables(client, Names, TimeProvider.System), search, client, search);
    }

    /// <summary>By what the items are now: of several writes to one since the last call one entry is made.</summary>
    public override async Task<IReadOnlyList<Guid>> TakeChangesAsync()
    {
        var items = (await _client.ScanAsync(new ScanRequest { TableName = Topology.Tables.Reports, ConsistentRead = true })).Items ?? [];
        var changed = new List<Guid>();
        foreach (var item in items)
        {
            // Each write changes one of the two. The whole item cannot be compared: its attributes come in another order each time.
            var (id, state) = (Guid.Parse(item["incident_id"].S), $"{item["version"].N}/{item.GetValueOrDefault("projected")?.N}");
            if (_seen.GetValueOrDefault(id) != state) changed.Add(id);
            _seen[id] = state;
        }

        return changed;
    }

    public override Task ShowAsync() => new AwsMirror(_database.SuperuserConnection, new(_server.Settings["DYNAMODB_URL"]), _openSearch).CopyAsync();

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private static AmazonDynamoDBClient Client(TestServer server) => DynamoClient.Create(new(server.Settings["DYNAMODB_URL"]), AnyKey);

    /// <summary>The node ends with this process: no fixture knows when its last world is over.</summary>
    private static async Task<TestServer> StartNodeAsync()
    {
        Environment.SetEnvironmentVariable("OPENSEARCH_OWNER", $"{Environment.ProcessId}");
        return (await TestServer.StartAsync("DOMAINFLOW_TEST_OPENSEARCH"))!;
    }
}
